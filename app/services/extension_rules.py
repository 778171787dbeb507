"""What an extension's record says about forwarding and its mailbox, as the call path sees it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

# Changes fields of an extension's record, by its number; UserError where that may not be.
ChangeExtension = Callable[[str, Mapping[str, object]], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forwards:
    """Where an extension's calls go on to: destinations, "" = they are not forwarded."""

    always: str = ""
    busy: str = ""
    no_answer: str = ""
    offline: str = ""
    no_answer_s: int = 0  # how long its phones ring; 0: as the setting says
    by_phone: bool = True  # service codes and 3xx of its phones count

    def to(self, reason: str) -> str:
        """The destination for a MessageReason."""
        return str(getattr(self, reason))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """An extension's voice mail. `pin` is what `db.pin_hash` made of it, "" where there is none."""

    is_on: bool = False
    pin: str = ""
    asks_pin: bool = False  # of the own phone too
    most_messages: int = 100
    longest_s: int = 180
    shortest_s: int = 2
    operator: str = ""  # a destination
    email: str = ""
    attach: bool = True
    delete_when_mailed: bool = False


NOT_FORWARDED = Forwards()
NO_MAILBOX = Mailbox()
