"""The calls in progress, by number; and which SIP dialogs belonged to one call, for a while after it."""

from __future__ import annotations

from collections.abc import Iterator

from app.calls.call import Call
from app.calls.causes import HUNG_UP, Cause

_REMEMBERED = 5_000  # Call-IDs of calls that have ended; the call records know the older ones


class ActiveCalls:
    """All calls from their INVITE to their record."""

    def __init__(self, remembered: int = _REMEMBERED) -> None:
        self._calls: dict[int, Call] = {}
        self._remembered = remembered
        self._legs_of_ended: dict[str, tuple[str, ...]] = {}

    def __iter__(self) -> Iterator[Call]:
        return iter(self._calls.values())

    def __len__(self) -> int:
        return len(self._calls)

    def add(self, call: Call) -> None:
        """A call begins."""
        self._calls[call.id] = call

    def remove(self, call: Call) -> None:
        """A call is over."""
        if self._calls.pop(call.id, None) is not None and len(call.sip_call_ids) > 1:
            legs = tuple(call.sip_call_ids)
            self._legs_of_ended.update(dict.fromkeys(legs, legs))
            while len(self._legs_of_ended) > self._remembered:
                del self._legs_of_ended[next(iter(self._legs_of_ended))]

    def find(self, number: int) -> Call | None:
        """Find a call by its number."""
        return self._calls.get(number)

    def legs_of(self, sip_call_id: str) -> tuple[str, ...]:
        """The Call-IDs of all legs of the call that has this one; () where it is not known."""
        for call in self._calls.values():
            if sip_call_id in call.sip_call_ids:
                return tuple(call.sip_call_ids)
        return self._legs_of_ended.get(sip_call_id, ())

    def end_all(self, cause: Cause = HUNG_UP) -> None:
        """Hang up all of them."""
        for call in list(self._calls.values()):
            call.end(cause)
