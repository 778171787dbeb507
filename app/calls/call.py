"""One call: the caller's leg, what happens to it now, its state, and letting go of all it holds."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from app.calls.bridge import Bridge
from app.calls.call_state import TABLE, CallInput
from app.calls.call_voice import CallVoice
from app.calls.causes import HUNG_UP, Cause, Outcome, Why, outcome_of
from app.calls.events import Ended, LegEvent, Offered
from app.calls.hosted import HostedBridge
from app.calls.invites import Destination
from app.calls.leg import Leg
from app.calls.media import MediaPath, MediaPaths
from app.calls.originate import Origination, RingResult
from app.calls.outbound import ALL_SOUND
from app.calls.surroundings import Stage, Surroundings
from app.calls.voice import VoicePath, VoicePort
from app.calls.voice_codecs import DEFAULT_ORDER, in_common
from app.calls.voice_leg import VoiceLeg
from app.events import CallState, CallView

if TYPE_CHECKING:
    from app.calls.conversation import Conversation
    from app.calls.diversion import Diversion
    from app.sdp.description import SessionDescription
    from app.sip.flow import Flow

__all__ = ["AnyBridge", "Call", "Surroundings"]

logger = logging.getLogger(__name__)


AnyBridge = Bridge | HostedBridge


class Call:
    """A call, from its INVITE to its record.

    Lives in one task, which runs the features' actions; everything between is synchronous. `media_mode` is
    the setting `local_media`. Times are Unix seconds.
    """

    __slots__ = (
        "_end_cause",
        "_news",
        "_paths",
        "_sound",
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
        "codecs",
        "connected",
        "connected_extension",
        "counters",
        "diversions",
        "ended_at",
        "forwards_left",
        "headers",
        "id",
        "key_listener",
        "language",
        "media",
        "media_mode",
        "offer",
        "outcome",
        "recording",
        "ringing",
        "rung",
        "shown_name",
        "shown_number",
        "sip_call_ids",
        "stage",
        "started_at",
        "state",
        "status",
        "surroundings",
        "task",
        "wants_sound",
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
        self.rung: frozenset[str] = frozenset()  # numbers whose phones were ever called
        self.caller_sound = ALL_SOUND  # what may be spoken of with the caller
        self.media_mode = media_mode
        self.caller_behind_nat = caller_behind_nat
        self.forwards_left = (
            forwards_left  # RFC 3261 8.1.1.6: what the calls we make on its behalf start with
        )
        self.headers = headers  # of the caller's INVITE, those that every called phone is given
        self.offer: SessionDescription | None = None
        self.codecs: tuple[str, ...] = DEFAULT_ORDER  # of the legs that talk with us, best first
        self.language = ""  # of prompts
        self.wants_sound = False  # somebody here has to hear it: both legs talk with us from the start
        self.key_listener: Callable[[Leg, str], None] | None = None  # keys of either side of a hosted call
        self.state = CallState.TRYING
        self.started_at = surroundings.clock()
        self.answered_at: float | None = None
        self.ended_at: float | None = None
        self.outcome: Outcome | None = None
        self.status = 0
        self.media = "none"
        self.recording = ""  # "" | on | paused
        self.codec = ""
        self.counters: Any = None
        self.sip_call_ids: list[str] = []
        self.stage: Stage | None = None
        self.bridge: AnyBridge | None = None
        self.task: asyncio.Task[None] | None = None
        self._paths: MediaPaths | None = None
        self._news = asyncio.Event()
        self._sound = CallVoice(self, self._news.set)
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

    def adopt(self, voice: VoiceLeg, flow: Flow) -> None:
        """Take over a phone that we have called, and that talks with us, as the call's caller."""
        self.begin(voice.leg, flow, None)
        self._sound.take(voice, voice.leg)

    # What features do with it

    async def converse(self, *, early: bool = False) -> Conversation:
        """Talk with the caller: accept the call or, if `early`, let it hear us before (183); or go on.

        Raises HungUp where the caller is gone, or speaks no codec of ours (its call is refused with 488);
        PortsExhausted.
        """
        return await self._sound.converse(early=early)

    def could_converse(self) -> bool:
        """Whether `converse` could take the caller's offer: there is one, with a codec of ours."""
        return bool(self.codecs_in_common())

    async def ring(self, destinations: Sequence[Destination], no_answer_s: float) -> RingResult:
        """Ring these devices until one answers, all refuse, the time is over or the caller gives up."""
        return await Origination(self, destinations, no_answer_s).run()

    async def until_end(self) -> None:
        """Wait until one of the two who talk hangs up."""
        while not (self.bridge is None or self.caller.has_ended or self.bridge.callee.has_ended):
            if self._sound.has_work:
                await self._sound.play_music()
                continue
            self._news.clear()
            await self._news.wait()

    async def host(self) -> bool:
        """Bring two who talk directly or by relay onto voice ports, and keep them there.

        False where a phone does not follow: all is as it was then. PortsExhausted, EnvironmentFault.
        """
        return await self._sound.host()

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

    def take_hold(self, leg: Leg, sdp: bytes) -> bool:
        """A phone holds the other: True where the one who waits is to hear music of ours."""
        return self._sound.take_hold(leg, sdp)

    def note_bridge(self, bridge: AnyBridge) -> None:
        """The two who talk were brought onto voice ports, or away from them again."""
        self.bridge = self.stage = bridge
        self._sound.caller = bridge.legs[0] if isinstance(bridge, HostedBridge) else None
        self.media = bridge.path.kind
        if not self.move(CallInput.HELD if bridge.held else CallInput.RESUMED):
            self.surroundings.announce(self)

    @property
    def voice(self) -> VoiceLeg | None:
        """The caller's leg while it talks with us."""
        return self._sound.caller

    async def caller_voice(self) -> VoiceLeg:
        """The caller's leg as one that talks with us, made when first needed; HungUp, PortsExhausted."""
        return await self._sound.open()

    def ring_caller(self, status: int) -> None:
        """Tell the caller that a phone rings: by message, or by sound where we talk with it already."""
        self._sound.ring(status)

    def ring_no_more(self) -> None:
        """Nobody took the call."""
        self._sound.ring_no_more()

    @property
    def paths(self) -> MediaPaths:
        """The media paths of this call."""
        if self._paths is None:
            self._paths = MediaPaths(self.surroundings.relay, str(self.id))
        return self._paths

    async def close_paths(self, keep: MediaPath | VoicePath | None = None) -> None:
        """Give back the ports of every path but one."""
        if self._paths is not None:
            self.counters = await self._paths.close(keep) or self.counters

    async def sound_so_far(self) -> Any:
        """What the relay has counted of caller and callee who talk; None where it carries nothing."""
        return await self.bridge.path.counters() if self.bridge is not None else None

    def note_called(self, numbers: frozenset[str]) -> None:
        """The phones of these numbers are called now, and those of others no more."""
        self.ringing = numbers
        self.rung |= numbers
        if self.state is CallState.RINGING:
            self.surroundings.announce(self)

    def note_ringing(self) -> None:
        """A phone rings."""
        self.move(CallInput.RINGING)

    def note_accepted(self) -> None:
        """We took the call ourselves."""
        if self.answered_at is None:
            self.answered_at = self.surroundings.clock()
            self.outcome = Outcome.ANSWERED
            self.status = 200
            self.media = "voice"
            self.move(CallInput.ANSWERED)

    def note_answered(self, bridge: AnyBridge, number: str, *, is_inside: bool = True) -> None:
        """A phone took the call: the bridge has it from here."""
        self.connected = number
        self.connected_extension = number if is_inside else ""
        was_accepted = self.answered_at is not None
        if not was_accepted:
            self.answered_at = self.surroundings.clock()
        self.outcome = Outcome.ANSWERED
        self.status = 200
        self.ringing = frozenset()
        if isinstance(bridge, Bridge):
            self._sound.leave()
        else:
            self._sound.joined()
        self.bridge = bridge
        self.stage = bridge
        self.media = bridge.path.kind
        self.codec = bridge.codec or self.codec
        bridge.join()
        self.move(CallInput.ANSWERED)
        self.note_media()
        if was_accepted:
            self.surroundings.announce(self)

    def note_media(self) -> None:
        """An offer was answered: held, resumed, or another codec."""
        bridge, voice = self.bridge, self.voice
        if bridge is not None:
            codec, held = bridge.codec, bridge.held
        elif voice is not None:
            codec, held = voice.session.codec, voice.held
        else:
            return
        before, self.codec = self.codec, codec or self.codec
        has_moved = self.move(CallInput.HELD if held else CallInput.RESUMED)
        if not has_moved and self.codec != before and self.answered_at is not None:
            self.surroundings.announce(self)

    def note_connected(self, name: str) -> None:
        """The caller talks with something of ours: what the record and the window call it."""
        before, self.connected = self.connected, name
        if self.answered_at is not None and name != before:
            self.surroundings.announce(self)

    def note_key(self, leg: Leg, key: str) -> None:
        """A side of a hosted call pressed a key."""
        if self.key_listener is not None:
            self.key_listener(leg, key)

    def codecs_in_common(self) -> tuple[str, ...]:
        """The codecs that the caller's first offer and we both have, in our order."""
        if self.offer is None:
            return ()
        return in_common(self.offer, self.codecs, self.caller_sound)

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
            self._news.set()

    @property
    def voices(self) -> tuple[VoicePort, VoicePort] | None:
        """Our ports toward caller and callee, while the call is hosted."""
        bridge = self.bridge
        if not isinstance(bridge, HostedBridge) or self.ended_at is not None:
            return None
        caller, callee = bridge.legs
        return caller.port, callee.port

    # Its end

    async def release(self) -> None:
        """Let go of legs and ports, and enter the last state. Called once, by the call's task."""
        self.end(self._end_cause or HUNG_UP)
        if self.outcome is None:
            self.outcome = Outcome.FAILED
        for give_back in self.at_end:
            give_back()
        await self.close_paths()
        if self.voice is not None:
            self.voice.close()
            self.counters = await self.sound_so_far() or (self.voice.counters(),)
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
            recording=self.recording,
        )
