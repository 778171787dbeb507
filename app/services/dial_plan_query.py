"""What the dial plan is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.services.actions import Action, Refuse
from app.services.dial_plan_explanation import Step


class PartyKind(StrEnum):
    """Where a call comes from."""

    EXTENSION = "extension"
    LINE = "line"
    TRUNK = "trunk"


@dataclass(frozen=True, slots=True)
class Party:
    """A caller. `key` names the extension, line or trunk; `number` is what it calls itself."""

    kind: PartyKind
    key: str
    number: str = ""
    display: str = ""
    is_withheld: bool = False  # asks for privacy (RFC 3325 9.3), or shows no number

    @classmethod
    def extension(cls, number: str, display: str = "", *, is_withheld: bool = False) -> Party:
        """A caller inside."""
        return cls(PartyKind.EXTENSION, number, number, display, is_withheld)


@dataclass(frozen=True, slots=True)
class Query:
    """Who dials what, and when (with time zone)."""

    caller: Party
    dialled: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Blocked:
    """The record that forbids a call."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What happens to a call, and as whom the caller appears to a phone of ours."""

    action: Action
    blocked_by: Blocked | None = None
    caller_number: str = ""
    caller_name: str = ""
    steps: tuple[Step, ...] = ()

    @property
    def refusal(self) -> Refuse | None:
        """The refusal, where it is one."""
        return self.action if isinstance(self.action, Refuse) else None
