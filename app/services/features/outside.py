"""The action DialOut: call by a line or trunk, and by the next one where the first does not take the call."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from app.calls.call import Call
from app.calls.causes import Outcome
from app.calls.originate import Destination, RingResult
from app.services.actions import Action, DialOut, OutKind, OutRoute, Refuse
from app.services.directory import DirectoryHolder
from app.services.gateway import Gateway
from app.services.limits import Place, Way
from app.services.outgoing_leg import NoWay, line_leg, trunk_leg

logger = logging.getLogger(__name__)

# The way itself is out of order: another one may do. 408 is silence.
_NEXT_WAY = frozenset({408, 500, 502, 503, 504, 513, 580})
# A trunk that is busy has no channel left as far as we can tell; a line's 486 is the called person's.
_NEXT_TRUNK = _NEXT_WAY | {486, 600}
_OURS = frozenset({401, 407})  # the carrier does not accept the line's credentials


@dataclass(frozen=True, slots=True)
class _Ready:
    """A way out that can be tried: its leg, its place, and how long it may ring."""

    destination: Destination
    place: Place
    no_answer_s: float


@dataclass(frozen=True, slots=True)
class _Unready:
    """A way out that cannot be tried now, and why."""

    status: int
    reason: str


class Outside:
    """Tries the candidates in their order. A call never holds two places at once."""

    def __init__(self, holder: DirectoryHolder, gateway: Gateway) -> None:
        self._holder = holder
        self._gateway = gateway

    async def run(self, call: Call, action: DialOut) -> Action | None:
        """Ring outside, talk, and say what comes after."""
        refusal = Refuse(503)
        candidates = self._in_service_first(action)
        for place, route in enumerate(candidates):
            is_last = place == len(candidates) - 1
            ready = await self._prepare(call, route, is_emergency=action.is_emergency, is_last=is_last)
            if isinstance(ready, _Unready):
                logger.info("call %d: not by %s %s: %s", call.id, route.kind, route.name, ready.reason)
                refusal = Refuse(ready.status, ready.reason)
                continue
            call.ways.append(f"{route.kind} {route.name}")
            try:
                result = await call.ring((ready.destination,), ready.no_answer_s)
                if result.is_answered:
                    self._note(route, result)
                    await call.until_end()
                    return None
            finally:
                ready.place.release()
            self._note(route, result)
            if result.status == 487 and not result.refusals:
                return None  # the caller gave up
            if result.timed_out:
                return Refuse(480, outcome=Outcome.NO_ANSWER)
            refusal = _told(result)
            if result.refusals and result.refusals[-1] not in self._passing_on(route):
                return refusal
            if call.caller.origin.sent is not None and call.voice is None:
                return refusal  # the caller hears this way's announcement, and would not hear another's
        return refusal

    def _in_service_first(self, action: DialOut) -> list[OutRoute]:
        """Ways known to be out of order come last: in vain as a rule, but nothing else is left then."""
        return sorted(action.candidates, key=self._is_out_of_order)

    def _is_out_of_order(self, route: OutRoute) -> bool:
        if route.kind is OutKind.LINE:
            line = self._gateway.lines.get(route.name)
            return line is None or not line.is_ready
        trunk = self._gateway.trunks.get(route.name)
        return trunk is None or trunk.is_known_dead

    @staticmethod
    def _passing_on(route: OutRoute) -> frozenset[int]:
        return _NEXT_WAY if route.kind is OutKind.LINE else _NEXT_TRUNK

    async def _prepare(
        self, call: Call, route: OutRoute, *, is_emergency: bool, is_last: bool
    ) -> _Ready | _Unready:
        """Take a place on a way out and make the leg for it."""
        make = self._by_line if route.kind is OutKind.LINE else self._by_trunk
        try:
            return await make(call, route, is_emergency=is_emergency, is_last=is_last)
        except NoWay as problem:
            return _Unready(503, str(problem))

    async def _by_line(
        self, call: Call, route: OutRoute, *, is_emergency: bool, is_last: bool
    ) -> _Ready | _Unready:
        directory = self._holder.current
        line = self._gateway.lines.get(route.name)
        if line is None or not line.line.enabled:
            return _Unready(503, "the line is gone or switched off")
        if not line.is_ready and not is_emergency:
            return _Unready(503, f"the line is not registered: {line.status.reason}")
        record = line.line
        most = None if is_emergency else record.max_calls
        place = self._gateway.limits.take("line", record.name, Way.OUT, most, together=True)
        if place is None:
            return _full(most)
        try:
            leg = await line_leg(
                self._gateway,
                directory,
                line,
                route,
                media_mode=call.media_mode,
                is_last=is_last,
                diversions=call.diversions,
            )
        except BaseException:
            place.release()
            raise
        return _Ready(leg, place, record.no_answer_s or directory.settings.no_answer_s)

    async def _by_trunk(
        self, call: Call, route: OutRoute, *, is_emergency: bool, is_last: bool
    ) -> _Ready | _Unready:
        directory = self._holder.current
        trunk = self._gateway.trunks.get(route.name)
        if trunk is None or not trunk.trunk.enabled:
            return _Unready(503, "the trunk is gone or switched off")
        most = None if is_emergency else trunk.trunk.max_outgoing
        place = self._gateway.limits.take("trunk", trunk.name, Way.OUT, most)
        if place is None:
            return _full(most)
        try:
            leg = await trunk_leg(
                self._gateway, directory, trunk, route, is_last=is_last, diversions=call.diversions
            )
        except BaseException:
            place.release()
            raise
        return _Ready(leg, place, directory.settings.no_answer_s)

    def _note(self, route: OutRoute, result: RingResult) -> None:
        """What a call learned of a way counts: of a trunk as OPTIONS would, a silent line registers anew."""
        line = self._gateway.lines.get(route.name) if route.kind is OutKind.LINE else None
        if line is not None and 408 in result.refusals:
            line.doubt()
        trunk = self._gateway.trunks.get(route.name) if route.kind is OutKind.TRUNK else None
        if trunk is None:
            return
        if 408 in result.refusals:
            trunk.missed("Did not answer a call.")
        elif result.is_answered or any(status != 503 for status in result.refusals):
            trunk.heard("Answered a call.")  # a 503 may be our own: no connection, no certificate


def _full(most: int | None) -> _Unready:
    if most == 0:
        return _Unready(403, "No Outgoing Calls")
    return _Unready(503, "All Lines Busy")


def _told(result: RingResult) -> Refuse:
    """What the caller hears: what the carrier said of the called number, but not what it said of us."""
    status = result.refusals[-1] if result.refusals else result.status
    if status in _OURS or 300 <= status < 400:
        return Refuse(503, "Not Accepted by the Carrier" if status in _OURS else "", Outcome.FAILED)
    if status == 408:
        return Refuse(503, "No Reply from the Carrier", Outcome.FAILED)
    if status == 481:
        return Refuse(503)
    return Refuse(status)
