"""`python3 dev.py package`: all that is made on this machine, from a clean copy of the source into dist/.

On Linux: the folder, its trial, portable tar.xz, .deb, wheel; with --windows the Windows set-up, under Wine.
On Windows: the folder, its trial, the set-up, wheel. With --check the packages are tried out as well.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from installer import (
    archives,
    conditions,
    debian_package,
    environment,
    freeze,
    release_notes,
    setup_program,
    trial,
)
from installer.faults import BuildError
from installer.freeze import ON_WINDOWS
from installer.licences import LicenceError, copy_debian, foreign_files
from installer.progress import Progress
from installer.version import ROOT, build_moment, version


def main(arguments: Sequence[str] | None = None) -> int:
    """Build what is asked for; the exit code."""
    given = parse(sys.argv[1:] if arguments is None else arguments)
    os.environ["SOURCE_DATE_EPOCH"] = str(build_moment())  # for all that is started, wherever it works
    os.umask(0o022)  # whose builder reads alone makes packages that others can read
    try:
        if not given.only_windows:
            conditions.require(given.work, given.out)
        if given.windows or given.only_windows:
            conditions.require(given.work.parent, given.out, under_wine=True)
        if told := conditions.warning_of(conditions.uncommitted()):
            print(told, file=sys.stderr, flush=True)
        if given.only_windows:
            made = [windows_under_wine(given.work, given.out)]
        else:
            made = build(given.work, given.out, tries=not given.no_trial)
            if given.windows:
                made.append(windows_under_wine(given.work, given.out))
        if given.check:
            check(given.out, given.work)
    except (BuildError, LicenceError, trial.TrialError) as failure:
        print(f"package: {failure}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as failure:
        words = " ".join(map(str, failure.cmd))
        print(f"package: failed with {failure.returncode} (see above): {words}", file=sys.stderr)
        return 1
    except OSError as failure:  # a disk that is full, rights that are missing
        print(f"package: {failure}", file=sys.stderr)
        return 1
    for path in made:
        print(f"{path.stat().st_size / 2**20:8.1f} MiB  {path}")
    return 0


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the options."""
    parser = argparse.ArgumentParser(
        prog="dev.py package", description="Make the packages that people install."
    )
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "package", help="the folder to work in")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the packages go")
    parser.add_argument("--windows", action="store_true", help="on Linux: the Windows set-up too, under Wine")
    parser.add_argument(
        "--only-windows", action="store_true", help="on Linux: nothing but the Windows set-up"
    )
    parser.add_argument(
        "--no-trial", action="store_true", help="do not place a call through the frozen program"
    )
    parser.add_argument("--check", action="store_true", help="try out the packages: install, upgrade, remove")
    given = parser.parse_args(arguments)
    given.work, given.out = given.work.absolute(), given.out.absolute()
    return given


def build(work: Path, out: Path, *, tries: bool = True) -> list[Path]:
    """Make this machine's packages; what was made."""
    say = Progress()
    clear(work)
    source = environment.clean_source(work / "source")
    python = environment.make(work / "environment", source)
    wheel = environment.build_wheel(python, source, out)
    release_notes.write(out, source)
    say("environment and wheel")
    freeze.prepare(work, source)
    folder = freeze.freeze(python, work, source)
    packages = environment.packages_of(python)
    freeze.complete(folder, packages, source)
    if not ON_WINDOWS:
        copy_debian(foreign_files(freeze.record(work), packages), folder / "licences")
    command = [str(python), "-m", "installer.try_codecs", str(folder / "_internal")]
    subprocess.run(command, cwd=source, check=True)
    say("frozen")
    print(freeze.size_report(folder))
    if tries:
        print(trial.run(folder, work / "trial"))
        say("a call went through the frozen program")
    number = version(source)
    if ON_WINDOWS:
        return [wheel, setup_program.make(folder, work, out, number, source)]
    made = [wheel, portable(folder, out, number)]
    say(made[-1].name)
    if shutil.which("dpkg-deb"):
        pages = manual(python, source, number)
        made.append(debian_package.make(folder, work, out, number, pages, source))
        say(made[-1].name)
    return made


def clear(work: Path) -> None:
    """Remove what the last build left, and nothing else that lies in a folder somebody chose."""
    for name in ("debian", "environment", "frozen", "pyinstaller", "source", "trial"):
        shutil.rmtree(work / name, ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)


def portable(folder: Path, out: Path, number: str) -> Path:
    """Pack the folder to be unpacked anywhere."""
    machine = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    name = f"openmss-{number}"
    target = out / f"OpenMSS-{number}-linux-{machine}.tar.xz"
    return archives.pack(folder, target, name, build_moment())


def manual(python: Path, source: Path, number: str) -> dict[str, str]:
    """The manual pages, written by the environment's Python: it can import the program."""
    pages = {}
    for name in ("openmss", "openmss-cli"):
        command = [str(python), "-m", "installer.man_pages", name, number, str(build_moment())]
        done = subprocess.run(
            command, cwd=source, capture_output=True, text=True, check=True, encoding="utf-8"
        )
        pages[f"{name}.1"] = done.stdout
    return pages


def windows_under_wine(work: Path, out: Path) -> Path:
    """Make the Windows set-up on this Linux, with the environment of this build."""
    python = work / "environment" / "bin" / "python"
    source = work / "source"
    if not python.exists():
        clear(work)
        source = environment.clean_source(work / "source")
        python = environment.make(work / "environment", source)
    command = [
        str(python),
        "-m",
        "installer.build_windows",
        "--work",
        str(work.parent / "windows"),
        "--out",
        str(out),
    ]
    if subprocess.run(command, cwd=source, check=False).returncode:
        raise BuildError("the Windows set-up could not be made (see above)")
    return max(out.glob("OpenMSS-*-setup.exe"), key=lambda path: path.stat().st_mtime)


def check(out: Path, work: Path) -> None:
    """Install what is in `out`, as far as this machine can; foreign phones call the frozen program."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    program = work / "frozen" / freeze.PROGRAM / ("openmss-cli.exe" if ON_WINDOWS else "openmss-cli")
    runs = [("tests/packaging", {"OPENMSS_PACKAGES": str(out)})]
    if program.exists():
        runs.append(("tests/peers", {"OPENMSS_CLI": str(program)}))
    for tests, found in runs:
        environment_of_run = {**environment.plain(), **found}
        if subprocess.run([*command, tests], cwd=ROOT, env=environment_of_run, check=False).returncode:
            raise BuildError(f"the packages do not do what they should: {tests} (see above)")


if __name__ == "__main__":
    sys.exit(main())
