"""Looks into the folders of one's own announcements: which files stand there, and who may write there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.errors import EnvironmentFault

_PASSED_OVER = frozenset({".md", ".txt", ".tmp", ".part", ".partial", ".crdownload", ".bak", ".ini", ".db"})


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file as a look found it; another size or time is another file."""

    path: Path
    size: int
    changed_ns: int
    status_ns: int  # when rights or name changed, where the system tells


@dataclass(frozen=True, slots=True)
class Found:
    """What one look at a folder brought: files by language ("" = every one) and name."""

    files: Mapping[tuple[str, str], OwnFile]
    fault: EnvironmentFault | None = None


def look(folder: Path, languages: Iterable[str]) -> Found:
    """Read a folder and its folders of languages. What cannot be read is told, not raised."""
    files: dict[tuple[str, str], OwnFile] = {}
    try:
        for language in ("", *languages):
            for file in _files(folder / language if language else folder):
                key = (language, file.path.stem.casefold())
                known = files.get(key)
                if known is None or (known.changed_ns, known.path.name) < (file.changed_ns, file.path.name):
                    files[key] = file  # of two that bear one name, such as WAV and MP3, the newer
    except OSError as problem:
        text = (
            f"The own announcements in {folder} cannot be read ({problem.strerror}): the defaults are heard."
        )
        return Found({}, EnvironmentFault("announcement.folder_unreadable", text, path=str(folder)))
    return Found(files)


def is_sound(path: Path, name: str) -> bool:
    """Whether a file would be heard as the announcement of this name."""
    return path.stem.casefold() == name and _may_be_sound(path)


def make(folder: Path) -> EnvironmentFault | None:
    """Make a folder that is to be there; tells why that does not go."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        return _not_made(folder, problem)
    return None


def can_write(folder: Path) -> bool:
    """Whether a file can be put there; tried, because rights on Windows cannot be asked for."""
    try:
        with tempfile.TemporaryFile(dir=folder, prefix=".openmss-"):
            return True
    except OSError:
        return False


def not_writable(folder: Path, spare: Path) -> EnvironmentFault:
    """The words for a folder that may only be read."""
    text = f"The folder {folder} may not be written by the user that OpenMSS runs as. "
    text += f"Own announcements that are recorded here go to {spare} instead."
    return EnvironmentFault("announcement.folder_not_writable", text, path=str(folder), instead=str(spare))


def _not_made(folder: Path, problem: OSError) -> EnvironmentFault:
    text = f"The folder for own announcements, {folder}, cannot be made ({problem.strerror}). "
    text += "Make it and give the user that OpenMSS runs as the right to it."
    return EnvironmentFault("announcement.folder_not_made", text, path=str(folder))


def _files(folder: Path) -> Iterator[OwnFile]:
    try:
        listing = os.scandir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    with listing:
        for each in listing:
            path = Path(each.path)
            if not _may_be_sound(path):
                continue
            try:
                if each.is_file():
                    status = each.stat()
                    yield OwnFile(path, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
            except OSError:  # gone between the list and the question, or a link that leads nowhere
                continue


def _may_be_sound(path: Path) -> bool:
    return not path.name.startswith((".", "~")) and path.suffix.lower() not in _PASSED_OVER
