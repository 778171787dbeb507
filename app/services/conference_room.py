"""A conference room as configured: a frozen record of the directory."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from enum import StrEnum


class Announce(StrEnum):
    """How those in a room learn who comes and goes."""

    NONE = "none"
    TONES = "tones"
    NAMES = "names"


class Admission(StrEnum):
    """What a password is good for."""

    PARTY = "party"
    MODERATOR = "moderator"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceRoom:
    """A room as saved. Field names are those of the kind `conference`."""

    number: str
    description: str = ""
    password: str = field(default="", repr=False)
    moderator_password: str = field(default="", repr=False)
    password_problem: str = ""  # why a kept password cannot be read: nobody enters then
    max_parties: int = 0  # 0: any number
    announce: Announce = Announce.TONES
    music_alone: bool = True
    locked: bool = False
    record: bool = False
    language: str = ""  # empty: the caller's
    enabled: bool = True

    @property
    def asks_password(self) -> bool:
        """Whether nobody enters without one."""
        return bool(self.password or self.password_problem)

    def admission(self, password: str) -> Admission:
        """Weigh a password."""
        if self.password_problem:
            return Admission.WRONG
        if self.moderator_password and _same(password, self.moderator_password):
            return Admission.MODERATOR
        if not self.password or _same(password, self.password):
            return Admission.PARTY
        return Admission.WRONG


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
