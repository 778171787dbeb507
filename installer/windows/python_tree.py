"""Puts a Windows CPython together on Linux: its maker's signed libraries, this machine's standard library.

The signed files come out of a wheel that carries them (`panda3d`, which builds Windows programs on Linux
from them). It is only the carrier: each file's signature is checked. `python.exe` is three lines of C, used
only while building; `python3.dll`, which passes the stable interface on, is ours and is shipped.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterable
from pathlib import Path

from installer.windows.signatures import check_signatures

VERSION = "3.11.7"
_LIBRARIES = ("libcrypto-3.dll", "libffi-8.dll", "libssl-3.dll", "sqlite3.dll")
_NOT_NEEDED = ("_msi.pyd", "_tkinter.pyd")
_LEFT_OUT = (
    "site-packages",
    "lib-dynload",
    "test",
    "idlelib",
    "turtledemo",
    "tkinter",
    "ensurepip",
    "lib2to3",
)
_COMPILER = "x86_64-w64-mingw32-gcc"
_LAUNCHER = """\
#include <wchar.h>
__declspec(dllimport) int Py_Main(int, wchar_t **);
int wmain(int count, wchar_t **arguments) { return Py_Main(count, arguments); }
"""
_NOTHING_TO_START = "int __stdcall DllMain(void *h, unsigned r, void *p) { return 1; }\n"


class TreeError(Exception):
    """The Windows Python cannot be put together; the text says why."""


def assemble(carrier: Path, wheels: Iterable[Path], target: Path, scratch: Path) -> Path:
    """Make the tree in `target` and return its python.exe."""
    if sys.version.split()[0] != VERSION:
        here = sys.version.split()[0]
        raise TreeError(
            f"the standard library must be that of Python {VERSION}, as the signed files are; this is {here}"
        )
    signed = unpack_signed(carrier, scratch / "signed")
    packages = target / "Lib" / "site-packages"
    copy_standard_library(target / "Lib")
    (target / "DLLs").mkdir(parents=True)
    for path in signed:
        shutil.copy2(path, target if path.name == "python311.dll" else target / "DLLs")
    packages.mkdir(parents=True)
    for wheel in sorted(wheels):
        unpack_wheel(wheel, packages)
    for name in ("vcruntime140.dll", "vcruntime140_1.dll"):  # Microsoft's, as the Qt binding brings them
        found = next(iter(sorted(packages.glob(f"*/{name}"))), None)
        if found is None:
            raise TreeError(f"no wheel brings {name}")
        shutil.copy2(found, target)
    build_launcher(target, scratch)
    build_stable_interface(target, scratch)
    return target / "python.exe"


def unpack_signed(carrier: Path, folder: Path) -> list[Path]:
    """Take the files of CPython out of the wheel that carries them, each with its signature checked."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = []
    with zipfile.ZipFile(carrier) as archive:
        for entry in archive.infolist():
            path = Path(entry.filename)
            if path.parent.name != "deploy_libs" or not is_wanted(path.name):
                continue
            (folder / path.name).write_bytes(archive.read(entry))
            wanted.append(folder / path.name)
    names = {path.name for path in wanted}
    if missing := {"python311.dll", "_ssl.pyd", "_overlapped.pyd", *_LIBRARIES} - names:
        raise TreeError(f"{carrier.name} does not carry {', '.join(sorted(missing))}")
    check_signatures(wanted)
    return sorted(wanted)


def is_wanted(name: str) -> bool:
    """Whether a file of the carrier belongs to CPython and is needed."""
    if name in _NOT_NEEDED:
        return False
    return name == "python311.dll" or name in _LIBRARIES or name.endswith(".pyd")


def copy_standard_library(target: Path) -> None:
    """Copy the modules written in Python; they are the same on every system."""
    left_out = shutil.ignore_patterns(*_LEFT_OUT, "__pycache__", "config-3.*", "_sysconfigdata*")
    shutil.copytree(sysconfig.get_path("stdlib"), target, ignore=left_out)


def unpack_wheel(wheel: Path, packages: Path) -> None:
    """Install a wheel as far as it is imported from: its scripts are not needed."""
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            parts = Path(entry.filename).parts
            if parts[0].endswith(".data"):
                if parts[1] not in ("purelib", "platlib"):
                    continue
                parts = parts[2:]
            if entry.is_dir() or not parts:
                continue
            path = packages.joinpath(*parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.read(entry))


def build_launcher(target: Path, scratch: Path) -> None:
    """Compile the python.exe that PyInstaller runs in."""
    source, definition, library = scratch / "launcher.c", scratch / "launcher.def", scratch / "liblauncher.a"
    source.write_text(_LAUNCHER)
    definition.write_text("LIBRARY python311.dll\nEXPORTS\n  Py_Main\n")
    run("x86_64-w64-mingw32-dlltool", "-d", definition, "-l", library)
    run(_COMPILER, "-O2", "-s", "-municode", source, library, "-o", target / "python.exe")


def build_stable_interface(target: Path, scratch: Path) -> None:
    """Make `python3.dll`, which forwards each name of the stable interface to python311.dll."""
    import abi3info

    stable = {str(each.name) for each in (*abi3info.FUNCTIONS, *abi3info.DATAS)}
    listing = run("x86_64-w64-mingw32-objdump", "-p", target / "python311.dll")
    sections = run("x86_64-w64-mingw32-objdump", "-h", target / "python311.dll")
    definition, source = scratch / "python3.def", scratch / "python3.c"
    names = {name: where for name, where in exports(listing).items() if name in stable}
    if len(names) < 800:
        raise TreeError(f"python311.dll exports only {len(names)} names of the stable interface")
    definition.write_text(forwarders(names, code_range(sections, listing)))
    source.write_text(_NOTHING_TO_START)
    run(
        _COMPILER,
        "-shared",
        "-nostdlib",
        "-s",
        "-e",
        "DllMain",
        source,
        definition,
        "-o",
        target / "python3.dll",
    )


def exports(listing: str) -> dict[str, int]:
    """Names and addresses of what `objdump -p` says a library exports."""
    found = re.findall(r"^\s*\[ *(\d+)\] \+base\[ *\d+\] +([0-9a-f]+) Export RVA$", listing, re.M)
    addresses = {int(ordinal): int(address, 16) for ordinal, address in found}
    names = re.findall(r"^\s*\[ *(\d+)\] ([A-Za-z_]\w*)$", listing, re.M)
    return {name: addresses[int(ordinal)] for ordinal, name in names if int(ordinal) in addresses}


def code_range(sections: str, listing: str) -> range:
    """The addresses, from the start of the library, at which its code lies."""
    text = re.search(r"\.text\s+([0-9a-f]+)\s+([0-9a-f]+)", sections)
    base = re.search(r"ImageBase\s+([0-9a-f]+)", listing)
    if text is None or base is None:
        raise TreeError("python311.dll has no code section")
    first = int(text[2], 16) - int(base[1], 16)
    return range(first, first + int(text[1], 16))


def forwarders(names: dict[str, int], code: range) -> str:
    """The linker's definition of a library that passes these names on; what is no code is data."""
    lines = [
        f"  {name}=python311.{name}" + ("" if address in code else " DATA")
        for name, address in sorted(names.items())
    ]
    return "\n".join(("LIBRARY python3.dll", "EXPORTS", *lines, ""))


def run(*command: str | Path) -> str:
    """Run a tool of the cross compiler; TreeError with what it said where it fails."""
    if shutil.which(str(command[0])) is None:
        raise TreeError(f"{command[0]} is missing; on Debian: apt-get install gcc-mingw-w64-x86-64")
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise TreeError(f"{command[0]} failed:\n{done.stderr}")
    return done.stdout
