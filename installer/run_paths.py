"""Takes folders of the build machine out of where programs and libraries of Linux look for others.

Whoever has such a folder on another machine could slip code into the service there.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_MAGIC = b"\x7fELF\x02\x01"  # 64 bits, the least significant byte first: amd64 and arm64
_SEGMENTS = struct.Struct("<32xQ14xHH")  # the header's e_phoff, e_phentsize, e_phnum
_SEGMENT = struct.Struct("<I4xQQ8xQ")  # p_type, p_offset, p_vaddr, p_filesz
_ENTRY = struct.Struct("<qQ")  # d_tag, d_val
_LOAD, _DYNAMIC = 1, 2
_NULL, _STRINGS, _RPATH, _RUNPATH = 0, 5, 15, 29


class _Segment(NamedTuple):
    kind: int
    offset: int
    address: int
    size: int


def clean(folder: Path) -> list[Path]:
    """Let every file in a folder look only beside itself ($ORIGIN) and where the system does; the changed."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return [path for path in files if clean_file(path)]


def clean_file(path: Path) -> bool:
    """The same for one file; whether it was changed."""
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            return False
    data = bytearray(path.read_bytes())
    foreign = list(_foreign(data))
    for at, end in reversed(foreign):  # what follows moves up, and the last entry says that this is the end
        data[at:end] = data[at + _ENTRY.size : end] + _ENTRY.pack(_NULL, 0)
    if foreign:
        path.write_bytes(data)
    return bool(foreign)


def _foreign(data: bytearray) -> Iterator[tuple[int, int]]:
    """Where the entries with folders that are not $ORIGIN's lie, and where their table ends."""
    segments = list(_segments(data))
    for dynamic in (each for each in segments if each.kind == _DYNAMIC):
        end = dynamic.offset + dynamic.size
        places = range(dynamic.offset, end, _ENTRY.size)
        entries = [(at, *_ENTRY.unpack_from(data, at)) for at in places]
        strings = next((value for _, tag, value in entries if tag == _STRINGS), 0)
        for at, tag, value in entries:
            if tag in (_RPATH, _RUNPATH):
                start = _offset(segments, strings) + value
                text = bytes(data[start : data.index(0, start)])
                if not all(each.startswith(b"$ORIGIN") for each in text.split(b":")):
                    yield at, end


def _segments(data: bytearray) -> Iterator[_Segment]:
    first, size, count = _SEGMENTS.unpack_from(data)
    for number in range(count):
        yield _Segment(*_SEGMENT.unpack_from(data, first + number * size))


def _offset(segments: list[_Segment], address: int) -> int:
    """Where in the file lies what is loaded at an address."""
    for segment in segments:
        if segment.kind == _LOAD and segment.address <= address < segment.address + segment.size:
            return address - segment.address + segment.offset
    raise ValueError(f"nothing is loaded at {address:#x}")
