"""A conference in progress: who is in the room, who comes and goes, who may speak, how it is told."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from app.calls.conversation import Clip, Conversation
from app.errors import UserError
from app.events import ConferencePartyView, ConferenceView
from app.media.sources import Playlist
from app.services.conference_mix import ConferenceMix, Seat
from app.services.conference_room import Announce, ConferenceRoom

if TYPE_CHECKING:
    from app.calls.call import Call

logger = logging.getLogger(__name__)

_KEY_S = 3600.0  # how long a party is asked for its next key at once
_MENU_S = 5.0
_numbers = itertools.count(1)


class Speaks(Protocol):
    """The part of `announcements.Announcements` that is used."""

    async def clips(self, language: str, *parts: Any) -> tuple[Clip, ...]:
        """The sound of some announcements."""
        ...


class Records(Protocol):
    """A recording of a room: `recordings.RoomRecording`."""

    sink: Callable[[int, Any], None]

    def stop(self) -> None:
        """End it."""
        ...


@dataclass(slots=True, eq=False)
class Party:
    """Somebody in the room."""

    talk: Conversation
    seat: Seat
    language: str
    joined_at: float
    is_moderator: bool
    name: Clip | None = None  # as the party said it
    id: int = field(default_factory=lambda: next(_numbers))
    farewell: asyncio.Future[str] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )  # the announcement it is sent away with
    is_told: bool = False  # something is said to it alone
    plays: str = ""  # what it hears else: music | room

    @property
    def call(self) -> Call:
        """The call it is in by."""
        return self.talk.call

    def view(self) -> ConferencePartyView:
        """Show it as the window does."""
        call = self.call
        return ConferencePartyView(
            id=self.id,
            number=call.shown_number,
            name=call.shown_name,
            joined_at=self.joined_at,
            call_id=call.id,
            is_moderator=self.is_moderator,
            is_muted=self.seat.is_muted,
            is_talking=self.seat.is_talking,
        )


class Meeting:
    """What happens in one room from the first party to the last. `changed(meeting)`: something is new."""

    def __init__(
        self,
        room: ConferenceRoom,
        announcements: Speaks,
        *,
        changed: Callable[[Meeting], None],
        spawn: Callable[[Coroutine[Any, Any, None], str], object],
        clock: Callable[[], float],
    ) -> None:
        self.room = room
        self.is_locked = room.locked
        self.since = clock()
        self.parties: dict[int, Party] = {}
        self.recording: Records | None = None
        self._announcements = announcements
        self._changed = changed
        self._spawn = spawn
        self._clock = clock
        self._mix = ConferenceMix(lambda: changed(self))

    @property
    def is_full(self) -> bool:
        """Whether nobody else gets in."""
        return bool(self.room.max_parties) and len(self.parties) >= self.room.max_parties

    def view(self) -> ConferenceView:
        """Show it as the window does."""
        return ConferenceView(
            number=self.room.number,
            since=self.since,
            is_locked=self.is_locked,
            is_recorded=self.recording is not None,
            parties=tuple(party.view() for party in self.parties.values()),
        )

    async def attend(
        self, talk: Conversation, *, is_moderator: bool = False, name: Clip | None = None
    ) -> None:
        """Bring a party in and keep it until it leaves or is sent away; HungUp passes through."""
        party = Party(
            talk=talk,
            seat=self._mix.add(),
            language=self.room.language or talk.language,
            joined_at=self._clock(),
            is_moderator=is_moderator,
            name=name,
        )
        leave = talk.port.add_sink(party.seat.hear)
        self.parties[party.id] = party
        if is_moderator and self.room.locked and not self._had_moderator(party):
            self.is_locked = False
        self._changed(self)
        logger.info("conference %s: %s comes", self.room.number, talk.call.shown_number)
        try:
            if len(self.parties) == 1:
                await self._say(party, "conf-alone")
            elif self.room.announce is not Announce.NONE:
                await self._tell(party, "conf-in", "conf-has-joined")
            self._give_sound()
            await self._stay(party)
        finally:
            leave()
            del self.parties[party.id]
            self._mix.remove(party.seat)
            logger.info("conference %s: %s leaves", self.room.number, talk.call.shown_number)
            self._changed(self)
            self._give_sound()
            if self.parties and self.room.announce is not Announce.NONE:
                told = self._tell(party, "conf-out", "conf-has-left")
                self._spawn(told, f"leaving of conference party {party.id}")

    # what window, command line and moderators ask

    def mute(self, party_id: int, is_muted: bool) -> None:
        """Take a party's voice away, or give it back. UserError where there is no such party."""
        self._party(party_id).seat.mute(is_muted)
        self._changed(self)

    def send_away(self, party_id: int) -> None:
        """Remove a party, and tell it so. UserError where there is no such party."""
        self._dismiss(self._party(party_id), "conf-removed")

    def lock(self, is_locked: bool) -> None:
        """Let nobody else in, or let them."""
        self.is_locked = is_locked
        self._changed(self)

    def end(self) -> None:
        """Send everybody home."""
        for party in list(self.parties.values()):
            self._dismiss(party, "conf-ended")

    def record(self, recording: Records | None) -> None:
        """Let a recording hear the room; None ends the one that runs."""
        if self.recording is not None:
            self.recording.stop()
        self.recording = recording
        self._mix.record = recording.sink if recording is not None else None
        self._changed(self)

    def say_to_all(self, clips: tuple[Clip, ...]) -> None:
        """Let everybody hear this."""
        self._mix.chime(Playlist(clips))

    # a party's stay

    async def _stay(self, party: Party) -> None:
        """Take the party's keys until it is sent away."""
        loop = asyncio.get_running_loop()
        while not party.farewell.done():
            key = loop.create_task(party.talk.key(_KEY_S), name=f"keys of conference party {party.id}")
            try:
                await asyncio.wait({key, party.farewell}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                if not key.done():
                    key.cancel()
                    await asyncio.wait({key})
            if not key.cancelled() and key.result() == "*":
                await self._menu(party)
        await self._say(party, party.farewell.result())
        party.talk.hang_up()

    async def _menu(self, party: Party) -> None:
        party.is_told, party.plays = True, ""
        menu = "conf-menu-moderator" if party.is_moderator else "conf-menu"
        clips = await self._announcements.clips(party.language, menu)
        key = await party.talk.play(*clips) or await party.talk.key(_MENU_S)
        match key:
            case "1":
                self.mute(party.id, not party.seat.is_muted)
                await self._say(party, "conf-muted" if party.seat.is_muted else "conf-unmuted")
            case "2" if party.is_moderator:
                self.lock(not self.is_locked)
                await self._say(party, "conf-locked" if self.is_locked else "conf-unlocked")
            case "3" if party.is_moderator:
                others = [each for each in self.parties.values() if each is not party]
                if others:
                    self._dismiss(others[-1], "conf-removed")
        party.is_told = False
        self._give_sound()

    def _dismiss(self, party: Party, farewell: str) -> None:
        if not party.farewell.done():
            party.farewell.set_result(farewell)

    def _party(self, party_id: int) -> Party:
        party = self.parties.get(party_id)
        if party is None:
            text = f"Party {party_id} is not in room {self.room.number} any more."
            raise UserError("conference.gone", text, id=party_id, room=self.room.number)
        return party

    def _had_moderator(self, newcomer: Party) -> bool:
        return any(each.is_moderator for each in self.parties.values() if each is not newcomer)

    # what is heard

    def _give_sound(self) -> None:
        """Music for who is alone, the room for others; what is said to one alone is not cut short."""
        wanted = "music" if len(self.parties) == 1 and self.room.music_alone else "room"
        for party in self.parties.values():
            if party.is_told or party.plays == wanted or party.farewell.done():
                continue
            party.plays = wanted
            music = None
            if wanted == "music":
                music = party.call.surroundings.sounds.hold_music(party.call)
            party.talk.play_on(music or party.seat)

    async def _say(self, party: Party, announcement: str) -> None:
        """Tell one party."""
        party.is_told, party.plays = True, ""
        await party.talk.play(*await self._announcements.clips(party.language, announcement), until="")
        party.is_told = False

    async def _tell(self, party: Party, tone: str, sentence: str) -> None:
        """Tell the room who comes or goes, as the room is set."""
        match self.room.announce:
            case Announce.NAMES if party.name is not None:
                language = self.room.language or party.language
                self.say_to_all((party.name, *await self._announcements.clips(language, sentence)))
            case Announce.NAMES | Announce.TONES:
                self.say_to_all(await self._announcements.clips(party.language, tone))
