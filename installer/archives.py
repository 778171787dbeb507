"""Packs folders so that the same files always make the same archive."""

from __future__ import annotations

import lzma
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO


def pack(folder: Path, target: Path, top: str, moment: int) -> Path:
    """Make a .tar.xz of a folder, which is called `top` in it; every file as of `moment`, owned by root."""
    target.parent.mkdir(parents=True, exist_ok=True)
    plain = target.with_suffix("")
    with tarfile.open(plain, "w", format=tarfile.PAX_FORMAT) as archive:
        for path in sorted_tree(folder):
            archive.add(
                path,
                f"{top}/{path.relative_to(folder).as_posix()}",
                recursive=False,
                filter=lambda entry: normal(entry, moment),
            )
    compress(plain, target)
    plain.unlink()
    return target


def sorted_tree(folder: Path) -> Iterator[Path]:
    """Everything below a folder, in an order that does not depend on the disk."""
    yield from sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix())


def normal(entry: tarfile.TarInfo, moment: int) -> tarfile.TarInfo:
    """An entry without what differs from machine to machine."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mtime = moment
    entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
    return entry


def compress(plain: Path, target: Path) -> None:
    """Compress with xz: the program where there is one (it uses all processors), else Python's.

    With one thread xz writes other bytes than with several, whose number makes no difference.
    """
    program = shutil.which("xz")
    threads = max(2, os.cpu_count() or 1)
    with plain.open("rb") as source, target.open("wb") as sink:
        if program:
            subprocess.run([program, f"-T{threads}", "-6", "--stdout"], stdin=source, stdout=sink, check=True)
        else:
            _compress_here(source, sink)


def _compress_here(source: IO[bytes], sink: IO[bytes]) -> None:
    with lzma.open(sink, "wb", preset=6) as packed:
        shutil.copyfileobj(source, packed, 1 << 20)


def set_times(folder: Path, moment: int) -> None:
    """Give every file of a folder one time and the modes that packages have."""
    for path in (folder, *sorted_tree(folder)):
        if path.is_symlink():
            os.utime(path, (moment, moment), follow_symlinks=False)
            continue
        executable = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if executable else 0o644)
        os.utime(path, (moment, moment))
