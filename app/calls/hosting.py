"""Brings two phones that talk with each other onto voice ports, by re-INVITE to both."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.calls.bridge import Bridge
from app.calls.events import LegEvent, Offered
from app.calls.hosted import HostedBridge, hosted
from app.calls.voice_leg import VoiceLeg
from app.calls.voice_session import VoiceSession
from app.sdp.description import SdpError

if TYPE_CHECKING:
    from app.calls.call import Call
    from app.calls.leg import Leg
    from app.calls.outbound import SoundRules

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Holding:
    """A phone that has put the other on hold, and waits for an answer to its offer."""

    leg: Leg
    sdp: bytes


class Hosting:
    """The change of one call from a bridge between the phones to one with voice ports.

    It is the call's stage meanwhile: a phone that wants to change the session itself tries again (RFC 3261
    14.1). Either both legs are on ports at the end, or all is as it was.
    """

    __slots__ = ("_bridge", "_call", "_moved", "_voices")

    def __init__(self, call: Call, bridge: Bridge) -> None:
        self._call = call
        self._bridge = bridge
        self._voices: list[VoiceLeg] = []  # the caller's and the callee's
        self._moved: list[VoiceLeg] = []  # those whose phones have followed

    def on_event(self, leg: Leg, event: LegEvent) -> None:
        """Take a leg's event."""
        if type(event) is Offered:
            leg.refuse_offer(491)
        else:
            self._bridge.on_event(leg, event)

    async def run(self, holding: Holding | None = None) -> HostedBridge | None:
        """Do it; None where a phone does not follow. PortsExhausted, EnvironmentFault.

        With `holding` that phone is answered once the other has followed, and the bridge leads back.
        """
        call, bridge = self._call, self._bridge
        call.stage = self
        done: HostedBridge | None = None
        try:
            for place, leg in enumerate((call.caller, bridge.callee)):
                self._voices.append(await self._open(leg, bridge.sound[place]))
            if await self._move_all(holding):
                done = self._take_over(way_back=bridge if holding is not None else None)
            return done
        finally:
            if done is None:
                self._undo()

    async def _open(self, leg: Leg, rules: SoundRules) -> VoiceLeg:
        call = self._call
        flow = leg.session.flow or call.caller_flow
        port = await call.surroundings.voice.open(flow.local.host)
        session = VoiceSession(port, leg.origin, flow.shown.host, lambda: call.codecs, rules)
        session.prefer((self._bridge.codec,))
        return VoiceLeg(session, asyncio.get_running_loop().time, leg)

    async def _move_all(self, holding: Holding | None) -> bool:
        """Lead both phones to our ports, the one that waits first: it is the one that may refuse."""
        caller, callee = self._voices
        if holding is None:
            return await self._move(callee) and await self._move(caller)
        holder, waiting = (caller, callee) if holding.leg is caller.leg else (callee, caller)
        if not holder.session.can_answer(holding.sdp) or not await self._move(waiting):
            return False
        if not holder.leg.owes_answer:  # it has taken its offer back meanwhile
            return await self._move(holder)
        if holder.leg.has_ended:
            return False
        try:
            holder.leg.answer(holder.session.answer(holding.sdp))
        except SdpError as problem:
            logger.info("%r: %s", self._call, problem)
            return False
        return True

    async def _move(self, voice: VoiceLeg) -> bool:
        outcome: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        voice.offer_anew(lambda status: None if outcome.done() else outcome.set_result(status))
        status = await outcome
        if status >= 300:
            logger.info("%r: a phone does not follow to our port (%d)", self._call, status)
            return False
        self._moved.append(voice)
        return True

    def _take_over(self, *, way_back: Bridge | None) -> HostedBridge | None:
        call = self._call
        caller, callee = self._voices
        if caller.leg.has_ended or callee.leg.has_ended:
            return None
        for voice in self._voices:
            voice.attach(voice.leg, call.on_event)
        bridge = hosted(call, caller, callee, way_back=way_back)
        call.note_bridge(bridge)
        bridge.take_over()
        call.note_media()
        return bridge

    def _undo(self) -> None:
        """Close the ports, and lead back who had followed."""
        call = self._call
        if call.stage is self:
            call.stage = self._bridge
        for voice in self._voices:
            voice.close()
        for voice in self._moved:
            self._bridge.tell_again(voice.leg)
