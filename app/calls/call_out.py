"""The PBX calls a phone by itself, and talks with whoever answers: to record a prompt, to call back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from app.calls.call import Call, Surroundings
from app.calls.causes import COMPLETED_ELSEWHERE, HUNG_UP, Cause, best_status
from app.calls.events import Answered, Ended, LegEvent, Ringing
from app.calls.invites import Destination, Shown, invite_for
from app.calls.media import SdpOrigin
from app.calls.originate import NO_ANSWER, RingResult
from app.calls.outbound import ALL_SOUND
from app.calls.voice_codecs import DEFAULT_ORDER
from app.calls.voice_leg import UNFIT, VoiceLeg
from app.calls.voice_session import VoiceSession
from app.sdp.description import SdpError

if TYPE_CHECKING:
    from app.calls.conversation import Conversation
    from app.calls.leg import Leg
    from app.sip.flow import Flow

logger = logging.getLogger(__name__)


async def call_out(
    surroundings: Surroundings,
    destinations: Sequence[Destination],
    *,
    shown_number: str,
    shown_name: str = "",
    no_answer_s: float,
    codecs: tuple[str, ...] = DEFAULT_ORDER,
    language: str = "",
) -> Conversation | RingResult:
    """Ring these devices until one answers; the phone that does is its call's caller from there on.

    The call stands in no list and has no record. Whoever asked for it ends it: by `hang_up()` of the
    conversation, and by `release()` of its call where a feature has gone on with that. HungUp where the phone
    is gone at once; PortsExhausted.
    """
    shown = Shown(number=shown_number, name=shown_name)
    round_ = _Round(surroundings, shown, codecs)
    answered = await round_.run(destinations, no_answer_s)
    if isinstance(answered, RingResult):
        return answered
    voice, flow, number = answered
    call = Call(
        0,
        replace(surroundings, announce=_tell_nobody),
        caller_number=number,
        caller_name="",
        called=shown_number,
        media_mode="",
        caller_behind_nat=False,
    )
    call.codecs, call.language = codecs, language
    call.adopt(voice, flow)
    return await call.converse()


class _Round:
    """One round of ringing without a caller."""

    def __init__(self, surroundings: Surroundings, shown: Shown, codecs: tuple[str, ...]) -> None:
        self._surroundings = surroundings
        self._shown = shown
        self._codecs = codecs
        self._ringing: dict[Leg, VoiceLeg] = {}
        self._refusals: list[int] = []
        self._answered: VoiceLeg | None = None
        self._news = asyncio.Event()

    async def run(
        self, destinations: Sequence[Destination], no_answer_s: float
    ) -> tuple[VoiceLeg, Flow, str] | RingResult:
        called: dict[VoiceLeg, tuple[Flow, str]] = {}
        try:
            async with asyncio.timeout(no_answer_s):
                for destination in destinations:
                    flow = _flow_to(destination)
                    if flow is None:
                        self._refusals.append(480)
                    elif self._answered is None:
                        called[await self._place(destination, flow)] = (flow, destination.number)
                while self._answered is None and self._ringing:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            if self._answered is None:
                self._hang_up(NO_ANSWER)
                return RingResult(480, timed_out=True, refusals=tuple(self._refusals))
        except BaseException:
            if self._answered is not None:
                self._answered.leg.hang_up(HUNG_UP)
            raise
        finally:
            self._hang_up(HUNG_UP if self._answered is None else COMPLETED_ELSEWHERE)
        if self._answered is None:
            return RingResult(best_status(self._refusals), refusals=tuple(self._refusals))
        return self._answered, *called[self._answered]

    async def _place(self, destination: Destination, flow: Flow) -> VoiceLeg:
        outbound = destination.outbound
        port = await self._surroundings.voice.open(flow.local.host)
        session = VoiceSession(
            port,
            SdpOrigin(flow.shown.host),
            flow.shown.host,
            lambda: self._codecs,
            outbound.sound if outbound is not None else ALL_SOUND,
        )
        voice = VoiceLeg(session, asyncio.get_running_loop().time)
        early: list[LegEvent] = []
        try:
            invite = invite_for(destination, self._shown, flow, session.offer())
            leg = self._surroundings.legs.place(invite, session.origin, lambda _, event: early.append(event))
        except BaseException:
            voice.close()
            raise
        self._ringing[leg] = voice
        voice.attach(leg, self._on_event)
        for event in early:
            leg.listener(leg, event)
        return voice

    def _on_event(self, leg: Leg, event: LegEvent) -> None:
        voice = self._ringing.get(leg)
        if voice is None:
            return
        if isinstance(event, Ended):
            del self._ringing[leg]
            self._refusals.append(event.cause.status or 480)
            self._news.set()
        elif isinstance(event, Answered):
            self._take(leg, voice, event)
        elif isinstance(event, Ringing) and event.sdp is not None:
            with suppress(SdpError):  # the answer, where the 183 is reliable: the 200 has none then
                voice.session.take_answer(event.sdp)

    def _take(self, leg: Leg, voice: VoiceLeg, event: Answered) -> None:
        if self._answered is not None:
            leg.hang_up(COMPLETED_ELSEWHERE)
            return
        try:
            if event.sdp is not None and event.is_offer:
                leg.answer(voice.session.answer(event.sdp))
            elif event.sdp is not None:
                voice.session.take_answer(event.sdp)
            elif not voice.session.is_agreed:
                raise SdpError("no session description")
        except SdpError as problem:
            logger.info("a phone we called cannot be talked with: %s", problem)
            leg.hang_up(UNFIT)
            return
        del self._ringing[leg]
        self._answered = voice
        self._news.set()

    def _hang_up(self, cause: Cause) -> None:
        ringing, self._ringing = self._ringing, {}
        for leg in ringing:
            leg.hang_up(cause)


def _flow_to(destination: Destination) -> Flow | None:
    """The way to a device: without one we do not know our own address toward it."""
    if destination.flow is not None:
        return destination.flow
    outbound = destination.outbound
    return outbound.flows[0] if outbound is not None and outbound.flows else None


def _tell_nobody(call: Call) -> None:
    """It stands in no list."""
