"""Transitions, and tables that are exchanged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.routing_tables import (
    CalledRule,
    CallerRule,
    DidRoute,
    Operation,
    RefineRule,
    RoutingTables,
    Transition,
    called_rules,
    caller_rules,
    did_routes,
    refine_rules,
)


@pytest.mark.parametrize(
    ("operation", "start", "length", "string", "before", "after"),
    [
        (Operation.REPLACE, 0, 1, "0086", "013812345678", "008613812345678"),  # the original's example
        (Operation.REPLACE, 3, 2, "", "12345", "123"),
        (Operation.REPLACE, 1, 9, "x", "12", "1x"),
        (Operation.INSERT, 0, 0, "17951", "138", "17951138"),
        (Operation.INSERT, 2, 5, "00", "1234", "120034"),
        (Operation.INSERT, 9, 0, "5", "12", "125"),
        (Operation.DELETE, 0, 1, "", "9123", "123"),
        (Operation.DELETE, 2, 2, "77", "12345", "125"),
        (Operation.DELETE, 0, 9, "", "9", ""),
        (Operation.DELETE, 5, 1, "", "12", "12"),
    ],
)
def test_transitions(
    operation: Operation, start: int, length: int, string: str, before: str, after: str
) -> None:
    transition = Transition(id="t", operation=operation, start=start, length=length, string=string)
    assert transition.apply(before) == after


@given(st.text("0123456789", max_size=12), st.integers(0, 15), st.text("0123456789", max_size=5))
def test_what_is_inserted_can_be_deleted_again(number: str, start: int, string: str) -> None:
    there = Transition(id="a", operation=Operation.INSERT, start=start, string=string)
    back = Transition(id="b", operation=Operation.DELETE, start=min(start, len(number)), length=len(string))
    assert back.apply(there.apply(number)) == number


def test_tables_are_exchanged_and_never_changed() -> None:
    before = RoutingTables()
    after = before.replaced(called_rules=called_rules(CalledRule(id="1")))
    assert len(before.called_rules) == 0
    assert len(after.called_rules) == 1
    assert after.did_routes is before.did_routes
    assert before == RoutingTables()


def test_each_table_is_searched_by_its_own_prefixes() -> None:
    assert [
        rule.id
        for rule in called_rules(CalledRule(id="1", called_prefix="9", caller_prefix="1")).matching(
            "91", "10"
        )
    ] == ["1"]
    assert next(caller_rules(CallerRule(id="1", caller_prefix="+86")).matching("+86138")).id == "1"
    assert next(refine_rules(RefineRule(id="1", called_prefix="0")).matching("01")).id == "1"
    assert next(did_routes(DidRoute(number="025")).matching("0251")).number == "025"
