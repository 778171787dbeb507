"""A ring group as the call path sees it: who rings, in which manner, and what comes when nobody answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Strategy(StrEnum):
    """How the members ring."""

    ALL = "all"
    IN_TURN = "in_turn"


@dataclass(frozen=True, slots=True, kw_only=True)
class RingGroup:
    """One group. `ring_s` is for all together, or for each in turn; 0: the system's."""

    number: str
    description: str = ""
    members: tuple[str, ...] = ()
    strategy: Strategy = Strategy.ALL
    ring_s: int = 0
    on_no_answer: str = ""  # a destination; empty: the caller is refused
    name_prefix: str = ""
    enabled: bool = True

    def shown_name(self, name: str, number: str) -> str:
        """What members see of the caller."""
        return f"{self.name_prefix}: {name or number}" if self.name_prefix else name
