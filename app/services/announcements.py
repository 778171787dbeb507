"""What callers hear: finds the sound of announcements in their language, one's own before the defaults.

Everything that waits for a disk runs on threads: one looks at the folders twice a second, others load what
is heard for the first time.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.errors import EnvironmentFault
from app.events import AnnouncementsChanged, EventBus, Notice, Severity
from app.services import announcement_folders as folders
from app.services.announcement_catalogue import LANGUAGES, AnnouncementKind
from app.services.announcement_places import AnnouncementPlaces
from app.services.default_announcements import DefaultAnnouncements
from app.services.directory import DirectoryHolder
from app.services.own_announcements import OwnAnnouncement, OwnAnnouncements
from app.services.sound_files import SoundFileFault, read_sound
from app.services.speech import said
from app.services.spoken_parts import Part, Recorded
from app.services.tone_plans import country_for

if TYPE_CHECKING:
    from app.media.clip import Clip

logger = logging.getLogger(__name__)

T = TypeVar("T")
OnThread = Callable[[Callable[[], T]], Awaitable[T]]

_LOOK_EVERY_S = 0.5
_FULL_LOOK_EVERY = 8  # the defaults change with an update only


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementView:
    """One announcement in one language, as it is heard now."""

    id: str
    kind: str  # speech | part | tone | music | own (not among the defaults)
    text: str
    language: str  # "" for tones and music, and for own ones that count for every language
    file: str  # "" for what the program makes itself
    source: str  # default | custom
    fault: str = ""  # what is wrong with the own file, in words


class Announcements:
    """Made with the exchange; `start` makes the folders and looks for the first time, on a thread."""

    languages: tuple[str, ...] = LANGUAGES

    def __init__(
        self,
        places: AnnouncementPlaces,
        *,
        holder: DirectoryHolder,
        events: EventBus,
        on_thread: Callable[[Callable[[], object]], Awaitable[object]] = asyncio.to_thread,
    ) -> None:
        self.places = places
        self._holder = holder
        self._events = events
        self._on_thread = on_thread
        self._defaults = DefaultAnnouncements(places.defaults)
        self._own = OwnAnnouncements(places.own, LANGUAGES)
        self._looking = threading.Lock()
        self._looks = 0
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    async def start(self, *, follow: bool = True) -> None:
        """Make the folders, load, and follow what changes. Nothing that is wrong there stops the PBX."""
        faults = await self._run(self._prepare)
        _, found = await self._run(self._look)
        self._tell(frozenset(), (*faults, *found))
        logger.info("announcements from %s, own ones from %s", self.places.defaults, self.places.custom)
        if follow:
            self._start_following()

    async def stop(self) -> None:
        """Look no more."""
        self._ending.set()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join)
            self._thread = None

    async def read(self) -> None:
        """Look once and tell nobody: for a command that only shows what is there."""
        await self._run(self._look)

    async def refresh(self) -> None:
        """Look now: after files were saved or removed here."""
        before = await self._run(self._look)
        after = await self._run(self._look)  # what has just changed is taken by the second look
        self._tell(before[0] | after[0], (*before[1], *after[1]))

    async def clips(self, language: str, *parts: Part) -> tuple[Clip, ...]:
        """The sound of the parts, one after the other. What has no sound is passed over, and logged."""
        language = language if language in LANGUAGES else LANGUAGES[0]
        found: list[Clip] = []
        for part in parts:
            for piece in said(language, part):
                clip = await (
                    self._recorded(piece) if isinstance(piece, Recorded) else self._clip(language, piece)
                )
                if clip is not None:
                    found.append(clip)
        return tuple(found)

    def ready(self, language: str, name: str) -> Clip | None:
        """The sound of an announcement, where it can be had without waiting."""
        return self._own.clip(language, name) or self._defaults.kept(language, name, self._country())

    def is_known(self, name: str) -> bool:
        """Whether there is an announcement of this name, delivered or one's own."""
        return name in self._defaults.catalogue or any(name == key[1] for key in self._own.current)

    def text(self, language: str, name: str) -> str:
        """What an announcement says; empty for tones, music and one's own."""
        entry = self._defaults.catalogue.get(name)
        return entry.texts.get(language, "") if entry is not None else ""

    def entries(self) -> list[AnnouncementView]:
        """All announcements with what is heard of them."""
        views = []
        catalogue = self._defaults.catalogue
        for name, entry in catalogue.items():
            for language in entry.languages or ("",):
                file = entry.file(language)
                views.append(
                    self._view(name, entry.kind, language, entry.texts.get(language, ""), str(file or ""))
                )
            if not entry.languages:  # music of one language's own
                views += [
                    self._view(name, entry.kind, each, "", "")
                    for each in LANGUAGES
                    if (each, name) in self._own.current
                ]
        others = sorted(key for key in self._own.current if key[1] not in catalogue)
        return views + [self._view(name, AnnouncementKind.OWN, language, "", "") for language, name in others]

    def _view(
        self, name: str, kind: AnnouncementKind, language: str, text: str, default: str
    ) -> AnnouncementView:
        own = self._own.of(language, name)
        heard = self._heard(language, name)
        return AnnouncementView(
            id=name,
            kind=kind.value,
            text=text,
            language=language,
            file=str(heard.file.path) if heard is not None else default,
            source="custom" if heard is not None or kind is AnnouncementKind.OWN else "default",
            fault=own.fault.text if own is not None and own.fault is not None else "",
        )

    def _heard(self, language: str, name: str) -> OwnAnnouncement | None:
        for key in ((language, name), ("", name)):
            own = self._own.current.get(key)
            if own is not None and own.clip is not None:
                return own
        return None

    async def _clip(self, language: str, name: str) -> Clip | None:
        if not self._looks:
            await self.read()
        ready = self.ready(language, name)
        if ready is not None:
            return ready
        if name not in self._defaults.catalogue:
            logger.error("there is no announcement “%s”", name)
            return None
        try:
            return await self._run(partial(self._defaults.load, language, name, self._country()))
        except SoundFileFault as fault:
            logger.error("%s", fault)
            return None

    async def _recorded(self, recording: Recorded) -> Clip | None:
        try:
            return await self._run(partial(_clip_of, recording.path))
        except SoundFileFault as fault:
            logger.warning("%s", fault)
            return None

    def _country(self) -> str:
        settings = self._holder.current.settings
        return settings.tone_country or country_for(settings.default_country_code)

    async def _run(self, work: Callable[[], T]) -> T:
        return await self._on_thread(work)  # type: ignore[return-value]

    def _start_following(self) -> None:
        loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._follow, args=(loop,), name="announcements", daemon=True)
        self._thread.start()

    # On the thread

    def _prepare(self) -> tuple[EnvironmentFault, ...]:
        fault = folders.make(self.places.custom)
        if fault is None and folders.can_write(self.places.custom):
            return ()
        spare = folders.make(self.places.spare)
        found = fault or folders.not_writable(self.places.custom, self.places.spare)
        return (found,) if spare is None else (found, spare)

    def _look(self) -> tuple[frozenset[str], tuple[EnvironmentFault, ...]]:
        with self._looking:
            names: frozenset[str] = frozenset()
            faults: tuple[EnvironmentFault, ...] = ()
            if self._looks % _FULL_LOOK_EVERY == 0:
                before = self._defaults.fault
                names = self._defaults.look()
                fault = self._defaults.fault
                if fault is not None and (before is None or before.text != fault.text):
                    faults = (fault,)
            self._looks += 1
            changes = self._own.look()
        return names | changes.names, faults + changes.faults

    def _follow(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._ending.wait(_LOOK_EVERY_S):
            try:
                names, faults = self._look()
            except Exception:
                logger.exception("looking for announcements failed")
                continue
            if names or faults:
                try:
                    loop.call_soon_threadsafe(self._tell, names, faults)
                except RuntimeError:
                    return  # the loop has ended

    # On the loop

    def _tell(self, names: frozenset[str], faults: Iterable[EnvironmentFault]) -> None:
        for fault in faults:
            logger.warning("%s", fault)
            # one code: a notice has no details that a translation of each could name
            self._events.publish(
                Notice(severity=Severity.WARNING, code="announcement.trouble", text=fault.text)
            )
        if names:
            logger.info("announcements changed: %s", ", ".join(sorted(names)))
            self._events.publish(AnnouncementsChanged(tuple(sorted(names))))


def _clip_of(path: Path) -> Clip:
    from app.media.clip import Clip

    return Clip(read_sound(path), path.name)
