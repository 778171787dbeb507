"""What a build needs before it begins, so that it does not stop after minutes: programs, room on the disk."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from installer.faults import BuildError
from installer.version import ROOT

MIB = 2**20
ROOM = 2_000 * MIB  # the environment, the frozen folder, its copy in the .deb's tree, the archives
ROOM_UNDER_WINE = 2_500 * MIB

# Programs, by the Debian package that brings each.
_TOOLS_LINUX = {"strip": "binutils", "objdump": "binutils"}
_TOOLS_WINDOWS = {"makensis": "nsis"}
_TOOLS_UNDER_WINE = {
    "makensis": "nsis",
    "osslsigncode": "osslsigncode",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    "x86_64-w64-mingw32-dlltool": "binutils-mingw-w64-x86-64",
}
_SHOWN = 5


def require(work: Path, out: Path, *, under_wine: bool = False) -> None:
    """Make sure that a build can come to its end; raises BuildError that names all that is missing."""
    on_windows = sys.platform == "win32"
    if under_wine and on_windows:
        raise BuildError(
            "--windows and --only-windows are for Linux; on Windows the set-up is made without them"
        )
    require_tools(_TOOLS_UNDER_WINE if under_wine else _TOOLS_WINDOWS if on_windows else _TOOLS_LINUX)
    for folder in (work, out):
        require_room(folder, ROOM_UNDER_WINE if under_wine else ROOM)


def require_tools(tools: dict[str, str]) -> None:
    """Raise BuildError that names the programs that are missing, and where they come from."""
    missing = [name for name in tools if shutil.which(name) is None]
    if missing:
        packages = " ".join(dict.fromkeys(tools[name] for name in missing))
        raise BuildError(
            f"missing: {', '.join(missing)}. On Debian: apt-get install --no-install-recommends {packages}"
        )


def require_room(folder: Path, wanted: int) -> None:
    """Raise BuildError where the disk of a folder, which need not be there yet, has less room than wanted."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free
    if free < wanted:
        raise BuildError(f"{there} has {free // MIB} MiB free; a build takes up to {wanted // MIB} MiB")


def uncommitted(root: Path = ROOT) -> list[str]:
    """The files that are not as they were committed; a build takes what is committed, and not these."""
    if shutil.which("git") is None or not (root / ".git").exists():
        return []
    command = ["git", "-C", str(root), "status", "--porcelain", "-z"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        return []
    entries = iter(done.stdout.split("\0"))
    names = []
    for entry in entries:
        if entry:
            names.append(entry[3:])
            if entry[0] in "RC":  # the name it had follows
                next(entries, None)
    return names


def warning_of(names: Iterable[str]) -> str:
    """What to say of uncommitted files; nothing where there are none."""
    found = list(names)
    if not found:
        return ""
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return f"note: what is built is the last commit, without the changes to {', '.join(found[:_SHOWN])}{more}"
