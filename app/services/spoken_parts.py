"""What is said may be put together from these: ids, numbers, digits, moments, times, recordings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number, from -999,999,999 to 999,999,999: "twenty-one"."""

    value: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of things, each with its word: Counted(2, "vm-message", "vm-messages")."""

    value: int
    one: str  # the announcement said of one
    many: str  # of any other number, in languages that tell them apart


@dataclass(frozen=True, slots=True)
class Digits:
    """A number as it is dialled, digit by digit: "one zero two". What is no key is passed over."""

    text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and a time in the local time it was made with, said as seen from `now` ("today", "yesterday").

    Without `now` the day is always named, with its year.
    """

    when: datetime
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time: "two minutes, five seconds"."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Recorded:
    """A sound file: a greeting, a spoken name. One that cannot be read is passed over, and logged."""

    path: Path


Part = str | Number | Counted | Digits | Moment | Duration | Recorded
