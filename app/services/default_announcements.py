"""The announcements as delivered: the catalogue, and the sound of its entries, loaded when first heard."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.errors import EnvironmentFault
from app.services.announcement_catalogue import (
    COUNTRY,
    AnnouncementKind,
    Catalogue,
    CatalogueEntry,
    read_catalogue,
)
from app.services.sound_files import read_sound
from app.services.tone_plans import DEFAULT_COUNTRY, TONE_PLANS

if TYPE_CHECKING:
    from app.media.clip import Clip

_MOST_KEPT_S = 600.0  # of sound: 18 MiB
_Stamp = tuple[int, int]


class DefaultAnnouncements:
    """Reads mss_ann. `look` and `load` wait for the disk; any thread may ask for what is `kept`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.catalogue: Catalogue = MappingProxyType({})
        self.fault: EnvironmentFault | None = None
        self._catalogue_stamp: _Stamp | None = None
        self._kept: OrderedDict[tuple[str, ...], tuple[Clip, Path | None, _Stamp | None]] = OrderedDict()
        self._lock = threading.Lock()

    def look(self) -> frozenset[str]:
        """Read the catalogue where it has changed, and forget sound whose file has; the names concerned.

        What is wrong with the catalogue is the `fault` then; while an update replaces it, the old one serves.
        """
        names: set[str] = set()
        stamp = _stamp(self.folder / "catalogue.toml")
        if stamp is None or stamp != self._catalogue_stamp:
            names |= self._read(stamp)
        with self._lock:
            kept = list(self._kept.items())
        for key, (clip, path, known) in kept:
            if path is not None and _stamp(path) != known:
                names.add(clip.name)
                with self._lock:
                    self._kept.pop(key, None)
        return frozenset(names)

    def kept(self, language: str, name: str, country: str) -> Clip | None:
        """The sound of an announcement, where it has been loaded."""
        entry = self.catalogue.get(name)
        if entry is None:
            return None
        key = _key(entry, language, country)
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def load(self, language: str, name: str, country: str) -> Clip:
        """Read or make the sound of an announcement. EnvironmentFault where its file cannot be read."""
        entry = self.catalogue[name]
        path = entry.file(language)
        stamp = None if path is None else _stamp(path)
        clip = _made(entry, country) if path is None else _read(entry, path)
        with self._lock:
            self._kept[_key(entry, language, country)] = (clip, path, stamp)
            while (
                len(self._kept) > 1 and sum(each.seconds for each, *_ in self._kept.values()) > _MOST_KEPT_S
            ):
                self._kept.popitem(last=False)
        return clip

    def _read(self, stamp: _Stamp | None) -> set[str]:
        before = self.catalogue
        try:
            self.catalogue = read_catalogue(self.folder)
        except EnvironmentFault as fault:
            self.fault = fault
        else:
            self.fault = None
        self._catalogue_stamp = stamp
        return {
            name
            for name in before.keys() | self.catalogue.keys()
            if before.get(name) != self.catalogue.get(name)
        }


def _key(entry: CatalogueEntry, language: str, country: str) -> tuple[str, ...]:
    match entry.kind:
        case AnnouncementKind.TONE:
            return (entry.id, country)
        case AnnouncementKind.MUSIC:
            return (entry.id,)
    return (entry.id, language)


def _made(entry: CatalogueEntry, country: str) -> Clip:
    from app.media.call_tones import make_tone
    from app.media.clip import Clip

    plan = TONE_PLANS.get(country, TONE_PLANS[DEFAULT_COUNTRY])
    return Clip(make_tone(plan.tone(entry.id) if entry.tone == COUNTRY else entry.tone), entry.id)


def _read(entry: CatalogueEntry, path: Path) -> Clip:
    from app.media.clip import Clip

    return Clip(read_sound(path), entry.id)


def _stamp(path: Path) -> _Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
