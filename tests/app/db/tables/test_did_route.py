"""DID routes: number, destination, and where else at other times."""

from __future__ import annotations

import pytest

from app.db.kind import Reference
from app.db.tables.did_route import KIND


def test_a_route_names_line_condition_and_destinations() -> None:
    given = {
        "line": "telecom",
        "destination": "extension:100",
        "time_condition": "office",
        "else_destination": "101",
    }
    errors, values = KIND.check("+862512345600", given, None)
    assert not errors
    assert KIND.references(values) == [
        Reference("line", "line", "telecom"),
        Reference("time_condition", "time_condition", "office"),
        Reference("destination", "extension", "100"),
        Reference("else_destination", "extension", "101", False),
    ]
    assert "extension" in KIND.refers_to


@pytest.mark.parametrize(
    ("key", "values", "field"),
    [
        ("1", {}, "destination"),
        ("x", {"destination": "100"}, "number"),
        ("1", {"destination": "planet:mars"}, "destination"),
        ("1", {"destination": "100", "else_destination": "101"}, "time_condition"),
    ],
)
def test_what_is_refused_names_its_field(key: str, values: dict[str, str], field: str) -> None:
    errors, _ = KIND.check(key, values, None)
    assert [error.field for error in errors] == [field]


def test_a_star_is_every_number() -> None:
    errors, _ = KIND.check("*", {"destination": "100"}, None)
    assert errors == []
