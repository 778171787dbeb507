"""Decides where a call goes on to that an extension does not take: forwarding, its phone's 3xx, its mailbox.

The rights are those of the extension that sends the call on, never the caller's: otherwise whoever may be
called could be used to call the world.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from app.calls.call import Call
from app.calls.causes import Outcome
from app.calls.diversion import DEFLECTED, Diversion
from app.services.actions import (
    Action,
    Attempt,
    CallGroup,
    CheckMessages,
    DialOut,
    LeaveMessage,
    MessageReason,
    Refuse,
    RingExtension,
    SetForwarding,
)
from app.services.dial_plan import decide, decide_chosen
from app.services.dial_plan_query import Party, Query
from app.services.directory import DirectoryHolder, Extension
from app.services.limits import Limits, Way
from app.services.service_codes import without_password
from app.sip.grammar import quote
from app.sip.uri import escape_user

logger = logging.getLogger(__name__)

MOST_HOPS = 5
_MOST_TARGETS = 5  # of one 3xx that are looked at
# What says that the person has no time: forwarding when busy takes these calls.
BUSY = frozenset({486, 600, 603})
# What devices say, or we of them, that are not there at all.
AWAY = frozenset({404, 408, 410, 430, 481, 503})
_TOO_MANY_HOPS = 483


class Forwarder:
    """Sends calls on. Every hop is told to the caller by 181, and stands in the call's `diversions`."""

    def __init__(self, holder: DirectoryHolder, limits: Limits, clock: Callable[[], float]) -> None:
        self._holder = holder
        self._limits = limits
        self._clock = clock

    def at_once(self, call: Call, extension: Extension) -> Action | None:
        """What forwarding of all calls makes of a call; None: it rings here, also where that may not be."""
        destination = extension.forwards.always
        if not destination:
            return None
        action = self._onward(call, extension, MessageReason.ALWAYS, destination)
        return None if isinstance(action, Refuse) and action.status != _TOO_MANY_HOPS else action

    def instead(self, call: Call, extension: Extension, reason: MessageReason, refusal: Refuse) -> Action:
        """What becomes of a call that nobody here takes: forwarded, a message left, or refused after all."""
        destination = extension.forwards.to(reason)
        action = self._onward(call, extension, reason, destination) if destination else None
        if action is None or isinstance(action, Refuse):
            return self._message(call, extension, reason) or action or refusal
        return action

    def deflected(self, call: Call, extension: Extension, targets: Sequence[str], refusal: Refuse) -> Action:
        """Follow a phone that answered 3xx, where it may do so."""
        if extension.forwards.by_phone:
            for target in targets[:_MOST_TARGETS]:
                # A phone names numbers; KIND:KEY is what administrators choose.
                is_number = bool(target) and ":" not in target
                action = self._onward(call, extension, DEFLECTED, target) if is_number else None
                if action is not None and not isinstance(action, Refuse):
                    return action
        return self.instead(call, extension, MessageReason.NO_ANSWER, refusal)

    def onward(self, call: Call, extension: Extension, destination: str) -> Action:
        """Send a call on that an extension has taken: its mailbox's caller asks for the operator."""
        return self._onward(call, extension, DEFLECTED, destination) or Refuse(480)

    def may_forward_to(self, extension: Extension, number: str) -> bool:
        """Whether an extension may send its calls to a number that its phone names."""
        if number == extension.number:
            return False
        return not isinstance(self.meaning(extension, number), Refuse)

    def meaning(self, extension: Extension, destination: str) -> Action:
        """What a destination means to the extension that sends calls there, with its own rights."""
        directory = self._holder.current
        moment = datetime.fromtimestamp(self._clock(), tz=UTC)
        query = Query(Party.extension(extension.number, extension.description), destination, moment)
        if ":" in destination:
            return decide_chosen(directory, query)
        action = decide(directory, query).action
        if isinstance(action, DialOut) and action.is_emergency:
            return Refuse(403)  # help is called by who needs it
        if isinstance(action, SetForwarding) or (isinstance(action, CheckMessages) and action.mailbox):
            return Refuse(403)  # codes that do something to the extension are for its own phone
        return action

    def _onward(self, call: Call, extension: Extension, reason: str, destination: str) -> Action | None:
        """One hop; None where it would lead in a circle."""
        action = self.meaning(extension, destination)
        if isinstance(action, Refuse):
            logger.warning(
                "call %d: extension %s may not forward to %s", call.id, extension.number, destination
            )
            return action
        passed = {each.by for each in call.diversions} | {extension.number, call.caller_extension}
        if isinstance(action, RingExtension) and action.number in passed:
            logger.info("call %d: %s is not rung again for %s", call.id, action.number, extension.number)
            return None
        if len(call.diversions) >= MOST_HOPS or call.forwards_left < 2:
            logger.warning("call %d was forwarded %d times: that is enough", call.id, len(call.diversions))
            return Refuse(_TOO_MANY_HOPS, outcome=Outcome.FAILED)
        if isinstance(action, DialOut):
            place = self._limits.take("extension", extension.number, Way.OUT, extension.max_calls)
            if place is None:
                return Refuse(486, outcome=Outcome.REFUSED)
            call.at_end.append(place.release)
        if isinstance(action, DialOut | CallGroup):
            mailbox = self._message(call, extension, _reason(reason))
            if mailbox is not None:
                action = Attempt(action, partial(_instead_of, mailbox))
        if isinstance(action, LeaveMessage):
            action = LeaveMessage(action.mailbox, _reason(reason))
        self._note(call, Diversion(extension.number, reason, without_password(destination)))
        return action

    def _message(self, call: Call, extension: Extension, reason: MessageReason) -> LeaveMessage | None:
        """Offer the mailbox of whom the caller meant first, else of who could not be reached last."""
        directory = self._holder.current
        for number in (*(each.by for each in call.diversions), extension.number):
            found = directory.extension(number)
            if number == call.caller_extension:
                return None
            if found is not None and found.enabled and found.mailbox.is_on:
                return LeaveMessage(number, reason)
        return None

    @staticmethod
    def _note(call: Call, diversion: Diversion) -> None:
        call.diversions.append(diversion)
        call.forwards_left -= 1
        logger.info(
            "call %d: %s sends it on to %s (%s)", call.id, diversion.by, diversion.to, diversion.reason
        )
        headers: tuple[tuple[str, str], ...] = ()
        if call.caller_extension:  # where our people's calls go is nobody's business outside
            host = call.caller_flow.shown.host
            host = f"[{host}]" if ":" in host else host
            to = diversion.to.rpartition(":")[2]
            uri = f"<sip:{escape_user(to)}@{host}>"
            headers = (
                ("Call-Info", f"{uri};purpose=forwarding;username={diversion.by};contact={quote(to)}"),
            )
        call.caller.ring(status=181, headers=headers)


def _instead_of(mailbox: LeaveMessage, refusal: Refuse) -> LeaveMessage:
    """Where the number outside or the ring group does not take the call, a message is left after all."""
    is_busy = refusal.status in BUSY
    return LeaveMessage(mailbox.mailbox, MessageReason.BUSY if is_busy else MessageReason.NO_ANSWER)


def _reason(reason: str) -> MessageReason:
    return MessageReason.ALWAYS if reason == DEFLECTED else MessageReason(reason)
