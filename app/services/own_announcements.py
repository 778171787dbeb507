"""The announcements of one's own: follows the folders, takes whole files, tells what is wrong with others.

Looking waits for the disk: it belongs on a thread. What was found is replaced whole: any thread may ask.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.errors import EnvironmentFault
from app.services.announcement_folders import OwnFile, look
from app.services.sound_files import read_sound

if TYPE_CHECKING:
    from app.media.clip import Clip

logger = logging.getLogger(__name__)

Key = tuple[str, str]  # language ("" = every one) and name

_AT_REST_S = 2.0  # a file untouched for so long is whole


@dataclass(frozen=True, slots=True)
class OwnAnnouncement:
    """One file: what is heard of it, or what is wrong with it."""

    file: OwnFile
    clip: Clip | None
    fault: EnvironmentFault | None = None
    is_growing: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What a look found different from the last: names of announcements, and what to tell of."""

    names: frozenset[str] = frozenset()
    faults: tuple[EnvironmentFault, ...] = ()


class OwnAnnouncements:
    """The files in the folders, the first of which counts most."""

    def __init__(
        self, folders: tuple[Path, ...], languages: Iterable[str], clock: Callable[[], float] = time.time
    ) -> None:
        self._folders = folders
        self._languages = tuple(languages)
        self._clock = clock
        self._by_folder: dict[Path, dict[Key, OwnAnnouncement]] = {folder: {} for folder in folders}
        self._folder_faults: dict[Path, EnvironmentFault] = {}
        self._is_first = True
        self.current: Mapping[Key, OwnAnnouncement] = MappingProxyType({})

    def look(self) -> Changes:
        """Read the folders again. What has just changed waits for the next look, but for the first one."""
        names: set[str] = set()
        faults: list[EnvironmentFault] = []
        for folder in self._folders:
            found = look(folder, self._languages)
            if found.fault is not None and folder not in self._folder_faults:
                faults.append(found.fault)
            self._note(folder, found.fault)
            before = self._by_folder[folder]
            after = {key: self._seen(file, before.get(key)) for key, file in found.files.items()}
            for key in before.keys() | after.keys():
                if before.get(key) is not after.get(key):
                    names.add(key[1])
            faults += [
                own.fault
                for key, own in after.items()
                if own.fault is not None and not own.is_growing and own is not before.get(key)
            ]
            self._by_folder[folder] = after
        self._is_first = False
        if names:
            merged: dict[Key, OwnAnnouncement] = {}
            for folder in reversed(self._folders):
                merged |= self._by_folder[folder]
            self.current = MappingProxyType(merged)
        return Changes(frozenset(names), tuple(faults))

    def of(self, language: str, name: str) -> OwnAnnouncement | None:
        """The file that stands for an announcement in a language, good or bad."""
        current = self.current
        return current.get((language, name)) or current.get(("", name))

    def clip(self, language: str, name: str) -> Clip | None:
        """What is heard in place of a default; None where the default is."""
        current = self.current
        for key in ((language, name), ("", name)):
            own = current.get(key)
            if own is not None and own.clip is not None:
                return own.clip
        return None

    def _note(self, folder: Path, fault: EnvironmentFault | None) -> None:
        if fault is None:
            self._folder_faults.pop(folder, None)
        else:
            self._folder_faults[folder] = fault

    def _seen(self, file: OwnFile, before: OwnAnnouncement | None) -> OwnAnnouncement:
        """What a file is now: as before, still growing, read, or not to be read."""
        if before is not None and before.file == file and not before.is_growing:
            return before
        is_settled = before is not None and before.file == file
        if is_settled or self._is_first or self._clock() - file.changed_ns / 1e9 > _AT_REST_S:
            return _read(file)
        text = f"{file.path} is still being written. It is heard as soon as it is whole."
        fault = EnvironmentFault("announcement.growing", text, path=str(file.path))
        # What was heard until now goes on until the new one is whole.
        return OwnAnnouncement(file, before.clip if before is not None else None, fault, is_growing=True)


def _read(file: OwnFile) -> OwnAnnouncement:
    from app.media.clip import Clip

    try:
        return OwnAnnouncement(file, Clip(read_sound(file.path), str(file.path)))
    except EnvironmentFault as fault:
        return OwnAnnouncement(file, None, fault)
