"""Transitions that change something."""

from __future__ import annotations

import pytest

from app.db.tables.transition import KIND


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"operation": "delete"}, "length"),
        ({"operation": "insert"}, "string"),
        ({"operation": "replace"}, "length"),
        ({"operation": "turn"}, "operation"),
        ({"length": "1", "string": "ab"}, "string"),
        ({"length": "65"}, "length"),
        ({"start": "-1", "length": "1"}, "start"),
    ],
)
def test_what_is_refused_names_its_field(values: dict[str, str], field: str) -> None:
    errors, _ = KIND.check("t", values, None)
    assert [error.field for error in errors] == [field]


@pytest.mark.parametrize(
    "values",
    [
        {"operation": "replace", "length": "1", "string": "0086"},
        {"operation": "replace", "length": "1"},
        {"operation": "insert", "string": "+86"},
        {"operation": "insert", "string": "+"},
        {"operation": "replace", "length": "2", "string": "+"},
        {"operation": "delete", "start": "3", "length": "2"},
    ],
)
def test_what_is_accepted(values: dict[str, str]) -> None:
    errors, _ = KIND.check("t", values, None)
    assert errors == []
