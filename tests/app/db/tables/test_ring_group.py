"""The kind of ring groups: members in order, no group that goes on to itself."""

from __future__ import annotations

import pytest

from app.db.kind import Reference
from app.db.tables.ring_group import KIND
from app.services.ring_group import Strategy

GROUP = {"number": "600", "members": "101,100"}


def codes(**values: object) -> list[str]:
    errors, _ = KIND.check("600", {**GROUP, **values}, None)
    return [error.code for error in errors]


def test_a_group_needs_a_number_and_members() -> None:
    errors, values = KIND.check("600", GROUP, None)
    assert errors == []
    assert (values["members"], values["strategy"], values["ring_s"]) == ("101, 100", "all", 0)
    assert codes(members="") == ["value.required"]
    field = KIND.spec.field("strategy")
    assert field is not None
    assert [choice.value for choice in field.choices] == list(Strategy)


def test_nobody_rings_twice() -> None:
    assert codes(members="101, 100,101") == ["value.repeated"]


@pytest.mark.parametrize("number", ["60 0", "6*", "+60", ""])
def test_numbers_that_no_group_has(number: str) -> None:
    errors, _ = KIND.check(number, {**GROUP, "number": number}, None)
    assert errors


@pytest.mark.parametrize("destination", ["600", "group:600"])
def test_a_group_does_not_go_on_to_itself(destination: str) -> None:
    assert codes(on_no_answer=destination) == ["ring_group.itself"]
    assert codes(on_no_answer="group:601") == []


def test_members_and_destination_are_references() -> None:
    record = {"number": "600", "members": "101, 100", "on_no_answer": "voicemail:102"}
    assert KIND.references(record) == [
        Reference("members", "extension", "101"),
        Reference("members", "extension", "100"),
        Reference("on_no_answer", "extension", "102"),
    ]


def test_an_emergency_number_is_mentioned() -> None:
    assert [each.code for each in KIND.warnings({"number": "110"})] == ["ring_group.emergency_number"]
    assert KIND.warnings({"number": "600"}) == []
