"""The conference rooms: who gets in, which meetings go on, what window and command line may do with them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from app.errors import UserError
from app.events import ConferenceChanged, ConferenceView, EventBus, Notice, Severity
from app.services.conference_room import Admission, Announce, ConferenceRoom
from app.services.directory import DirectoryHolder
from app.services.guesses import Guesses

if TYPE_CHECKING:
    from app.calls.conversation import Clip, Conversation
    from app.services.conference_meeting import Meeting, Records, Speaks

logger = logging.getLogger(__name__)

_REST_S = 0.2  # changes of a room are told together
_MOST_WRONG = 15  # passwords of one room within a quarter of an hour: some mistype theirs
_OUTSIDE = "outside"  # counted as one caller: what a caller from there says of itself proves nothing


class Door(StrEnum):
    """Why a party does not get into a room, as the announcement that says so."""

    LOCKED = "conf-locked-room"
    FULL = "conf-full"


class RecordsRooms(Protocol):
    """The part of `recordings.Recordings` that is used."""

    def begin_room(self, room: str) -> Records:
        """Record a conference."""
        ...


class Conferences:
    """The meetings of this moment, by room."""

    def __init__(
        self,
        holder: DirectoryHolder,
        *,
        events: EventBus,
        announcements: Speaks,
        recordings: RecordsRooms,
        spawn: Callable[[Coroutine[Any, Any, None], str], object],
        clock: Callable[[], float],
    ) -> None:
        self._holder = holder
        self._events = events
        self._announcements = announcements
        self._recordings = recordings
        self._spawn = spawn
        self._clock = clock
        self._meetings: dict[str, Meeting] = {}
        self._opened: set[str] = set()  # empty rooms that were unlocked in the window
        self._dirty: dict[str, Meeting] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._guesses = Guesses(_MOST_WRONG, self._tell_of_guesses, clock)

    @property
    def is_idle(self) -> bool:
        """Whether nobody is in any room."""
        return not self._meetings

    def stop(self) -> None:
        """Tell nothing any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def room(self, number: str) -> ConferenceRoom | None:
        """The room of a number, if it may be entered at all."""
        room = self._holder.current.conferences.get(number)
        return room if room is not None and room.enabled else None

    def admission(self, room: ConferenceRoom, password: str, caller: str) -> Admission:
        """Weigh what an extension ("": a caller from outside) gave for a password.

        Who has guessed too often is told that every password is wrong; others are not kept out by that.
        """
        found = room.admission(password)
        if not password:
            return found
        key = f"{room.number} {caller or _OUTSIDE}"
        if self._guesses.is_locked(key):
            return room.admission("")
        if found is Admission.WRONG or (found is Admission.PARTY and not room.password):
            self._guesses.note_wrong(key)  # the latter may be meant for the moderator's password
        return found

    def refusal(self, room: ConferenceRoom, *, is_moderator: bool) -> Door | None:
        """Why nobody, or only a moderator, gets in now."""
        meeting = self._meetings.get(room.number)
        is_locked = meeting.is_locked if meeting is not None else self._is_closed(room)
        if is_locked and not is_moderator:
            return Door.LOCKED
        return Door.FULL if meeting is not None and meeting.is_full else None

    async def attend(
        self,
        room: ConferenceRoom,
        talk: Conversation,
        *,
        is_moderator: bool = False,
        name: Clip | None = None,
    ) -> None:
        """Bring a party into a room and keep it until it leaves; HungUp passes through."""
        meeting = self._meetings.get(room.number) or self._begin(room)
        try:
            await meeting.attend(talk, is_moderator=is_moderator, name=name)
        finally:
            if not meeting.parties and self._meetings.get(room.number) is meeting:
                del self._meetings[room.number]
                self._opened.discard(room.number)
                meeting.record(None)

    async def say(self, room: ConferenceRoom | None, talk: Conversation, *announcements: str) -> None:
        """Tell a party something at the door."""
        language = (room.language if room is not None else "") or talk.language
        await talk.play(*await self._announcements.clips(language, *announcements), until="")

    async def ask(self, room: ConferenceRoom, talk: Conversation, announcement: str) -> str:
        """Ask for digits at the door; "" = none came."""
        clips = await self._announcements.clips(room.language or talk.language, announcement)
        first = await talk.play(*clips)
        return await talk.keys(16, first=first)

    async def name_of(self, room: ConferenceRoom, talk: Conversation) -> Clip | None:
        """Let the party say its name; None where it says nothing, or the room does not want it."""
        if room.announce is not Announce.NAMES:
            return None
        from app.calls.conversation import Clip
        from app.services.conference_mix import joined

        await self.say(room, talk, "conf-say-name", "beep")
        frames: list[Any] = []
        await talk.listen(lambda tick, frame: frames.append(frame), most_s=4.0, silence_s=1.5)
        sound = joined(frames)
        return Clip(sound, "name") if len(sound) else None

    # what window and command line ask

    def views(self) -> list[ConferenceView]:
        """All meetings of this moment."""
        return [meeting.view() for meeting in self._meetings.values()]

    def meeting(self, number: str) -> Meeting:
        """The meeting in a room. UserError `conference.empty` where nobody is in it."""
        meeting = self._meetings.get(number)
        if meeting is None:
            raise UserError("conference.empty", f"Nobody is in room {number}.", room=number)
        return meeting

    def lock(self, number: str, is_locked: bool) -> None:
        """Lock or unlock a room, also an empty one. UserError where there is no such room."""
        meeting = self._meetings.get(number)
        if meeting is not None:
            meeting.lock(is_locked)
            return
        if self.room(number) is None:
            raise UserError("conference.unknown", f"There is no conference room {number}.", room=number)
        if is_locked:
            self._opened.discard(number)
        else:
            self._opened.add(number)

    def record(self, number: str, is_on: bool) -> None:
        """Begin or end the recording of a meeting; everybody in it is told. UserError."""
        meeting = self.meeting(number)
        if is_on is (meeting.recording is not None):
            text = f"Room {number} is recorded already." if is_on else f"Room {number} is not recorded."
            raise UserError("conference.recorded" if is_on else "conference.not_recorded", text, room=number)
        meeting.record(self._recordings.begin_room(number) if is_on else None)
        if is_on:
            self._spawn(self._tell_of_recording(meeting), f"notice of room {number}")

    async def _tell_of_recording(self, meeting: Meeting) -> None:
        language = meeting.room.language or self._holder.current.settings.prompt_language
        meeting.say_to_all(await self._announcements.clips(language, "conf-recorded"))

    def _begin(self, room: ConferenceRoom) -> Meeting:
        # The mixer needs numpy, which an exchange without conferences does not.
        from app.services.conference_meeting import Meeting

        meeting = self._meetings[room.number] = Meeting(
            room, self._announcements, changed=self._changed, spawn=self._spawn, clock=self._clock
        )
        meeting.is_locked = self._is_closed(room)
        if room.record:
            meeting.record(self._recordings.begin_room(room.number))
        return meeting

    def _tell_of_guesses(self, key: str, seconds: float) -> None:
        room, _, caller = key.partition(" ")
        who = "callers from outside" if caller == _OUTSIDE else f"extension {caller}"
        text = f"Room {room} opens for no password of {who} for {round(seconds / 60)} minutes: "
        text += f"{_MOST_WRONG} wrong ones were entered."
        logger.warning("%s", text)
        self._events.publish(Notice(severity=Severity.WARNING, code="conference.guessed", text=text))

    def _is_closed(self, room: ConferenceRoom) -> bool:
        return room.locked and room.number not in self._opened

    def _changed(self, meeting: Meeting) -> None:
        self._dirty[meeting.room.number] = meeting
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_REST_S, self._publish)

    def _publish(self) -> None:
        self._timer = None
        dirty, self._dirty = self._dirty, {}
        for meeting in dirty.values():
            self._events.publish(ConferenceChanged(meeting.view()))
