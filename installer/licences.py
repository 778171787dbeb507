"""Puts the licences of everything that is shipped into one folder, and stops where one is missing."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from importlib.metadata import Distribution, distributions
from pathlib import Path

_NAMES = ("licen", "copying", "notice", "authors", "copyright")

# What builds or installs and is in no bundle, in the names of their distributions.
NOT_SHIPPED = {
    "abi3info",
    "altgraph",
    "av",
    "pefile",
    "pip",
    "pyinstaller-hooks-contrib",
    "setuptools",
    "wheel",
}
TEXTS = Path(__file__).parent / "licence_texts"


class LicenceError(Exception):
    """A part would be shipped without its licence."""


def collect(packages: Path, target: Path, own: Path) -> list[str]:
    """Copy the licences of all distributions in `packages`, our own and Python's; their names.

    `own` is the source's folder. Raises LicenceError that names what has none.
    """
    if target.exists():
        shutil.rmtree(target)
    target.mkdir(parents=True)
    shutil.copy2(own / "LICENSE", target / "OpenMSS.txt")
    shutil.copyfile(TEXTS / "README.txt", target / "README.txt")
    without, found = [], []
    for distribution in sorted(distributions(path=[str(packages)]), key=name_of):
        name = name_of(distribution)
        if name in NOT_SHIPPED or name == "openmss":
            continue
        texts = [*licence_files(distribution), *known_texts(name)]
        if not texts:
            without.append(name)
            continue
        folder = target / f"{name}-{distribution.version}"
        folder.mkdir()
        for path in texts:
            shutil.copyfile(path, folder / path.name)
        found.append(name)
    if without:
        raise LicenceError(f"no licence text is known of {', '.join(without)}: add it to {TEXTS.name}/")
    copy_python(target)
    return found


def name_of(distribution: Distribution) -> str:
    """The distribution's name as one compares it."""
    return str(distribution.metadata["Name"]).lower().replace("_", "-").replace(".", "-")


def licence_files(distribution: Distribution) -> list[Path]:
    """The licence texts inside a distribution's metadata, and those it carries beside its libraries."""
    files = [Path(str(distribution.locate_file(file))) for file in distribution.files or ()]
    return sorted(
        {
            path
            for path in files
            if path.suffix not in (".py", ".pyc", ".pyi", ".so", ".pyd")
            and any(path.name.lower().startswith(word) for word in _NAMES)
            and path.is_file()
        }
    )


def known_texts(name: str) -> list[Path]:
    """Texts of ours, for distributions whose wheel names a licence without its text."""
    index = json.loads((TEXTS / "index.json").read_text(encoding="utf-8"))
    return [TEXTS / file for file in index.get(name, ())]


def copy_python(target: Path) -> None:
    """Python's own licence, and those of the libraries it is built with."""
    for text in known_texts("python"):
        shutil.copyfile(text, target / text.name)
    for folder in (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix)):
        for name in ("LICENSE.txt", "LICENSE"):
            if (folder / name).exists():
                shutil.copy2(folder / name, target / "Python.txt")
                return
    raise LicenceError("this Python has no LICENSE.txt beside its standard library")


def foreign_files(record: Path, packages: Path) -> list[Path]:
    """Which of the libraries that PyInstaller put together are neither of `packages` nor of this Python.

    `record` is PyInstaller's own list (COLLECT-00.toc): what came from where. A Python that belongs to the
    system counts as foreign: its licence is the system's to tell.
    """
    (entries, *_) = ast.literal_eval(record.read_text(encoding="utf-8"))
    found = {Path(source) for _, source, kind in entries if kind in ("BINARY", "EXTENSION") and source}
    own = [packages.resolve()]
    if sys.base_prefix not in ("/usr", "/usr/local"):
        own.append(Path(sys.base_prefix).resolve())
    return sorted(path for path in found if not any(path.resolve().is_relative_to(each) for each in own))


def copy_debian(libraries: Iterable[Path], target: Path) -> list[str]:
    """The copyright files of the Debian packages that these libraries came from; the packages' names.

    Raises LicenceError for a library that came from none.
    """
    packages = set()
    for library in libraries:
        package = debian_package_of(library)
        if package is None:
            raise LicenceError(f"{library} would be shipped, and belongs to no Debian package: whose is it?")
        packages.add(package)
    for package in packages:
        text = Path("/usr/share/doc") / package / "copyright"
        if not text.exists():
            raise LicenceError(f"the package {package} has no copyright file on this machine")
        shutil.copyfile(text, target / f"{package}.txt")
    return sorted(packages)


def debian_package_of(path: Path) -> str | None:
    """The Debian package that a file came with. dpkg may know a file of /usr/lib as one of /lib."""
    places = dict.fromkeys(str(place) for place in (path, path.resolve()))
    places |= dict.fromkeys(place.removeprefix("/usr") for place in places)
    for place in places:
        try:
            done = subprocess.run(
                ["dpkg-query", "--search", place], capture_output=True, text=True, check=False
            )
        except FileNotFoundError:  # not on Debian
            return None
        for line in done.stdout.splitlines():
            if not line.startswith("diversion "):
                return line.partition(":")[0]
    return None
