"""Records calls: whose, from when, told to whom; pauses and ends; and what happens when the disk fails."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import time
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from app.db.tables.recording import RecordingRow, RecordingState
from app.errors import EnvironmentFault, UserError
from app.events import CallState, EventBus, Notice, Severity
from app.services.actions import Action, CallGroup, DialOut, OutKind, RingExtension
from app.services.directory import DirectoryHolder
from app.services.recorder import Recorder
from app.services.recording_disk import RecordingDisk, SoundFormat, Tape, WritesSound
from app.services.recording_policy import (
    RecordingMode,
    RecordingNotice,
    RecordingWish,
    for_emergency,
    together,
)

if TYPE_CHECKING:
    from app.calls.call import Call
    from app.calls.leg import Leg

logger = logging.getLogger(__name__)

_CODE = ("*", "1")  # dialled during a call: begin, and end
_CODE_S = 3.0  # between its keys
_NOTICE_PATIENCE_S = 20.0
_MIB = 1024 * 1024


class Queue(Protocol):
    """The part of `db.write_behind.WriteBehind` that is used."""

    def add(self, row: RecordingRow) -> None:
        """Queue a row."""
        ...


@dataclass(frozen=True, slots=True)
class RecordingOutlet:
    """Where recordings go: the thread that writes them, the folder where none is set, the queue of rows."""

    disk: RecordingDisk
    folder: Path
    queue: Queue


class Speaks(Protocol):
    """The part of `announcements.Announcements` that is used."""

    async def clips(self, language: str, *parts: Any) -> tuple[Any, ...]:
        """The sound of some announcements."""
        ...


@dataclass(slots=True)
class _Running:
    """A recording in progress."""

    row: RecordingRow
    recorder: Recorder
    tape: Tape
    call: Call | None = None
    ports: tuple[Any, Any] | None = None
    leave: list[Callable[[], None]] = field(default_factory=list)  # take the sinks off the ports

    def attach(self, ports: tuple[Any, Any]) -> None:
        """Hear these ports, and no others."""
        if self.ports == ports:
            return
        self.detach()
        self.ports = ports
        self.leave = [port.add_sink(self.recorder.sink(side)) for side, port in enumerate(ports)]

    def detach(self) -> None:
        """Hear no port."""
        for leave in self.leave:
            leave()
        self.leave = []
        self.ports = None


@dataclass(slots=True)
class _Known:
    """What is remembered of a call between its admission and its end."""

    is_emergency: bool = False
    is_decided: bool = False  # whether it is recorded by itself has been settled
    is_beginning: bool = False  # somebody is being told
    told: set[asyncio.Future[None]] = field(default_factory=set)  # done when what is said is over
    last_leg: Leg | None = None
    last_key: str = ""
    last_at: float = 0.0


class Recordings:
    """All recordings of this moment. Follows every call by `prepare` and `follow`.

    A fault of the disk ends a recording, never a call; the administrator is told once until a recording
    succeeds again.
    """

    def __init__(
        self,
        holder: DirectoryHolder,
        outlet: RecordingOutlet,
        *,
        events: EventBus,
        announcements: Speaks,
        spawn: Callable[[Coroutine[Any, Any, None], str], object],
        clock: Callable[[], float],
    ) -> None:
        self._holder = holder
        self._disk = outlet.disk
        self._folder = outlet.folder
        self._queue = outlet.queue
        self._events = events
        self._announcements = announcements
        self._spawn = spawn
        self._clock = clock
        self._loop = asyncio.get_running_loop()
        self._known: dict[int, _Known] = {}
        self._running: dict[int, _Running] = {}
        self._names: set[Path] = set()
        self._told: set[str] = set()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is recorded, and nothing remembered of any call."""
        return not self._running and not self._known and not self._names

    # what the switchboard asks and the exchange tells

    def prepare(self, call: Call, action: Action) -> None:
        """Before a phone rings: see that the sound of a call comes to us that is, or could be, recorded."""
        if not isinstance(action, RingExtension | CallGroup | DialOut):
            return
        wishes = self._wishes_of_caller(call)
        if isinstance(action, RingExtension):
            wishes.append(self._extension(action.number))
        elif isinstance(action, CallGroup):
            group = self._holder.current.ring_groups.get(action.number)
            wishes += [self._extension(number) for number in (group.members if group is not None else ())]
        else:
            wishes += [self._line(each.name) for each in action.candidates if each.kind is OutKind.LINE]
            if action.is_emergency:
                self._known.setdefault(call.id, _Known()).is_emergency = True
        if self._weighed(call, wishes).mode is not RecordingMode.OFF:
            call.wants_sound = True

    def follow(self, call: Call) -> None:
        """A call changed its state."""
        if call.state is CallState.ENDED:
            self._end(call.id)
            known = self._known.pop(call.id, None)
            for told in known.told if known is not None else ():
                _settle(told)
            return
        if call.voices is None or call.bridge is None:
            return
        running = self._running.get(call.id)
        if running is not None:
            running.attach(call.voices)
            running.recorder.is_silent = call.state is CallState.HELD
            return
        known = self._known.setdefault(call.id, _Known())
        if known.is_decided:
            return
        known.is_decided = True
        wish = self._wish(call)
        if wish.mode is RecordingMode.ON_DEMAND:
            call.key_listener = partial(self._key, call)
        elif wish.mode is RecordingMode.ALWAYS:
            self._begin_told(call, "always")

    # what window, command line and telephone ask

    async def start(self, call: Call, started_by: str) -> None:
        """Record a call from now on; it is brought to us where it is not. UserError where that cannot be."""
        if call.id in self._running or self._is_beginning(call):
            raise UserError("recording.running", f"Call {call.id} is recorded already.", id=call.id)
        if call.bridge is None or call.state not in (CallState.TALKING, CallState.HELD):
            text = f"Nobody talks in call {call.id} yet. Begin the recording when it is answered."
            raise UserError("recording.not_answered", text, id=call.id)
        if call.voices is None and not await call.host():
            text = (
                f"Call {call.id} cannot be recorded: a telephone refused to send its sound through OpenMSS. "
            )
            text += "Calls of an extension that is set to be recorded go through OpenMSS from the start."
            raise UserError("recording.not_hosted", text, id=call.id)
        if call.voices is None or call.id in self._running:
            raise UserError("recording.not_answered", f"Call {call.id} ended just now.", id=call.id)
        known = self._known.setdefault(call.id, _Known())
        known.is_decided = True
        self._begin_told(call, started_by)

    def stop(self, call: Call) -> None:
        """End the recording of a call. UserError where none runs."""
        self._of(call)
        self._end(call.id)
        call.surroundings.announce(call)

    def pause(self, call: Call) -> None:
        """Leave out what is said from now on. UserError where none runs."""
        running = self._of(call)
        running.recorder.pause()
        self._show(call, "paused")

    def resume(self, call: Call) -> None:
        """Go on after a pause. UserError where none runs."""
        running = self._of(call)
        running.recorder.resume()
        self._show(call, "on")

    def begin_room(self, room: str) -> RoomRecording:
        """Record a conference: what the room hears goes to the recording's sink."""
        row = self._row(f"conference {room}", room=room)
        running = self._make(row, sides=1, name=f"conference_{room}")
        return RoomRecording(running.recorder, running.tape)

    def stop_all(self) -> None:
        """End every recording: the program stops, or the disk has no room."""
        for call_id, running in list(self._running.items()):
            self._end(call_id)
            if running.call is not None:
                running.call.surroundings.announce(running.call)

    # beginning

    def _begin_told(self, call: Call, started_by: str) -> None:
        """Begin once those who are to know have been told; at once where that is nobody."""
        told = self._who_is_told(call)
        if not told:
            self._begin(call, started_by)
            return
        self._known[call.id].is_beginning = True
        self._spawn(self._tell_and_begin(call, told, started_by), f"notice of call {call.id}")

    async def _tell_and_begin(self, call: Call, told: list[Any], started_by: str) -> None:
        try:
            await self._say(call, told, "rec-notice")
        finally:
            known = self._known.get(call.id)
            if known is not None:
                known.is_beginning = False
        is_there = call.state in (CallState.TALKING, CallState.HELD) and call.voices is not None
        if is_there and call.id not in self._running:
            self._begin(call, started_by)

    async def _say(self, call: Call, ports: Iterable[Any], announcement: str) -> None:
        """Play an announcement in place of the other side, and wait for its end, or that of the call."""
        from app.media.sources import Playlist

        clips = await self._announcements.clips(call.language, announcement)
        known = self._known.get(call.id)
        if known is None or call.voices is None:  # hung up in the meantime
            return
        ends: list[asyncio.Future[None]] = []
        for port in ports:
            end: asyncio.Future[None] = self._loop.create_future()
            port.play(Playlist(clips), partial(_settle, end))
            ends.append(end)
        known.told.update(ends)
        if ends:  # a port that plays music since does not tell
            await asyncio.wait(ends, timeout=_NOTICE_PATIENCE_S)
        known.told.difference_update(ends)

    def _who_is_told(self, call: Call) -> list[Any]:
        assert call.voices is not None
        outside = (not call.caller_extension, not call.connected_extension)
        match self._wish(call).notice:
            case RecordingNotice.BOTH:
                return list(call.voices)
            case RecordingNotice.OUTSIDE:
                return [port for port, is_outside in zip(call.voices, outside, strict=True) if is_outside]
        return []

    def _begin(self, call: Call, started_by: str) -> None:
        row = self._row(started_by, call)
        running = self._make(row, sides=2, name=f"{call.caller_number}_{call.connected or call.called}")
        running.call = call
        assert call.voices is not None
        running.attach(call.voices)
        running.recorder.is_silent = call.state is CallState.HELD
        self._running[call.id] = running
        self._show(call, "on")
        logger.info("call %d is recorded (%s): %s", call.id, started_by, running.row.file)

    def _row(self, started_by: str, parties: Call | None = None, room: str = "") -> RecordingRow:
        row = RecordingRow(file="", started_at=self._clock(), started_by=started_by, room=room)
        if parties is None:
            return row
        return dataclasses.replace(
            row,
            caller=parties.caller_number,
            caller_name=parties.caller_name,
            called=parties.called,
            connected=parties.connected,
            sip_call_id=parties.sip_call_ids[0] if parties.sip_call_ids else "",
        )

    def _make(self, row: RecordingRow, *, sides: int, name: str) -> _Running:
        settings = self._holder.current.settings
        sound_format = SoundFormat(settings.recording_format)
        channels = 2 if sides == 2 and settings.recording_channels == "stereo" else 1
        folder = Path(settings.recording_folder) if settings.recording_folder else self._folder
        target = self._new_name(folder, row.started_at, name, sound_format.value)
        row = dataclasses.replace(row, file=str(target))
        self._names.add(target)
        self._queue.add(row)
        tape = Tape(
            self._disk,
            target,
            sound_format,
            channels,
            partial(self._ended, row),
            least_free=settings.recording_free_megabytes * _MIB,
        )
        return _Running(row, Recorder(sides, tape.add), tape)

    def _new_name(self, folder: Path, started_at: float, name: str, suffix: str) -> Path:
        local = time.localtime(started_at)
        day, moment = time.strftime("%Y-%m-%d", local), time.strftime("%Y%m%d-%H%M%S", local)
        parties = "".join(char for char in name if char.isascii() and (char.isalnum() or char in "+_-"))[:80]
        stem = f"{moment}_{parties}"
        number = 1
        while (
            target := folder / day / f"{stem}{f'_{number}' if number > 1 else ''}.{suffix}"
        ) in self._names:
            number += 1
        return target

    # ending

    def _end(self, call_id: int) -> None:
        running = self._running.pop(call_id, None)
        if running is None:
            return
        running.detach()
        running.recorder.stop()
        running.tape.finish()
        if running.call is not None:
            running.call.recording = ""

    def _ended(self, row: RecordingRow, seconds: float, size: int, fault: EnvironmentFault | None) -> None:
        """A file is complete, or as complete as the disk let it be."""
        self._names.discard(Path(row.file))
        if fault is None:
            state = RecordingState.COMPLETE
            self._told.clear()
        else:
            state = RecordingState.CUT if size else RecordingState.LOST
            self._tell_administrator(fault)
        self._queue.add(dataclasses.replace(row, seconds=seconds, bytes=size, state=state.value))
        for call_id, running in list(self._running.items()):
            if running.row.file == row.file:  # the disk ended it
                self._end(call_id)
                if running.call is not None:
                    running.call.surroundings.announce(running.call)

    def _tell_administrator(self, fault: EnvironmentFault) -> None:
        logger.error("%s", fault.text)
        if fault.code not in self._told:
            self._told.add(fault.code)
            text = f"{fault.text} Calls go on without being recorded."
            self._events.publish(Notice(severity=Severity.ERROR, code="recording.failed", text=text))

    def _show(self, call: Call, state: str) -> None:
        call.recording = state
        call.surroundings.announce(call)

    def _of(self, call: Call) -> _Running:
        running = self._running.get(call.id)
        if running is None:
            raise UserError("recording.not_running", f"Call {call.id} is not recorded.", id=call.id)
        return running

    def _is_beginning(self, call: Call) -> bool:
        known = self._known.get(call.id)
        return known is not None and known.is_beginning

    # the code *1

    def _key(self, call: Call, leg: Leg, key: str) -> None:
        """A key was pressed in a call that may be recorded on demand."""
        number = call.caller_extension if leg is call.caller else call.connected_extension
        known = self._known.get(call.id)
        if known is None or not number:
            return  # nobody outside decides over it
        now = self._loop.time()
        is_code = known.last_leg is leg and (known.last_key, key) == _CODE and now - known.last_at <= _CODE_S
        known.last_leg, known.last_key, known.last_at = leg, key, now
        if not is_code:
            return
        port = call.voices[0 if leg is call.caller else 1] if call.voices is not None else None
        if call.id in self._running:
            self.stop(call)
            said = "rec-off"
        elif known.is_beginning or port is None:
            return
        else:
            self._begin_told(call, f"extension {number}")
            said = "" if self._is_beginning(call) and port in self._who_is_told(call) else "rec-on"
        if said:
            self._spawn(self._say(call, (port,), said), f"word on the recording of call {call.id}")

    # whose wish counts

    def _wish(self, call: Call) -> RecordingWish:
        """What holds for a call whose parties are known."""
        wishes = self._wishes_of_caller(call)
        if call.connected_extension:
            wishes.append(self._extension(call.connected_extension))
        wishes += [self._line(way.removeprefix("line ")) for way in call.ways[-1:] if way.startswith("line ")]
        return self._weighed(call, wishes)

    def _weighed(self, call: Call, wishes: list[RecordingWish]) -> RecordingWish:
        wish = together(wishes)
        known = self._known.get(call.id)
        return for_emergency(wish) if known is not None and known.is_emergency else wish

    def _wishes_of_caller(self, call: Call) -> list[RecordingWish]:
        """The caller's own, or that of the line it came by."""
        if call.caller_extension:
            return [self._extension(call.caller_extension)]
        return [self._line(way.removeprefix("line ")) for way in call.ways[:1] if way.startswith("line ")]

    def _extension(self, number: str) -> RecordingWish:
        found = self._holder.current.extension(number)
        return found.recording if found is not None else RecordingWish()

    def _line(self, name: str) -> RecordingWish:
        found = self._holder.current.lines.get(name)
        return found.recording if found is not None else RecordingWish()


class RoomRecording:
    """The recording of a conference."""

    def __init__(self, recorder: Recorder, tape: Tape) -> None:
        self._recorder = recorder
        self._tape = tape
        self.sink = recorder.sink(0)

    def stop(self) -> None:
        """End it; again: without effect."""
        self._recorder.stop()
        self._tape.finish()


def _settle(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


class _NoQueue:
    def add(self, row: RecordingRow) -> None:
        """Nothing is kept."""


def nowhere() -> RecordingOutlet:
    """An outlet that has no disk behind it: each recording fails, as on a full one."""

    def refuse(target: Path, sound_format: SoundFormat, channels: int) -> WritesSound:
        raise EnvironmentFault("recording.disk", f"There is no place for the recording {target.name}.")

    return RecordingOutlet(RecordingDisk(refuse), Path("recordings"), _NoQueue())
