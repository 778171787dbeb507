"""Counts the calls of each line, trunk and extension by direction, and lets no more in than allowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from enum import StrEnum


class Way(StrEnum):
    """The direction of a call, seen from here."""

    IN = "in"
    OUT = "out"


class Place:
    """One call's place. Give it back once the call is over; a second time does nothing."""

    __slots__ = ("_give_back",)

    def __init__(self, give_back: Callable[[], None]) -> None:
        self._give_back: Callable[[], None] | None = give_back

    def release(self) -> None:
        """Give the place back."""
        give_back, self._give_back = self._give_back, None
        if give_back is not None:
            give_back()


Key = tuple[str, str, Way]  # kind, name, direction


class Limits:
    """The counts. A place is taken before anything is sent, in one step: a burst cannot slip through.

    `changed(kind, name)` is called after each change.
    """

    def __init__(self, changed: Callable[[str, str], None] | None = None) -> None:
        self._counts: Counter[Key] = Counter()
        self._changed = changed

    def take(
        self, kind: str, name: str, way: Way, most: int | None, *, together: bool = False
    ) -> Place | None:
        """Take a place; None where all are taken. `most` None = unlimited, 0 = forbidden.

        `together`: both directions count against `most`.
        """
        taken = self.count(kind, name, way)
        if together:
            taken = self.count(kind, name, Way.IN) + self.count(kind, name, Way.OUT)
        if most is not None and taken >= most:
            return None
        key = (kind, name, way)
        self._add(key, 1)
        return Place(lambda: self._add(key, -1))

    def count(self, kind: str, name: str, way: Way) -> int:
        """How many places are taken."""
        return self._counts[kind, name, way]

    @property
    def is_idle(self) -> bool:
        """Whether no place is taken."""
        return not self._counts

    def _add(self, key: Key, change: int) -> None:
        self._counts[key] += change
        if not self._counts[key]:
            del self._counts[key]
        if self._changed is not None:
            self._changed(key[0], key[1])
