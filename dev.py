"""Sets OpenMSS up and runs its tasks, with nothing but a Python 3.11 or 3.12.

python3 dev.py run [ARGS …]     set up what is missing; start the window (without a display: the server)
python3 dev.py test [ARGS …]    set up for development too, then lint and pytest (ARGS go to pytest)
python3 dev.py setup            set up for development, and nothing else
python3 dev.py lint             ruff, mypy, import-linter
python3 dev.py bench [NAME …]   the benchmarks, all or by name
python3 dev.py announcements [ID …]  make the sound files of mss_ann/catalogue.toml that are new or changed
python3 dev.py package [ARGS …] the packages that people install, into dist/ (ARGS: --help)
python3 dev.py lock             make the requirements' locks anew from pyproject.toml (needs uv)
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
ON_WINDOWS = os.name == "nt"
ON_LINUX = sys.platform.startswith("linux")
PYTHON = VENV / ("Scripts/python.exe" if ON_WINDOWS else "bin/python")
STAMP = VENV / "openmss-setup.json"
SUPPORTED = ((3, 11), (3, 12))  # numpy 1.26 has wheels for these

RUN_LOCK = ROOT / "requirements.lock"
DEVELOP_LOCK = ROOT / "requirements-dev.lock"
PACKAGE_LOCK = ROOT / "requirements-package.lock"
WINDOWS_LOCK = ROOT / "installer" / "windows.lock"  # every wheel that the Windows set-up is made of
RUN_EXTRAS = ("window", "install")

# What pip cannot bring, as Debian names it.
QT_LIBRARIES = (
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0",
    "libxkbcommon0",
)
SOUND_LIBRARIES = ("libportaudio2",)
CODEC_LIBRARIES = ("libopus0",)  # without it everything works but Opus
SCREEN_LIBRARIES = (  # what Qt's xcb platform plugin loads
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xinerama0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
)
VOICES = ("espeak-ng", "flite")
FOREIGN_PEERS = ("baresip-core", "kamailio", "sip-tester", "sipsak", "tshark", "xvfb")

# What makes the Windows set-up on Debian.
CLEAN_SYSTEMS = ("debootstrap", "systemd-container", "xvfb")  # what the packages are tried out in
WINDOWS_TOOLS = (
    "gcc-mingw-w64-x86-64",
    "mingw-w64-tools",
    "nsis",
    "osslsigncode",
    "wine",
    "wine64",
)

TESTS_LIMIT_S = 1800.0  # a whole run takes a few minutes: one that hangs ends with a word


class SetupError(Exception):
    """Setting up cannot go on; the text says what to do about it."""


def main(arguments: Sequence[str]) -> int:
    """Run one task; its exit status is ours."""
    if not arguments or arguments[0] not in TASKS:
        print(__doc__, file=sys.stdout if arguments in (["-h"], ["--help"]) else sys.stderr)
        return 0 if arguments in (["-h"], ["--help"]) else 2
    try:
        return TASKS[arguments[0]](list(arguments[1:]))
    except SetupError as failure:
        print(f"dev.py: {failure}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as failure:
        return failure.returncode or 1
    except KeyboardInterrupt:
        return 130


# Tasks


def run(arguments: list[str]) -> int:
    """Start the window, or the windowless server where there is no display."""
    windowed = has_display()
    window_libraries = (*QT_LIBRARIES, *SCREEN_LIBRARIES, *SOUND_LIBRARIES) if windowed else ()
    provide_debian_packages((*CODEC_LIBRARIES, *window_libraries))
    provide_environment(RUN_LOCK)
    if windowed:
        return replace_process("-m", "ui", *arguments)
    print("No display: starting the server without its window.", file=sys.stderr, flush=True)
    return replace_process("-m", "app", "serve", *arguments)


def setup(_arguments: list[str]) -> int:
    """Bring all that developing and testing needs."""
    libraries = (*QT_LIBRARIES, *SCREEN_LIBRARIES, *SOUND_LIBRARIES, *CODEC_LIBRARIES)
    provide_debian_packages((*libraries, *FOREIGN_PEERS))
    provide_environment(DEVELOP_LOCK)
    return 0


def test(arguments: list[str]) -> int:
    """Lint, then run the tests; a partial run (`dev.py test tests/app/sip`) runs just these tests."""
    setup([])
    if not arguments and (status := check_sources()):
        return status
    # A worker that dies is told and ends the run: a new one would only do the same test again.
    workers = ("-n", "auto", "--dist", "loadgroup", "--max-worker-restart", "0")
    return call("-m", "pytest", *workers, *arguments, limit=TESTS_LIMIT_S)


def lint(_arguments: list[str]) -> int:
    """Check format, style, types and the direction of imports."""
    provide_environment(DEVELOP_LOCK)
    return check_sources()


def bench(arguments: list[str]) -> int:
    """Run the benchmarks one after the other; each prints its figures beside its budget."""
    setup([])
    known = sorted(
        path.stem for path in (ROOT / "benchmarks").glob("*.py") if path.stem[0] != "_" and has_main(path)
    )
    if unknown := set(arguments) - set(known):
        raise SetupError(f"no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
    return max([call("-m", f"benchmarks.{name}") for name in arguments or known], default=0)


def announcements(arguments: list[str]) -> int:
    """Let the voices speak what is new in the catalogue of announcements."""
    provide_debian_packages(VOICES)
    provide_environment(RUN_LOCK)
    return call("-m", "mss_ann.make", *arguments)


def lock(_arguments: list[str]) -> int:
    """Write the locks: exact versions and hashes for every platform and Python we support."""
    uv = shutil.which("uv")
    if uv is None:
        raise SetupError("making the locks needs uv: `pip install uv`, then again")
    everywhere = ("--universal", "--python-version", "3.11")
    windows = (
        "--python-platform",
        "x86_64-pc-windows-msvc",
        "--python-version",
        "3.11",
        "--only-binary",
        ":all:",
    )
    locks: tuple[tuple[Path, tuple[str, ...], tuple[str, ...]], ...] = (
        (RUN_LOCK, (), everywhere),
        (DEVELOP_LOCK, ("develop",), everywhere),
        (PACKAGE_LOCK, ("package",), everywhere),
        (WINDOWS_LOCK, ("package",), (*windows, "installer/windows.in")),
    )
    for target, more, options in locks:
        command = [uv, "pip", "compile", "pyproject.toml", *options, "--quiet", "--generate-hashes"]
        command += ["--no-emit-index-url", "--no-annotate", "--no-header", "--output-file", str(target)]
        for extra in (*RUN_EXTRAS, *more):
            command += ["--extra", extra]
        subprocess.run(command, cwd=ROOT, check=True)
        header = "# Made from pyproject.toml by `python3 dev.py lock`; not edited by hand.\n"
        target.write_text(header + target.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    return 0


def package(arguments: list[str]) -> int:
    """Make the packages that people install, and place a call through the frozen program."""
    provide_debian_packages(
        ("binutils", *SOUND_LIBRARIES, *CODEC_LIBRARIES, *QT_LIBRARIES, *SCREEN_LIBRARIES)
    )
    if {"--windows", "--only-windows"} & set(arguments):
        provide_debian_packages(WINDOWS_TOOLS)
    if "--check" in arguments:
        provide_debian_packages((*CLEAN_SYSTEMS, *FOREIGN_PEERS))
    provide_environment(DEVELOP_LOCK)
    return call("-m", "installer.build", *arguments)


TASKS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "setup": setup,
    "lint": lint,
    "bench": bench,
    "announcements": announcements,
    "lock": lock,
    "package": package,
}


def check_sources() -> int:
    """Everything that reads the sources without running them; stops at the first that complains."""
    checks: tuple[tuple[str, ...], ...] = (
        ("-m", "ruff", "check", "."),
        ("-m", "ruff", "format", "--check", "."),
        ("-m", "mypy"),
        ("-c", "from importlinter.cli import lint_imports_command as main; main()"),
    )
    return next((status for check in checks if (status := call(*check))), 0)


# The virtual environment


def provide_environment(lock_file: Path) -> None:
    """Make .venv hold exactly what the lock lists; at once done where it does already."""
    wanted = {path.name: digest(path) for path in (RUN_LOCK, DEVELOP_LOCK)}
    wanted["pyproject.toml"] = digest(ROOT / "pyproject.toml")
    if not ON_WINDOWS and not PYTHON.exists() and VENV.exists():
        shutil.rmtree(VENV)  # made by a Python that is gone
    if not PYTHON.exists():
        make_environment()
    installed = read_stamp()
    if installed.get(lock_file.name) != wanted[lock_file.name]:
        print(f"Installing the packages of {lock_file.name} into .venv …", file=sys.stderr, flush=True)
        try:
            pip("install", "--require-hashes", "--requirement", str(lock_file))
        except subprocess.CalledProcessError as failure:
            raise SetupError(
                "pip could not install the packages (see above); without a network, or behind a proxy,"
                " set pip up for your package index (`pip config`) and run this again"
            ) from failure
        installed[lock_file.name] = wanted[lock_file.name]
        if lock_file == DEVELOP_LOCK:  # holds all of the other lock
            installed[RUN_LOCK.name] = wanted[RUN_LOCK.name]
    if installed.get("pyproject.toml") != wanted["pyproject.toml"]:
        pip("install", "--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT))
        installed["pyproject.toml"] = wanted["pyproject.toml"]
    compile_translations()
    STAMP.write_text(json.dumps(installed, indent=1), encoding="utf-8")


def make_environment() -> None:
    """Make .venv with this Python, or with another one of a version that will do."""
    python = supported_python()
    probe = subprocess.run([*python, "-c", "import ensurepip, venv"], capture_output=True, check=False)
    if probe.returncode:
        provide_debian_packages(("python3-venv",))
    print("Making a virtual environment in .venv …", file=sys.stderr, flush=True)
    made = subprocess.run([*python, "-m", "venv", str(VENV)], check=False)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise SetupError(
            "this Python cannot make a virtual environment; on Debian: apt-get install python3-venv"
        )


def supported_python() -> list[str]:
    """The command of a Python we support: this one where it is, else one that is found."""
    if sys.version_info[:2] in SUPPORTED:
        return [sys.executable]
    for major, minor in reversed(SUPPORTED):
        found = shutil.which(f"python{major}.{minor}")
        if found:
            return [found]
        if ON_WINDOWS and shutil.which("py"):
            command = ["py", f"-{major}.{minor}"]
            if subprocess.run([*command, "-c", ""], capture_output=True, check=False).returncode == 0:
                return command
    names = " or ".join(f"{major}.{minor}" for major, minor in SUPPORTED)
    here = sys.version.split()[0]
    raise SetupError(f"OpenMSS needs Python {names}; this is {here}, and no other was found")


def read_stamp() -> dict[str, str]:
    """What .venv holds by our own note; nothing where there is none."""
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def compile_translations() -> None:
    """Make the window's .qm files where a .ts is newer: Qt reads only compiled ones."""
    sources = (ROOT / "resources" / "translations").glob("*.ts")
    stale = [path for path in sources if not is_newer(path.with_suffix(".qm"), path)]
    if stale and call("-m", "ui.translations"):
        raise SetupError("the translations could not be compiled (see above)")


def is_newer(made: Path, source: Path) -> bool:
    """Whether a file that was made from another is there, and not older."""
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime


def digest(path: Path) -> str:
    """A file's fingerprint, the same for both kinds of line ends."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def has_main(path: Path) -> bool:
    """Whether a benchmark is a program, not a part of the others."""
    return '__name__ == "__main__"' in path.read_text(encoding="utf-8")


# Debian packages


def provide_debian_packages(names: Sequence[str]) -> None:
    """Install what is missing when root on Debian or Ubuntu; else say what to run, and go on without it."""
    if not ON_LINUX:
        return
    if shutil.which("apt-get") is None or shutil.which("dpkg-query") is None:
        return
    present = installed_debian_packages()
    missing = [name for name in names if name not in present]
    if not missing:
        return
    line = f"apt-get install --yes --no-install-recommends {' '.join(missing)}"
    if os.geteuid() != 0:
        print(f"dev.py: some system packages are missing; please run\n\n    sudo {line}\n", file=sys.stderr)
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"Installing Debian packages: {' '.join(missing)} …", file=sys.stderr, flush=True)
    for command in ("apt-get update --quiet", line + " --quiet"):
        done = subprocess.run(
            command.split(), env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False
        )
    if done.returncode:
        print("dev.py: apt-get failed (see above); going on without these packages", file=sys.stderr)


def installed_debian_packages() -> set[str]:
    """Every installed package, and every name that one provides (libglib2.0-0t64 provides libglib2.0-0)."""
    listing = subprocess.run(
        ["dpkg-query", "--show", "--showformat", "${db:Status-Status}\t${Package}\t${Provides}\n"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    names: set[str] = set()
    for row in listing.splitlines():
        status, package, provides = row.split("\t")
        if status == "installed":
            names.add(package)
            names.update(part.split()[0] for part in provides.split(",") if part.strip())
    return names


# Processes


def pip(*arguments: str) -> None:
    """Run the environment's pip; the user's own pip configuration applies."""
    subprocess.run(
        [str(PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments], cwd=ROOT, check=True
    )


def call(*arguments: str, limit: float | None = None) -> int:
    """Run the environment's Python in the project's folder, at most `limit` seconds."""
    try:
        return subprocess.run([str(PYTHON), *arguments], cwd=ROOT, check=False, timeout=limit).returncode
    except subprocess.TimeoutExpired:
        raise SetupError(f"{' '.join(arguments)} did not end within {limit:.0f} s and was stopped") from None


def replace_process(*arguments: str) -> int:
    """Become the program, so that signals reach it; on Windows, wait for it."""
    if ON_WINDOWS:
        return call(*arguments)
    os.chdir(ROOT)
    return os.execv(PYTHON, [str(PYTHON), *arguments])


def has_display() -> bool:
    """Whether a window could be shown."""
    if ON_LINUX:
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
