"""Makes the folder that all packages are made of: frozen programs, announcements and licences beside them.

dist/…/openmss/     openmss, openmss-cli (on Windows .exe, and openmss-service.exe)
                    _internal/   what they share: Python, Qt, resources, docs/manual
                    mss_ann/     the default announcements; cust_ann beside them is made where it is installed
                    licences/    of OpenMSS and of every part
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from installer import licences, opus, run_paths
from installer.contents import belongs
from installer.faults import BuildError
from installer.icon import write_ico
from installer.version import ROOT, reproducible, version

PROGRAM = "openmss"
ON_WINDOWS = sys.platform == "win32"


def prepare(work: Path, root: Path = ROOT) -> None:
    """Make what the spec wants to find."""
    work.mkdir(parents=True, exist_ok=True)
    write_ico(root / "resources" / "icons" / "openmss.svg", work / "openmss.ico")


def command(python: Sequence[str], root: str, work: str) -> list[str]:
    """The words that run PyInstaller on the spec; paths as that Python sees them."""
    separator = "\\" if "\\" in work else "/"
    folders = (
        "--distpath",
        separator.join((work, "frozen")),
        "--workpath",
        separator.join((work, "pyinstaller")),
    )
    spec = separator.join((root, "installer", "openmss.spec"))
    return [*python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", *folders, spec]


def freeze(python: Path, work: Path, root: Path = ROOT) -> Path:
    """Run PyInstaller with an environment's Python on this machine; the folder it made."""
    environment = {**reproducible(root), "OPENMSS_WORK": str(work)}
    done = subprocess.run(
        command([str(python)], str(root), str(work)), cwd=root, env=environment, check=False
    )
    if done.returncode:
        raise BuildError("PyInstaller failed (see above)")
    folder = work / "frozen" / PROGRAM
    if not ON_WINDOWS:
        slim(folder)
        run_paths.clean(folder)
    return folder


def record(work: Path) -> Path:
    """Where PyInstaller wrote down which file of the folder came from where."""
    return work / "pyinstaller" / PROGRAM / "COLLECT-00.toc"


def slim(folder: Path) -> None:
    """Take the debugging symbols out of what its makers left them in: 30 MiB.

    Libraries of repaired wheels (`….libs`) stay as they are: stripping breaks those that were patched.
    """
    found = [*folder.glob("_internal/libpython3*"), *folder.glob("_internal/uvloop/*.so")]
    for library in [path for path in found if not path.is_symlink()]:
        subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)


def complete(folder: Path, packages: Path, root: Path = ROOT) -> None:
    """Put beside the programs what is not code: announcements, licences, the version."""
    copy_announcements(root / "mss_ann", folder / "mss_ann")
    copy_manual(root, folder / "_internal")
    licences.collect(packages, folder / "licences", root)
    if (folder / "_internal" / opus.WINDOWS_NAME).exists():  # on Linux it is a Debian package's
        shutil.copyfile(licences.TEXTS / "libopus.txt", folder / "licences" / "libopus.txt")
    shutil.copy2(root / "README.md", folder / "README.md")
    (folder / "VERSION").write_text(version(root) + "\n", encoding="utf-8")
    check(folder)


def copy_announcements(source: Path, target: Path) -> None:
    """Copy the default announcements; never somebody's own, nor the scripts that make the defaults."""
    shutil.copytree(
        source, target, ignore=shutil.ignore_patterns("cust_ann", "__pycache__", "*.py"), dirs_exist_ok=True
    )


def copy_manual(root: Path, target: Path) -> None:
    """Copy the manual to where the window looks for it; not the scripts that make its pictures."""
    manual = Path("docs") / "manual"
    scripts = shutil.ignore_patterns("__pycache__", "*.py")
    shutil.copytree(root / manual, target / manual, ignore=scripts, dirs_exist_ok=True)


def check(folder: Path) -> None:
    """Make sure that nothing is in the folder that must not be, and that nothing is missing."""
    strange = [
        path.relative_to(folder)
        for path in folder.rglob("*")
        if path.is_file() and not belongs(path.relative_to(folder).as_posix(), None)
    ]
    if strange:
        raise BuildError(f"files that do not belong into a package: {', '.join(map(str, strange[:5]))}")
    resources = folder / "_internal" / "resources"
    wanted = (
        "translations/openmss_en.qm",
        "translations/openmss_zh_CN.qm",
        "icons/openmss.svg",
        "styles/openmss.qss",
    )
    missing = [name for name in wanted if not (resources / name).exists()]
    if not any((folder / "_internal" / name).exists() for name in (opus.WINDOWS_NAME, opus.LINUX_NAME)):
        missing.append("libopus")
    manual = folder / "_internal" / "docs" / "manual"
    missing += [page for page in ("en/index.html", "zh_CN/index.html") if not (manual / page).exists()]
    if missing or not list((resources / "carriers").glob("*.toml")):
        raise BuildError(f"missing in the package: {', '.join(missing) or 'the carriers'}")


def size(folder: Path) -> int:
    """Bytes of all files, each counted once."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def size_report(folder: Path, count: int = 12) -> str:
    """The size of a folder and its largest parts, in MiB."""
    parts: dict[str, int] = {}
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            names = path.relative_to(folder).parts
            part = "/".join(names[:2] if names[0] == "_internal" else names[:1])
            parts[part] = parts.get(part, 0) + path.stat().st_size
    largest = sorted(parts.items(), key=lambda item: -item[1])[:count]
    lines = [
        f"{folder.name}: {size(folder) / 2**20:.1f} MiB",
        *(f"  {n / 2**20:7.1f}  {name}" for name, n in largest),
    ]
    return "\n".join(lines)
