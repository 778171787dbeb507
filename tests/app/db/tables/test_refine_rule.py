"""Refine rules: of a group, of a trunk, of all."""

from __future__ import annotations

import pytest

from app.db.kind import Reference
from app.db.tables.refine_rule import KIND


def test_a_trunk_is_named_and_a_group_is_not_a_record() -> None:
    errors, values = KIND.check("1", {"outgoing_group": "trunk:a", "transition": "t"}, None)
    assert not errors
    assert KIND.references(values) == [
        Reference("transition", "transition", "t"),
        Reference("outgoing_group", "trunk", "a"),
    ]
    _, values = KIND.check("1", {"outgoing_group": "1", "transition": "t"}, None)
    assert [each.kind for each in KIND.references(values)] == ["transition"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"transition": ""}, "transition"),
        ({}, "transition"),
        ({"transition": "t", "outgoing_group": "line:a"}, "outgoing_group"),
        ({"transition": "t", "outgoing_group": "trunk:"}, "outgoing_group"),
        ({"transition": "t", "called_prefix": "x"}, "called_prefix"),
    ],
)
def test_what_is_refused_names_its_field(values: dict[str, str], field: str) -> None:
    errors, _ = KIND.check("1", values, None)
    assert [error.field for error in errors] == [field]
