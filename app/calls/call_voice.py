"""A call's own part in its sound: the caller's voice port, its conversation, music for who is on hold."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.calls.bridge import Bridge
from app.calls.conversation import Conversation, HungUp
from app.calls.hosted import HostedBridge
from app.calls.hosting import Holding, Hosting
from app.calls.voice_leg import VoiceLeg
from app.calls.voice_session import VoiceSession
from app.errors import EnvironmentFault
from app.sdp.description import SdpError

if TYPE_CHECKING:
    from app.calls.call import Call
    from app.calls.leg import Leg

logger = logging.getLogger(__name__)


class CallVoice:
    """One call's. `wake` lets the task of a call in which two talk look after what waits here."""

    __slots__ = ("_call", "_conversation", "_holding", "_hosting", "_is_ringing_back", "_wake", "caller")

    def __init__(self, call: Call, wake: Callable[[], None]) -> None:
        self._call = call
        self._wake = wake
        self.caller: VoiceLeg | None = None  # while the caller talks with us
        self._conversation: Conversation | None = None
        self._hosting = asyncio.Lock()
        self._holding: Holding | None = None  # what waits for the ports
        self._is_ringing_back = False

    # The caller

    async def open(self) -> VoiceLeg:
        """Give the caller's leg a port, if it has none; HungUp, PortsExhausted."""
        call = self._call
        if call.caller.has_ended:
            raise HungUp
        if self.caller is None:
            flow = call.caller_flow
            port = await call.surroundings.voice.open(flow.local.host)
            if call.caller.cause is not None:
                port.close()
                raise HungUp
            session = VoiceSession(
                port, call.caller.origin, flow.shown.host, lambda: call.codecs, call.caller_sound
            )
            self.take(VoiceLeg(session, asyncio.get_running_loop().time), call.caller)
        assert self.caller is not None
        return self.caller

    def take(self, voice: VoiceLeg, leg: Leg) -> None:
        """The caller talks with us by this."""
        voice.attach(leg, self._call.on_event)
        self.caller = voice

    def leave(self) -> None:
        """The caller talks with a phone by itself."""
        self._is_ringing_back = False
        voice, self.caller = self.caller, None
        if voice is not None:
            voice.detach()

    async def converse(self, *, early: bool) -> Conversation:
        """Talk with the caller, accepted or early; HungUp, PortsExhausted."""
        call = self._call
        voice = await self.open()
        try:
            if early:
                voice.begin_early(call.offer)
            else:
                voice.accept(call.offer)
                call.note_accepted()
        except SdpError as problem:
            logger.info("%r cannot be talked with: %s", call, problem)
            call.refuse(488)
            raise HungUp from None
        talk = self._conversation
        if talk is None or not talk.is_with(voice):
            talk = self._conversation = Conversation(call, voice)
        else:
            talk.resume()
        if not early:
            await talk.agreed()
        call.note_media()
        return talk

    def ring(self, status: int) -> None:
        """Tell the caller that a phone rings: by message, or by sound where we talk with it already."""
        call, voice = self._call, self.caller
        if voice is None or not voice.has_begun:
            call.caller.ring(status=status)
        elif not self._is_ringing_back:
            self._is_ringing_back = True
            voice.port.play(call.surroundings.sounds.ringback(call))

    def ring_no_more(self) -> None:
        """Nobody took the call: the caller hears no ringing, and talks with us only if it did before."""
        call, voice = self._call, self.caller
        if call.caller.has_ended or voice is None:
            return
        if self._is_ringing_back:
            self._is_ringing_back = False
            voice.port.play(None)
        if not voice.has_begun and not call.wants_sound:
            self.leave()

    def joined(self) -> None:
        """Somebody took the call: the caller hears that one."""
        self._is_ringing_back = False

    # Two who talk with each other

    async def host(self) -> bool:
        """Bring them onto voice ports, and keep them there; PortsExhausted, EnvironmentFault."""
        call = self._call
        async with self._hosting:
            bridge = call.bridge
            if isinstance(bridge, HostedBridge):
                return bridge.stay()
            if bridge is None or call.stage is not bridge:
                return False
            holding, self._holding = self._holding, None
            if holding is not None:
                holding.leg.refuse_offer(491)  # it tries again when it is on a port
            if await Hosting(call, bridge).run() is None:
                return False
            await call.close_paths()
            return True

    @property
    def has_work(self) -> bool:
        """Whether a phone that holds waits for us."""
        return self._holding is not None

    def take_hold(self, leg: Leg, sdp: bytes) -> bool:
        """A phone holds the other: True where the one who waits is to hear music of ours.

        It may come at once after the answer, before the call's task waits for the end.
        """
        call = self._call
        if call.stage is not call.bridge:
            return False
        if self._holding is not None:
            leg.refuse_offer(491)
            return True
        if call.surroundings.sounds.hold_music(call) is None:
            return False
        self._holding = Holding(leg, sdp)
        self._wake()
        return True

    async def play_music(self) -> None:
        """Bring both onto voice ports until the holding is over, or let the other know of it as it is."""
        call = self._call
        async with self._hosting:
            holding, self._holding = self._holding, None
            bridge = call.bridge
            if holding is None:
                return
            if isinstance(bridge, HostedBridge):
                bridge.answer(holding.leg, holding.sdp)
            elif isinstance(bridge, Bridge):
                await self._host_held(bridge, holding)

    async def _host_held(self, bridge: Bridge, holding: Holding) -> None:
        try:
            if await Hosting(self._call, bridge).run(holding) is not None:
                return
        except EnvironmentFault as fault:
            logger.warning("%r: no music on hold: %s", self._call, fault)
        if holding.leg.owes_answer and not holding.leg.has_ended:
            bridge.pass_on(holding.leg, holding.sdp, holding.leg.conclude)
