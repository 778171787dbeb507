"""The action CallGroup: ring the members of a ring group until one answers, or send the call on."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from app.calls.call import Call
from app.calls.causes import Outcome, best_status
from app.calls.originate import Destination, RingResult
from app.services.actions import Action, CallGroup, LeaveMessage, MessageReason, Refuse
from app.services.caller_party import party_of
from app.services.devices import Devices
from app.services.dial_plan import decide_chosen
from app.services.dial_plan_query import Query
from app.services.directory import DirectoryHolder
from app.services.forwarding import AWAY, BUSY
from app.services.ring_group import RingGroup, Strategy

logger = logging.getLogger(__name__)

MOST_ROUNDS = 5  # of one group in one call: menus and forwarding may lead back to it
_TOO_MANY_HOPS = 483


class RingGroups:
    """Rings members, whatever forwarding they have of their own; the first who answers has the call."""

    def __init__(self, holder: DirectoryHolder, devices: Devices, clock: Callable[[], float]) -> None:
        self._holder = holder
        self._devices = devices
        self._clock = clock

    async def run(self, call: Call, action: CallGroup) -> Action | None:
        """Ring, talk, and say what comes after."""
        group = self._holder.current.ring_groups.get(action.number)
        if group is None or not group.enabled:
            return Refuse(404)
        way = f"group {group.number}"
        if call.ways.count(way) >= MOST_ROUNDS:
            logger.warning("call %d came to ring group %s %d times", call.id, group.number, MOST_ROUNDS)
            return Refuse(_TOO_MANY_HOPS, outcome=Outcome.FAILED)
        call.ways.append(way)
        results = await self._ring(call, group)
        if results and results[-1].is_answered:
            await call.until_end()
            return None
        if call.caller.has_ended:
            return None  # the caller gave up
        return self._instead(call, group, action.passed, _refusal(results))

    async def _ring(self, call: Call, group: RingGroup) -> list[RingResult]:
        """One round for all, or one a member; the last may be an answer."""
        name, call.shown_name = call.shown_name, group.shown_name(call.shown_name, call.shown_number)
        try:
            if group.strategy is Strategy.IN_TURN:
                return await self._ring_in_turn(call, group)
            devices = [each for number in group.members for each in self._devices_of(number, call)]
            return [await call.ring(devices, self._patience(group))] if devices else []
        finally:
            call.shown_name = name

    async def _ring_in_turn(self, call: Call, group: RingGroup) -> list[RingResult]:
        results: list[RingResult] = []
        for number in group.members:
            devices = self._devices_of(number, call)
            if not devices:
                continue
            results.append(await call.ring(devices, self._patience(group)))
            if results[-1].is_answered or call.caller.has_ended:
                break
        return results

    def _devices_of(self, number: str, call: Call) -> list[Destination]:
        """A member's devices; none of the caller's own, nor of who has sent the call on to the group."""
        extension = self._holder.current.extension(number)
        passed = {call.caller_extension, *(each.by for each in call.diversions)}
        if extension is None or not extension.enabled or number in passed:
            return []
        return self._devices.of(extension, call)

    def _patience(self, group: RingGroup) -> float:
        return group.ring_s or self._holder.current.settings.no_answer_s

    def _instead(self, call: Call, group: RingGroup, passed: tuple[str, ...], refusal: Refuse) -> Action:
        """Where the call goes that no member takes."""
        if not group.on_no_answer:
            return refusal
        moment = datetime.fromtimestamp(self._clock(), tz=UTC)
        query = Query(party_of(call), group.on_no_answer, moment)
        action = decide_chosen(self._holder.current, query)
        passed = (*passed, group.number)
        logger.info("call %d: ring group %s sends it on to %s", call.id, group.number, group.on_no_answer)
        match action:
            case Refuse():
                logger.warning(
                    "call %d: ring group %s cannot send it to %s", call.id, group.number, group.on_no_answer
                )
                return refusal
            case CallGroup(number) if number in passed:
                logger.info("call %d: ring group %s is not rung again", call.id, number)
                return refusal
            case CallGroup():
                return dataclasses.replace(action, passed=passed)
            case LeaveMessage(mailbox):
                return LeaveMessage(mailbox, _reason(refusal))
        return action


def _refusal(results: Sequence[RingResult]) -> Refuse:
    """What the caller is told of a group in which nobody took the call."""
    if any(each.timed_out for each in results):
        return Refuse(480, outcome=Outcome.NO_ANSWER)
    refusals = [status for each in results for status in each.refusals]
    if BUSY.intersection(refusals):
        return Refuse(486)
    if AWAY.issuperset(refusals):
        return Refuse(480, outcome=Outcome.OFFLINE)
    return Refuse(best_status(refusals))


def _reason(refusal: Refuse) -> MessageReason:
    """The same, for a mailbox."""
    if refusal.status in BUSY:
        return MessageReason.BUSY
    is_away = refusal.outcome == Outcome.OFFLINE
    return MessageReason.OFFLINE if is_away else MessageReason.NO_ANSWER
