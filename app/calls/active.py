"""The calls in progress, by number."""

from __future__ import annotations

from collections.abc import Iterator

from app.calls.call import Call
from app.calls.causes import HUNG_UP, Cause


class ActiveCalls:
    """All calls from their INVITE to their record."""

    def __init__(self) -> None:
        self._calls: dict[int, Call] = {}

    def __iter__(self) -> Iterator[Call]:
        return iter(self._calls.values())

    def __len__(self) -> int:
        return len(self._calls)

    def add(self, call: Call) -> None:
        """A call begins."""
        self._calls[call.id] = call

    def remove(self, call: Call) -> None:
        """A call is over."""
        self._calls.pop(call.id, None)

    def find(self, number: int) -> Call | None:
        """Find a call by its number."""
        return self._calls.get(number)

    def end_all(self, cause: Cause = HUNG_UP) -> None:
        """Hang up all of them."""
        for call in list(self._calls.values()):
            call.end(cause)
