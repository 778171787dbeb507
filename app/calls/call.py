"""One call: the caller's leg, what happens to it now, its state, and letting go of all it holds."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from app.calls.bridge import Bridge
from app.calls.causes import HUNG_UP, Cause, Outcome, Why, outcome_of
from app.calls.events import Ended, LegEvent, Offered
from app.calls.leg import Leg
from app.calls.media import MediaPath, MediaPaths, Relay
from app.calls.originate import Destination, Origination, RingResult
from app.calls.outbound import ALL_SOUND
from app.events import CallState, CallView

if TYPE_CHECKING:
    from app.calls.diversion import Diversion
    from app.calls.legs import Legs
    from app.sdp.description import SessionDescription
    from app.sip.flow import Flow

logger = logging.getLogger(__name__)


class CallInput(StrEnum):
    """What moves a call from state to state."""

    RINGING = "Ringing"
    ANSWERED = "Answered"
    HELD = "Held"
    RESUMED = "Resumed"
    ENDED = "Ended"


# Where no row stands, the input changes nothing.
TABLE: dict[tuple[CallState, CallInput], CallState] = {
    (CallState.TRYING, CallInput.RINGING): CallState.RINGING,
    (CallState.TRYING, CallInput.ANSWERED): CallState.TALKING,
    (CallState.TRYING, CallInput.ENDED): CallState.ENDED,
    (CallState.RINGING, CallInput.ANSWERED): CallState.TALKING,
    (CallState.RINGING, CallInput.ENDED): CallState.ENDED,
    (CallState.TALKING, CallInput.HELD): CallState.HELD,
    (CallState.TALKING, CallInput.ENDED): CallState.ENDED,
    (CallState.HELD, CallInput.RESUMED): CallState.TALKING,
    (CallState.HELD, CallInput.ENDED): CallState.ENDED,
}


class Stage(Protocol):
    """Who takes the events of the legs at the moment: an origination, later a bridge."""

    def on_event(self, leg: Leg, event: LegEvent) -> None:
        """Take one event."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What all calls share."""

    legs: Legs
    relay: Relay
    announce: Callable[[Call], None]  # after every change of state
    clock: Callable[[], float]  # Unix seconds


class Call:
    """A call, from its INVITE to its record.

    Lives in one task, which runs the features' actions; everything between is synchronous. `media_mode` is
    the setting `local_media`. Times are Unix seconds.
    """

    __slots__ = (
        "_end_cause",
        "_finished",
        "_paths",
        "answered_at",
        "at_end",
        "bridge",
        "called",
        "caller",
        "caller_behind_nat",
        "caller_extension",
        "caller_flow",
        "caller_name",
        "caller_number",
        "caller_sound",
        "codec",
        "connected",
        "connected_extension",
        "counters",
        "diversions",
        "ended_at",
        "forwards_left",
        "headers",
        "id",
        "media",
        "media_mode",
        "offer",
        "outcome",
        "ringing",
        "shown_name",
        "shown_number",
        "sip_call_ids",
        "stage",
        "started_at",
        "state",
        "status",
        "surroundings",
        "task",
        "ways",
    )

    def __init__(
        self,
        number: int,
        surroundings: Surroundings,
        *,
        caller_number: str,
        caller_name: str,
        called: str,
        media_mode: str,
        caller_behind_nat: bool,
        forwards_left: int = 70,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self.id = number
        self.surroundings = surroundings
        self.caller: Leg  # given by `begin`, like its flow
        self.caller_flow: Flow
        self.caller_number = caller_number
        self.caller_extension = caller_number  # "" for a call from outside
        self.caller_name = caller_name
        self.shown_number = caller_number  # what our phones see; the dial plan may make another of it
        self.shown_name = caller_name
        self.called = called
        self.connected = ""
        self.connected_extension = ""  # "" where the answer came from outside
        self.ways: list[str] = []  # lines and trunks it came and went by: "line NAME"
        self.diversions: list[Diversion] = []  # who sent it on, hop by hop
        self.at_end: list[Callable[[], None]] = []  # what was taken for it on its way, and is given back
        self.ringing: frozenset[str] = frozenset()  # numbers whose phones ring
        self.caller_sound = ALL_SOUND  # what may be spoken of with the caller
        self.media_mode = media_mode
        self.caller_behind_nat = caller_behind_nat
        self.forwards_left = (
            forwards_left  # RFC 3261 8.1.1.6: what the calls we make on its behalf start with
        )
        self.headers = headers  # of the caller's INVITE, those that every called phone is given
        self.offer: SessionDescription | None = None
        self.state = CallState.TRYING
        self.started_at = surroundings.clock()
        self.answered_at: float | None = None
        self.ended_at: float | None = None
        self.outcome: Outcome | None = None
        self.status = 0
        self.media = "none"
        self.codec = ""
        self.counters: Any = None
        self.sip_call_ids: list[str] = []
        self.stage: Stage | None = None
        self.bridge: Bridge | None = None
        self.task: asyncio.Task[None] | None = None
        self._paths: MediaPaths | None = None
        self._finished: asyncio.Future[None] | None = None
        self._end_cause: Cause | None = None

    def __repr__(self) -> str:
        return f"call {self.id}"

    def begin(self, caller: Leg, flow: Flow, offer: SessionDescription | None) -> None:
        """Take over the caller's leg, which came over `flow`."""
        self.caller = caller
        self.caller_flow = flow
        self.offer = offer
        caller.listener = self.on_event
        self.sip_call_ids.append(caller.session.call_id)

    # What features do with it

    async def ring(self, destinations: Sequence[Destination], no_answer_s: float) -> RingResult:
        """Ring these devices until one answers, all refuse, the time is over or the caller gives up."""
        return await Origination(self, destinations, no_answer_s).run()

    async def until_end(self) -> None:
        """Wait until one of the two who talk hangs up."""
        if self.bridge is None or self.caller.has_ended or self.bridge.callee.has_ended:
            return
        self._finished = asyncio.get_running_loop().create_future()
        try:
            await self._finished
        finally:
            self._finished = None

    def refuse(self, status: int, reason: str = "", outcome: Outcome | None = None) -> None:
        """Tell the caller no."""
        if not self.caller.has_ended and not self.caller.is_accepted:
            self.status = status
            self.outcome = outcome or outcome_of(status)
            self.caller.refuse(status, reason or None)

    def end(self, cause: Cause = HUNG_UP) -> None:
        """Hang up every leg; the call's task does the rest."""
        self._end_cause = self._end_cause or cause
        self.caller.hang_up(cause)
        if self.bridge is not None:
            self.bridge.callee.hang_up(cause)

    # What origination and bridge tell

    @property
    def paths(self) -> MediaPaths:
        """The media paths of this call."""
        if self._paths is None:
            self._paths = MediaPaths(self.surroundings.relay, str(self.id))
        return self._paths

    async def close_paths(self, keep: MediaPath | None = None) -> None:
        """Give back the ports of every path but one."""
        if self._paths is not None:
            self.counters = await self._paths.close(keep) or self.counters

    async def sound_so_far(self) -> Any:
        """What the relay has counted of caller and callee who talk; None where it carries nothing."""
        return await self.bridge.path.counters() if self.bridge is not None else None

    def note_ringing(self) -> None:
        """A phone rings."""
        self.move(CallInput.RINGING)

    def note_answered(self, bridge: Bridge, number: str, *, is_inside: bool = True) -> None:
        """A phone took the call: the bridge has it from here."""
        self.connected = number
        self.connected_extension = number if is_inside else ""
        self.answered_at = self.surroundings.clock()
        self.outcome = Outcome.ANSWERED
        self.status = 200
        self.ringing = frozenset()
        self.bridge = bridge
        self.stage = bridge
        self.media = bridge.path.kind
        bridge.join()
        self.move(CallInput.ANSWERED)
        self.note_media()

    def note_media(self) -> None:
        """An offer was answered: held, resumed, or another codec."""
        bridge = self.bridge
        if bridge is None:
            return
        self.codec = bridge.codec or self.codec
        self.move(CallInput.HELD if bridge.held else CallInput.RESUMED)

    def move(self, signal: CallInput) -> bool:
        """Follow the table; False where it has no row."""
        after = TABLE.get((self.state, signal))
        if after is None:
            return False
        logger.debug("call %d: %s -> %s (%s)", self.id, self.state.name, after.name, signal)
        self.state = after
        self.surroundings.announce(self)
        return True

    def on_event(self, leg: Leg, event: LegEvent) -> None:
        """Take an event of any leg and hand it to the stage."""
        stage = self.stage
        if stage is not None:
            stage.on_event(leg, event)
        elif type(event) is Offered:
            leg.refuse_offer(491)
        if type(event) is Ended:
            if leg is self.caller and self.outcome is None:
                gave_up = event.cause.why in (Why.CANCELLED, Why.REMOTE)
                self.outcome = Outcome.CANCELLED if gave_up else Outcome.FAILED
                self.status = event.cause.status
            if self._finished is not None and not self._finished.done():
                self._finished.set_result(None)

    # Its end

    async def release(self) -> None:
        """Let go of legs and ports, and enter the last state. Called once, by the call's task."""
        self.end(self._end_cause or HUNG_UP)
        if self.outcome is None:
            self.outcome = Outcome.FAILED
        for give_back in self.at_end:
            give_back()
        await self.close_paths()
        self.ended_at = self.surroundings.clock()
        self.ringing = frozenset()
        self.stage = None
        self.move(CallInput.ENDED)

    def view(self) -> CallView:
        """Show it as the window does."""
        return CallView(
            id=self.id,
            state=self.state,
            caller=self.caller_number,
            caller_name=self.caller_name,
            called=self.called,
            connected=self.connected,
            started_at=self.started_at,
            answered_at=self.answered_at,
            ended_at=self.ended_at,
            outcome=self.outcome.value if self.outcome is not None and self.ended_at is not None else "",
            status=self.status if self.ended_at is not None else 0,
            media=self.media,
            codec=self.codec,
        )
