"""Saves and removes one's own announcements: in cust_ann where it may be written, else in the data folder."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import EnvironmentFault, UserError
from app.services import announcement_folders as folders
from app.services.announcement_catalogue import LANGUAGES, is_id
from app.services.announcement_places import AnnouncementPlaces
from app.services.sound_files import RATE, SoundFileFault, read_sound

if TYPE_CHECKING:
    from app.media.samples import Samples


@dataclass(frozen=True, slots=True)
class WritableFolder:
    """Where own announcements go now; `reason` says in words why it is not the program's cust_ann."""

    path: Path
    reason: str = ""


def writable_folder(places: AnnouncementPlaces) -> WritableFolder:
    """Find the folder, made where it is missing. EnvironmentFault where neither can be written."""
    fault = folders.make(places.custom)
    if fault is None and folders.can_write(places.custom):
        return WritableFolder(places.custom)
    reason = folders.not_writable(places.custom, places.spare).text
    spare_fault = folders.make(places.spare)
    if spare_fault is not None:
        raise spare_fault
    return WritableFolder(places.spare, reason)


def read_bytes(sound: bytes) -> Samples:
    """The sound of a file's bytes. UserError where they are none."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sound"
        path.write_bytes(sound)
        return _read(path, "The sound")


def read_file(path: Path) -> Samples:
    """The sound of a file that somebody chose. UserError where it cannot be used."""
    return _read(path, str(path))


def save(places: AnnouncementPlaces, name: str, language: str, samples: Samples) -> Path:
    """Write an announcement as WAV; returns its file. UserError for a name or language that is none."""
    check(name, language)
    folder = writable_folder(places).path
    target = (folder / language if language else folder) / f"{name}.wav"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f".{name}-{secrets.token_hex(8)}.tmp")
        try:
            _write_wav(partial, samples)
            os.replace(partial, target)
        finally:
            partial.unlink(missing_ok=True)
        for older in _files(places, name, language):
            # Of one name the newest is heard, and the data folder before the program's.
            if older != target and older.parent != target.parent:
                older.unlink()
    except OSError as problem:
        text = (
            f"{target} cannot be written ({problem.strerror}). Check the rights to the folder and the disk."
        )
        raise EnvironmentFault("announcement.not_saved", text, path=str(target)) from problem
    return target


def remove(places: AnnouncementPlaces, name: str, language: str) -> list[Path]:
    """Remove one's own files of an announcement, so that the default is heard again; returns which.

    Where the language has none of its own, those for every language go. EnvironmentFault where one stays.
    """
    check(name, language)
    found = list(_files(places, name, language)) or list(_files(places, name, ""))
    for path in found:
        try:
            path.unlink(missing_ok=True)
        except OSError as problem:
            text = f"{path} cannot be removed ({problem.strerror}): it is still heard. Remove it by hand."
            raise EnvironmentFault("announcement.not_removed", text, path=str(path)) from problem
    return found


def check(name: str, language: str) -> None:
    """Raise UserError for a name or a language that no announcement has."""
    if not is_id(name):
        text = (
            f"“{name}” cannot be an announcement's name. Use small letters, digits and hyphens: menu-sales."
        )
        raise UserError("announcement.name", text, field="id", value=name)
    if language and language not in LANGUAGES:
        text = f"There are no announcements in “{language}”. There are: {', '.join(LANGUAGES)}."
        raise UserError("announcement.language", text, field="language", value=language)


def _files(places: AnnouncementPlaces, name: str, language: str) -> Iterator[Path]:
    for folder in places.own:
        inner = folder / language if language else folder
        with contextlib.suppress(OSError):
            yield from (path for path in sorted(inner.iterdir()) if folders.is_sound(path, name))


def _read(path: Path, called: str) -> Samples:
    try:
        return read_sound(path)
    except SoundFileFault as fault:
        text = fault.text.replace(str(path), called, 1)
        raise UserError(fault.code, text, field="file", **{**fault.details, "path": called}) from fault


def _write_wav(path: Path, samples: Samples) -> None:
    import soundfile

    with path.open("xb") as file:  # never what somebody else put there: the folder may be others' too
        soundfile.write(file, samples, RATE, format="WAV", subtype="PCM_16")
        file.flush()
        os.fsync(file.fileno())
