"""Rings devices for a call: first answer wins, the rest are cancelled, the best refusal goes back."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from app.calls.causes import COMPLETED_ELSEWHERE, HUNG_UP, Cause, Why, best_status
from app.calls.conversation import HungUp
from app.calls.events import Answered, Ended, LegEvent, Offered, Ringing
from app.calls.invites import Destination
from app.calls.leg import Leg
from app.calls.placing import Attempt, adapt, has_no_common_codec, may_be_hosted, place
from app.errors import EnvironmentFault
from app.sdp.description import SdpError, SessionDescription, parse
from app.sip.invite_state import SessionState

if TYPE_CHECKING:
    from app.calls.call import Call

__all__ = ["NO_ANSWER", "SILENT", "Destination", "Origination", "RingResult"]

logger = logging.getLogger(__name__)

SILENT = Cause(Why.LOCAL, 408, "No reply", 'SIP;cause=408;text="No reply"')
NO_ANSWER = Cause(Why.LOCAL, 480, "No answer", 'SIP;cause=480;text="No answer"')
_UNFIT = frozenset({415, 488, 606})  # what a phone says that can do nothing with the offer


@dataclass(frozen=True, slots=True)
class RingResult:
    """What came of ringing. `status`: 200, or what the caller is to be told; 487 = it gave up itself.

    `refusals` are the final answers as they came, `targets` where a phone would send the call instead (3xx).
    """

    status: int
    timed_out: bool = False
    refusals: tuple[int, ...] = ()
    targets: tuple[str, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether somebody took the call."""
        return self.status == 200


class Origination:
    """One round of ringing. Whatever its end, no leg it made is left ringing.

    What has to wait for ports (calling a device, bringing one onto voice ports that speaks no codec of the
    caller's) is done one after the other by `run`.
    """

    __slots__ = (
        "_answering",
        "_attempts",
        "_call",
        "_declined",
        "_destinations",
        "_is_single",
        "_is_working",
        "_jobs",
        "_news",
        "_no_answer_s",
        "_refusals",
        "_result",
        "_silences",
        "_targets",
        "_told",
    )

    def __init__(self, call: Call, destinations: Sequence[Destination], no_answer_s: float) -> None:
        self._call = call
        self._destinations = destinations
        self._is_single = len(destinations) == 1
        self._is_working = False
        self._no_answer_s = no_answer_s
        self._jobs: deque[Callable[[], Coroutine[Any, Any, None]]] = deque(
            partial(self._place, destination) for destination in destinations
        )
        self._attempts: dict[Leg, Attempt] = {}  # devices that may still answer
        self._declined: set[str] = set()  # numbers whose people do not want the call
        self._answering: Leg | None = None  # it took the call, and is brought onto voice ports
        self._refusals: list[int] = []
        self._targets: tuple[str, ...] = ()
        self._told = 0  # the provisional status the caller was given last
        self._result: RingResult | None = None
        self._news = asyncio.Event()
        self._silences: list[asyncio.TimerHandle] = []

    async def run(self) -> RingResult:
        """Ring, and wait for what comes of it."""
        call = self._call
        if call.caller.has_ended:
            return RingResult(487)
        loop = asyncio.get_running_loop()
        call.stage = self
        call.note_called(frozenset(each.number for each in self._destinations if each.outbound is None))
        timer = loop.call_later(self._no_answer_s, self._time_is_over)
        try:
            result = await self._serve()
            await call.close_paths(keep=call.bridge.path if call.bridge is not None else None)
            return result
        finally:
            for each in (timer, *self._silences):
                each.cancel()
            self._give_up(HUNG_UP)
            call.ringing = frozenset()
            if call.stage is self:
                call.stage = None
                call.ring_no_more()

    async def _serve(self) -> RingResult:
        """Do one job after the other until there is a result."""
        self._check_refusals()
        while self._result is None:
            if self._jobs:
                self._is_working = True
                await self._jobs.popleft()()
                self._is_working = False
                self._check_refusals()
                continue
            self._news.clear()
            await self._news.wait()
        return self._result

    def on_event(self, leg: Leg, event: LegEvent) -> None:
        """Take an event of the caller's leg or of a device's."""
        if leg is self._call.caller:
            if type(event) is Ended:
                self._give_up(event.cause)
                self._settle(RingResult(487))
            elif type(event) is Offered:
                self._offered_early(leg, event)
        elif type(event) is Ringing:
            self._rings(leg, event)
        elif type(event) is Answered:
            self._answered(leg, event)
        elif type(event) is Ended:
            self._ended(leg, event.cause)
        elif type(event) is Offered:
            self._offered_early(leg, event)

    async def _place(self, destination: Destination, *, is_hosted: bool = False) -> None:
        """Call a device."""
        call = self._call
        if destination.number in self._declined:
            return
        try:
            attempt, early = await place(call, destination, is_hosted=is_hosted)
        except HungUp:
            return  # the caller's end has settled it
        except EnvironmentFault as fault:
            if not is_hosted:
                raise
            logger.warning("%r cannot be transcoded: %s", call, fault)
            self._refusals.append(488)
            return
        leg = attempt.leg
        is_declined = destination.number in self._declined
        if self._result is not None or self._answering is not None or is_declined:
            leg.hang_up(HUNG_UP)
            return
        self._attempts[leg] = attempt
        if destination.outbound is not None and destination.outbound.patience_s:
            loop = asyncio.get_running_loop()
            timer = loop.call_later(destination.outbound.patience_s, self._check_silence, leg)
            self._silences.append(timer)
        for event in early:
            leg.listener(leg, event)

    def _check_silence(self, leg: Leg) -> None:
        """Leave a peer that has not even said that it tries."""
        if leg in self._attempts and leg.session.state is SessionState.CALLING:
            leg.hang_up(SILENT)

    def _rings(self, leg: Leg, event: Ringing) -> None:
        call = self._call
        attempt = self._attempts.get(leg)
        if attempt is None:
            return
        call.note_ringing()
        if event.sdp is None or not self._is_single or not attempt.passes_early_sound:
            # Early sound of one of several devices would change hands when another answers: ringing only.
            status = event.status if self._is_single else 180
            if status != self._told:
                self._told = status
                call.ring_caller(status)
            return
        self._told = event.status
        try:
            attempt.bridge.ring(event.sdp, event.status)
        except SdpError as problem:
            logger.info("early sound with an unusable description: %s", problem)
            call.ring_caller(180)

    def _answered(self, leg: Leg, event: Answered) -> None:
        attempt = self._attempts.pop(leg, None)
        if attempt is None or self._result is not None:
            leg.hang_up(COMPLETED_ELSEWHERE)
            return
        self._give_up(COMPLETED_ELSEWHERE)
        sdp: bytes | SessionDescription | None = event.sdp
        if event.sdp is not None and not event.is_offer:
            with suppress(SdpError):  # the bridge will say what is to be said of it
                sdp = parse(event.sdp)
        is_foreign = isinstance(sdp, SessionDescription) and has_no_common_codec(attempt, sdp)
        if is_foreign and may_be_hosted(self._call):
            logger.info("%r: the two have no codec in common", self._call)
            self._answering = leg
            self._jobs.clear()
            self._jobs.append(partial(self._adapt, attempt))
            self._news.set()
            return
        self._call.bridge = attempt.bridge
        attempt.bridge.connect(sdp, event.is_offer)
        self._connected(attempt)

    async def _adapt(self, attempt: Attempt) -> None:
        """Bring a device that took the call onto voice ports, and the caller with it."""
        try:
            hosted = await adapt(self._call, attempt)
        except HungUp:
            return
        except EnvironmentFault as fault:
            logger.warning("%r cannot be transcoded: %s", self._call, fault)
            hosted = None
        if self._result is not None:
            return
        if hosted is None:
            self._settle(RingResult(488))
            return
        self._answering = None
        self._call.bridge = hosted.bridge
        hosted.bridge.connect(None, is_offer=False)
        self._connected(hosted)

    def _connected(self, attempt: Attempt) -> None:
        if attempt.leg.has_ended:
            self._call.bridge = None
            self._settle(RingResult(488))
            return
        destination = attempt.destination
        self._call.note_answered(attempt.bridge, destination.number, is_inside=destination.outbound is None)
        self._settle(RingResult(200))

    def _ended(self, leg: Leg, cause: Cause) -> None:
        attempt = self._attempts.pop(leg, None)
        if attempt is None:
            return
        if cause.status in _UNFIT and not attempt.is_hosted and may_be_hosted(self._call):
            logger.info(
                "%r: %s can do nothing with the caller's offer", self._call, attempt.destination.number
            )
            self._jobs.append(partial(self._place, attempt.destination, is_hosted=True))
            self._news.set()
            return
        self._refusals.append(cause.status or 480)
        self._targets = self._targets or cause.targets
        if cause.status >= 600:
            self._decline(attempt.destination.number, cause.status)
        self._check_refusals()

    def _decline(self, number: str, status: int) -> None:
        """RFC 3261 16.7 step 5: a 6xx speaks for all devices, here for those of the number it came from."""
        self._declined.add(number)
        if self._declined.issuperset(each.number for each in self._destinations):
            self._give_up(HUNG_UP)
            self._settle(RingResult(status, refusals=tuple(self._refusals)))
            return
        for leg, attempt in list(self._attempts.items()):
            if attempt.destination.number == number:
                del self._attempts[leg]
                leg.hang_up(HUNG_UP)

    def _offered_early(self, leg: Leg, event: Offered) -> None:
        """UPDATE before the answer (RFC 3311): from a single device or to it, else not now."""
        if self._is_single and self._attempts:
            attempt = next(iter(self._attempts.values()))
            attempt.bridge.on_event(leg, event)
        else:
            leg.refuse_offer(491)

    def _check_refusals(self) -> None:
        if not (self._attempts or self._jobs or self._is_working or self._answering):
            refusals = tuple(self._refusals)
            self._settle(RingResult(best_status(refusals), refusals=refusals, targets=self._targets))

    def _time_is_over(self) -> None:
        if self._result is None and self._answering is None:
            logger.debug("%r: nobody answered in %g s", self._call, self._no_answer_s)
            if self._is_silent:
                self._give_up(SILENT)
                self._settle(RingResult(480, refusals=(SILENT.status,)))
                return
            refused = best_status(self._refusals) if self._refusals else 480
            self._give_up(NO_ANSWER)
            self._settle(RingResult(refused if refused == 486 else 480, timed_out=True))

    @property
    def _is_silent(self) -> bool:
        """Whether a line or trunk is called that has said nothing at all: that is no phone that rings."""
        return bool(self._attempts) and all(
            attempt.destination.outbound is not None and leg.session.state is SessionState.CALLING
            for leg, attempt in self._attempts.items()
        )

    def _give_up(self, cause: Cause) -> None:
        """Cancel every device that still rings."""
        attempts, self._attempts = self._attempts, {}
        for leg in attempts:
            leg.hang_up(cause)
        answering, self._answering = self._answering, None
        if answering is not None:
            answering.hang_up(cause)

    def _settle(self, result: RingResult) -> None:
        if self._result is None:
            self._result = result
            self._news.set()
