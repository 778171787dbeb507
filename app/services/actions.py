"""What may happen to a call next: frozen facts that features are registered for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.calls.call import Call


class OutKind(StrEnum):
    """The two sorts of ways out."""

    LINE = "line"
    TRUNK = "trunk"


@dataclass(frozen=True, slots=True)
class RingExtension:
    """Ring the devices of an extension."""

    number: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """End the call with this final status; `outcome` is for the record, where the status does not say it."""

    status: int
    reason: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutRoute:
    """One way out, all numbers as they will stand in the message."""

    kind: OutKind
    name: str
    number: str  # the user part of Request-URI and To
    caller_number: str = ""  # empty: the line's own identity
    caller_name: str = ""
    privacy: bool = False  # the caller asked not to be shown (Privacy: id, RFC 3325 9.3)


@dataclass(frozen=True, slots=True)
class DialOut:
    """Call a number outside by the first of the candidates that takes the call."""

    candidates: tuple[OutRoute, ...]
    is_emergency: bool = False  # no limit of any kind holds it back


@dataclass(frozen=True, slots=True)
class Visit:
    """What an attendant remembers of a caller from menu to menu."""

    path: tuple[str, ...] = ()  # the menus before this one, for the key that leads back
    unasked: tuple[str, ...] = ()  # the menus heard since the last key
    turns: int = 0  # how often something was said
    asked_operator: bool = False  # whether the caller has been sent to the operator


@dataclass(frozen=True, slots=True)
class OpenMenu:
    """Let an attendant's menu talk with the caller; `told`: why the number chosen there was not reached."""

    name: str
    visit: Visit = Visit()
    told: Refuse | None = None


class MessageReason(StrEnum):
    """Why a caller comes to a mailbox."""

    ALWAYS = "always"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class LeaveMessage:
    """Let the caller leave a message in the mailbox of an extension."""

    mailbox: str
    reason: MessageReason = MessageReason.ALWAYS


@dataclass(frozen=True, slots=True)
class CheckMessages:
    """Let the caller hear the messages of a mailbox; "" = ask which, and for its PIN."""

    mailbox: str = ""


@dataclass(frozen=True, slots=True)
class JoinConference:
    """Bring the caller into a conference room; "" as password: none was dialled."""

    room: str
    password: str = ""


@dataclass(frozen=True, slots=True)
class CallGroup:
    """Ring the members of a ring group; `passed` are the groups that sent the call on to it."""

    number: str
    passed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetForwarding:
    """Switch one of the caller's own forwardings: `rule` is a MessageReason's value; "" switches it off."""

    rule: MessageReason
    number: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Do `first`; where it comes to a refusal, `otherwise` says what is done in place of refusing."""

    first: Action
    otherwise: Callable[[Refuse], Action]


Action = (
    RingExtension
    | DialOut
    | Refuse
    | OpenMenu
    | LeaveMessage
    | CheckMessages
    | JoinConference
    | CallGroup
    | SetForwarding
    | Attempt
)

# What serves an action: (call, action) -> the next action; None ends the call.
Feature = Callable[[Call, Any], Awaitable[Action | None]]
