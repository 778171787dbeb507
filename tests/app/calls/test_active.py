from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from app.calls.active import ActiveCalls
from app.calls.causes import SHUTTING_DOWN


def test_calls_are_found_by_number_until_they_are_over() -> None:
    calls = ActiveCalls()
    ended: list[Any] = []
    some = [SimpleNamespace(id=number, end=ended.append) for number in (1, 2)]
    for call in some:
        calls.add(call)  # type: ignore[arg-type]
    assert len(calls) == 2
    assert calls.find(2) is some[1]
    calls.end_all(SHUTTING_DOWN)
    assert ended == [SHUTTING_DOWN, SHUTTING_DOWN]
    calls.remove(some[1])  # type: ignore[arg-type]
    calls.remove(some[1])  # type: ignore[arg-type]
    assert calls.find(2) is None
    assert list(calls) == [some[0]]
