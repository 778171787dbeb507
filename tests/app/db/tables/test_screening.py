"""Entries of the number list."""

from __future__ import annotations

import pytest

from app.db.tables.screening import KIND


def test_s7_the_entry_of_the_notes() -> None:
    errors, values = KIND.check(
        "1", {"caller_prefix": "anonymous", "called_prefix": "*", "rate": "100"}, None
    )
    assert not errors
    assert values == {
        "id": "1",
        "caller_prefix": "anonymous",
        "called_prefix": "*",
        "rate": 100,
        "description": "",
    }


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"rate": "101"}, "rate"),
        ({"rate": "-1"}, "rate"),
        ({"rate": "all"}, "rate"),
        ({"called_prefix": "anonymous"}, "called_prefix"),
        ({"caller_prefix": "a b"}, "caller_prefix"),
    ],
)
def test_what_is_refused_names_its_field(values: dict[str, str], field: str) -> None:
    errors, _ = KIND.check("1", values, None)
    assert [error.field for error in errors] == [field]
