from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from app.calls.active import ActiveCalls
from app.calls.causes import SHUTTING_DOWN


def test_calls_are_found_by_number_until_they_are_over() -> None:
    calls = ActiveCalls()
    ended: list[Any] = []
    some: list[Any] = [SimpleNamespace(id=number, end=ended.append, sip_call_ids=[]) for number in (1, 2)]
    for call in some:
        calls.add(call)
    assert len(calls) == 2
    found: Any = calls.find(2)
    assert found is some[1]
    calls.end_all(SHUTTING_DOWN)
    assert ended == [SHUTTING_DOWN, SHUTTING_DOWN]
    calls.remove(some[1])
    calls.remove(some[1])
    assert calls.find(2) is None
    assert list(calls) == [some[0]]


def with_legs(number: int, *sip_call_ids: str) -> Any:
    return SimpleNamespace(id=number, sip_call_ids=list(sip_call_ids))


def test_legs_of_a_call_are_known_by_any_of_them_and_for_a_while_after_it() -> None:
    calls = ActiveCalls(remembered=3)
    first, second, alone = with_legs(1, "a", "b"), with_legs(2, "c", "d"), with_legs(3, "e")
    for call in (first, second, alone):
        calls.add(call)
    assert calls.legs_of("b") == ("a", "b")
    assert calls.legs_of("nobody's") == ()
    second.sip_call_ids.append("d2")  # another phone rings
    assert calls.legs_of("c") == ("c", "d", "d2")
    for call in (first, alone):
        calls.remove(call)
    assert calls.legs_of("a") == ("a", "b")
    calls.remove(second)
    assert calls.legs_of("d2") == ("c", "d", "d2")
    assert calls.legs_of("a") == ()  # forgotten: the oldest first
