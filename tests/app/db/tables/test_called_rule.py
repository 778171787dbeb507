"""Rules for called numbers: each route with its target."""

from __future__ import annotations

import pytest

from app.db.kind import Reference
from app.db.tables.called_rule import KIND


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"route_kind": "line"}, "route_target"),
        ({"route_kind": "trunk"}, "route_target"),
        ({"route_kind": "line_group"}, "route_target"),
        ({"route_kind": "service"}, "route_target"),
        ({"route_kind": "service", "route_target": "planet:mars"}, "route_target"),
        ({"route_kind": "local", "route_target": "x"}, "route_target"),
        ({"route_kind": "refuse", "route_target": "x"}, "route_target"),
        ({"called_prefix": "abc"}, "called_prefix"),
        ({"caller_prefix": "a b"}, "caller_prefix"),
        ({"call_level": "0"}, "call_level"),
        ({"call_level": "100"}, "call_level"),
        ({"route_kind": "moon"}, "route_kind"),
    ],
)
def test_what_is_refused_names_its_field(values: dict[str, str], field: str) -> None:
    errors, _ = KIND.check("1", values, None)
    assert [error.field for error in errors] == [field]


def test_a_rule_names_its_transition_condition_and_target() -> None:
    given = {"route_kind": "trunk", "route_target": "a", "transition": "t", "time_condition": "office"}
    errors, values = KIND.check("1", given, None)
    assert not errors
    assert KIND.references(values) == [
        Reference("transition", "transition", "t"),
        Reference("time_condition", "time_condition", "office"),
        Reference("route_target", "trunk", "a"),
    ]
    errors, values = KIND.check("1", {"route_kind": "line_group", "route_target": "g"}, None)
    assert not errors
    assert KIND.references(values) == []


def test_a_rule_without_a_level_is_for_everybody() -> None:
    _, values = KIND.check("1", {}, None)
    assert (values["call_level"], values["called_prefix"], values["enabled"]) == (None, "*", True)


def test_an_id_is_a_short_name() -> None:
    errors, _ = KIND.check("a b", {}, None)
    assert [error.field for error in errors] == ["id"]
