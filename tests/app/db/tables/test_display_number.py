"""Caller display numbers."""

from __future__ import annotations

import pytest

from app.db.tables.display_number import KIND


def test_a_number_is_replaced_unless_both_are_wanted() -> None:
    errors, values = KIND.check("101", {"shown": "02512345600"}, None)
    assert not errors
    assert values["mode"] == "replace"
    _, values = KIND.check("101", {"shown": "02512345600", "mode": "both"}, None)
    assert values["mode"] == "both"


@pytest.mark.parametrize(
    ("key", "values", "field"),
    [
        ("101", {}, "shown"),
        ("101", {"shown": "me"}, "shown"),
        ("alice", {"shown": "1"}, "caller"),
        ("101", {"shown": "1", "mode": "hide"}, "mode"),
    ],
)
def test_what_is_refused_names_its_field(key: str, values: dict[str, str], field: str) -> None:
    errors, _ = KIND.check(key, values, None)
    assert [error.field for error in errors] == [field]
