"""Why a leg ended, what the other leg is told, and what a call record remembers of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Who or what ended a leg."""

    LOCAL = "local"  # we did
    REMOTE = "remote"  # BYE from the phone
    CANCELLED = "cancelled"  # the caller gave up before an answer
    REFUSED = "refused"  # a final failure response to our INVITE
    LOST = "lost"  # no ACK, session timer, connection gone, no answer to a request


class Outcome(StrEnum):
    """How a call went, in a call record's word."""

    ANSWERED = "answered"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    CANCELLED = "cancelled"
    NOT_FOUND = "not_found"
    OFFLINE = "offline"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Cause:
    """The end of a leg: who, the SIP status that says it, and a Reason header to hand on (RFC 3326)."""

    why: Why
    status: int = 0
    text: str = ""
    reason_header: str = ""
    targets: tuple[str, ...] = ()  # of a 3xx: the numbers that the phone names, the one it likes best first


HUNG_UP = Cause(Why.LOCAL, 200, "Normal call clearing")
COMPLETED_ELSEWHERE = Cause(
    Why.LOCAL, 200, "Call completed elsewhere", 'SIP;cause=200;text="Call completed elsewhere"'
)
SHUTTING_DOWN = Cause(Why.LOCAL, 503, "Shutting down", 'SIP;cause=503;text="Shutting down"')
FAILED_INSIDE = Cause(Why.LOCAL, 500, "Server Internal Error", 'SIP;cause=500;text="Server Internal Error"')

_OUTCOMES = {
    404: Outcome.NOT_FOUND,
    408: Outcome.NO_ANSWER,
    480: Outcome.NO_ANSWER,
    484: Outcome.NOT_FOUND,
    486: Outcome.BUSY,
    487: Outcome.CANCELLED,
    600: Outcome.BUSY,
    603: Outcome.REFUSED,
    604: Outcome.NOT_FOUND,
}


def outcome_of(status: int) -> Outcome:
    """Name a final failure status for the call record."""
    known = _OUTCOMES.get(status)
    if known is not None:
        return known
    return Outcome.REFUSED if 400 <= status < 500 else Outcome.FAILED


_REASONS = {
    403: "Forbidden",
    404: "Not Found",
    408: "Request Timeout",
    480: "Temporarily Unavailable",
    486: "Busy Here",
    487: "Request Terminated",
    488: "Not Acceptable Here",
    500: "Server Internal Error",
    503: "Service Unavailable",
    600: "Busy Everywhere",
    603: "Decline",
}


def reason_of(status: int) -> str:
    """Give the reason phrase of a status a call may end with; empty where the stack's own will do."""
    return _REASONS.get(status, "")


# A device that says one of these tells of itself, not of the person: the caller hears "unavailable".
# 3xx: forwarding by the phone is not followed. 401, 407: the device challenges its own PBX.
_UNAVAILABLE = frozenset({401, 404, 407, 408, 410, 430, 481, 487, 503})


def status_for_caller(status: int) -> int:
    """Turn a device's final answer into what its caller is told (RFC 3261 16.7 step 6)."""
    if 300 <= status < 400 or status in _UNAVAILABLE:
        return 480
    return status


def best_status(statuses: Sequence[int]) -> int:
    """Choose among the final answers of all devices that rang (RFC 3261 16.7 step 6).

    A 6xx speaks for the person and wins. Otherwise what a device said counts before silence: 486 from any
    device that answered, then another 4xx, then 5xx, then 480 for devices that were never reached.
    """
    if not statuses:
        return 480
    told = [status_for_caller(status) for status in statuses]

    def rank(status: int) -> tuple[int, int]:
        if status >= 600:
            return (0, status)
        if status == 486:
            return (1, status)
        if status == 480:
            return (4, status)
        return (2 if status < 500 else 3, status)

    return min(told, key=rank)


def bye_reason(cause: Cause) -> str:
    """Write the Reason header the other leg is told when this one ends (RFC 3326); empty = none."""
    if cause.reason_header:
        return cause.reason_header
    if cause.why in (Why.LOST, Why.REFUSED) and cause.status:
        text = cause.text.replace("\\", "").replace('"', "'")
        return f'SIP;cause={cause.status};text="{text}"'
    return ""
