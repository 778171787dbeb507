"""Questions about the program's own log: its newest lines, older ones, and what has come since."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from app.errors import EnvironmentFault
from app.logs import FILE_NAME, OLD_FILES
from app.options import Options

_SLICE = 256 * 1024  # read at once
_MOST_BYTES = 4 * 1024 * 1024  # looked through for one question
_MOST_ENTRIES = 2_000
_MOST_CHARS = 16_000  # of one entry: a traceback may be long
_HEAD = re.compile(
    rb"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) (DEBUG|INFO|WARNING|ERROR|CRITICAL) +(\S+): ", re.MULTILINE
)


class LogLevel(StrEnum):
    """How grave an entry is, as its line in the file says; from the least to the most."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"
    CRITICAL = "CRITICAL"


_RANKS = {level: rank for rank, level in enumerate(LogLevel)}


@dataclass(frozen=True, slots=True)
class LogPlace:
    """Where an entry begins, also after its file was renamed."""

    file: int  # the number the file system knows the file by
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One entry: a line, and where there is one the traceback below it."""

    place: LogPlace
    time: str  # local, as it was written: 2026-11-23 15:58:43,123
    level: LogLevel
    source: str  # the module that spoke
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilter:
    """Which entries are wanted: at least of a level, with a text in the message or the module's name."""

    least: LogLevel = LogLevel.DEBUG
    text: str = ""

    def accepts(self, entry: LogEntry) -> bool:
        """Whether an entry passes."""
        wanted = self.text.casefold()
        return _RANKS[entry.level] >= _RANKS[self.least] and (
            not wanted or wanted in entry.text.casefold() or wanted in entry.source.casefold()
        )


@dataclass(frozen=True, slots=True)
class LogMark:
    """How far the log was read: the newest entry, which may still grow, and the bytes of its file."""

    place: LogPlace
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLines:
    """Entries, oldest first. `older`: where to look further back, None at the log's beginning."""

    entries: tuple[LogEntry, ...] = ()
    older: LogPlace | None = None
    mark: LogMark | None = None
    is_fresh: bool = True  # whether these stand alone; else they follow those of the mark


class HasOptions(Protocol):
    """What these functions need of the PBX."""

    @property
    def options(self) -> Options:
        """Its options, which name the data folder."""
        ...


# Reading waits for the disk: every question goes to a thread. A file is open only while a slice is read.


async def newest(pbx: HasOptions, wanted: LogFilter | None = None, limit: int = 500) -> LogLines:
    """Find the last entries that pass the filter, at most `limit`, in the last few MiB."""
    return await asyncio.to_thread(_newest, pbx.options.paths.logs, wanted or LogFilter(), _bounded(limit))


async def before(
    pbx: HasOptions, place: LogPlace, wanted: LogFilter | None = None, limit: int = 500
) -> LogLines:
    """Find the last entries before a place, in rotated files too; none when its file is gone."""
    return await asyncio.to_thread(
        _before, pbx.options.paths.logs, place, wanted or LogFilter(), _bounded(limit)
    )


async def since(
    pbx: HasOptions, mark: LogMark | None, wanted: LogFilter | None = None, limit: int = 500
) -> LogLines:
    """Find what has come since a mark, the entry of the mark again where it has grown.

    Where the log has left the mark behind the page is fresh: the newest entries.
    """
    return await asyncio.to_thread(
        _since, pbx.options.paths.logs, mark, wanted or LogFilter(), _bounded(limit)
    )


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    number: int
    size: int


def _bounded(limit: int) -> int:
    return max(1, min(limit, _MOST_ENTRIES))


def _files(folder: Path) -> list[_File]:
    """The log's files, the one that is written first."""
    found = []
    for name in (FILE_NAME, *(f"{FILE_NAME}.{age}" for age in range(1, OLD_FILES + 1))):
        try:
            known = (folder / name).stat()
        except FileNotFoundError:
            continue  # not there yet, or being renamed this moment
        except OSError as error:
            raise _unreadable(folder / name, error) from error
        found.append(_File(folder / name, known.st_ino, known.st_size))
    return found


def _newest(folder: Path, wanted: LogFilter, limit: int) -> LogLines:
    files = _files(folder)
    if not files:
        return LogLines()
    page, last = _backwards(files, files[0].size, wanted, limit)
    written = files[0]
    known = last is not None and last.file == written.number
    mark = LogMark(last, written.size) if last is not None and known else LogMark(_begin_of(written), 0)
    return LogLines(entries=page.entries, older=page.older, mark=mark)


def _before(folder: Path, place: LogPlace, wanted: LogFilter, limit: int) -> LogLines:
    files = _files(folder)
    numbers = [file.number for file in files]
    if place.file not in numbers:
        return LogLines(is_fresh=False)
    page, _ = _backwards(files[numbers.index(place.file) :], place.offset, wanted, limit)
    return LogLines(entries=page.entries, older=page.older, is_fresh=False)


def _backwards(
    files: list[_File], end: int, wanted: LogFilter, limit: int
) -> tuple[LogLines, LogPlace | None]:
    """Read slices from a place in the first file towards the past; also tell where the last entry begins."""
    found: list[LogEntry] = []
    last: LogPlace | None = None
    left = _MOST_BYTES
    for file in files:
        if file is not files[0]:
            end = file.size
        while end > 0:
            if left <= 0 or len(found) >= limit:
                return _cut(found, limit, LogPlace(file.number, end)), last
            begin = max(0, end - _SLICE)
            entries = list(_entries(file, begin, _read(file, begin, end)))
            found[:0] = [entry for entry in entries if wanted.accepts(entry)]
            left -= end - begin
            end = entries[0].place.offset if entries and begin else begin
            last = last or (entries[-1].place if entries else None)
    return _cut(found, limit, None), last


def _cut(found: list[LogEntry], limit: int, older: LogPlace | None) -> LogLines:
    if len(found) > limit:
        found, older = found[-limit:], found[-limit].place
    return LogLines(entries=tuple(found), older=older)


def _since(folder: Path, mark: LogMark | None, wanted: LogFilter, limit: int) -> LogLines:
    files = _files(folder)
    numbers = [file.number for file in files]
    if mark is None or mark.place.file not in numbers:
        return _newest(folder, wanted, limit)
    first, *rest = files[numbers.index(mark.place.file) :: -1]  # from the file of the mark to the newest
    if not mark.size <= sum(file.size for file in (first, *rest)) <= mark.size + _MOST_BYTES:
        return _newest(folder, wanted, limit)
    found: list[LogEntry] = []
    places = [_begin_of(file) for file in rest]
    if first.size != mark.size:
        rest, places = [first, *rest], [mark.place, *places]
    for file, place in zip(rest, places, strict=True):
        data = _read(file, place.offset, file.size)
        data = data[: data.rfind(b"\n") + 1]  # a line that is being written comes with the next question
        entries = list(_entries(file, place.offset, data))
        found += (entry for entry in entries if wanted.accepts(entry))
        mark = LogMark(entries[-1].place if entries else place, place.offset + len(data))
    page = _cut(found, limit, None)
    return LogLines(entries=page.entries, older=page.older, mark=mark, is_fresh=page.older is not None)


def _begin_of(file: _File) -> LogPlace:
    return LogPlace(file.number, 0)


def _read(file: _File, begin: int, end: int) -> bytes:
    """Read a part of a file; nothing where another has taken its name meanwhile."""
    try:
        with file.path.open("rb") as opened:
            if os.fstat(opened.fileno()).st_ino != file.number:
                return b""
            opened.seek(begin)
            return opened.read(end - begin)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise _unreadable(file.path, error) from error


def _entries(file: _File, begin: int, data: bytes) -> Iterator[LogEntry]:
    """Cut a slice into entries; what stands before the first head belongs to an entry before it."""
    heads = list(_HEAD.finditer(data))
    ends = [head.start() for head in heads[1:]] + [len(data)]
    for head, end in zip(heads, ends, strict=True):
        text = data[head.end() : end].decode("utf-8", "replace").replace("\r\n", "\n").rstrip("\n")
        yield LogEntry(
            place=LogPlace(file.number, begin + head.start()),
            time=head[1].decode("ascii"),
            level=LogLevel(head[2].decode("ascii")),
            source=head[3].decode("utf-8", "replace"),
            text=text if len(text) <= _MOST_CHARS else text[:_MOST_CHARS] + " …",
        )


def _unreadable(path: Path, error: OSError) -> EnvironmentFault:
    said = error.strerror or type(error).__name__
    text = f"The log file {path} cannot be read ({said})."
    return EnvironmentFault("log.not_readable", text, path=str(path), reason=said)
