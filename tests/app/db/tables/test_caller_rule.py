"""Rules for callers' numbers."""

from __future__ import annotations

import pytest

from app.db.tables.caller_rule import KIND


def test_a_rule_may_change_the_number_the_levels_or_both() -> None:
    errors, values = KIND.check("1", {"caller_prefix": "+86", "call_levels": "1-3"}, None)
    assert not errors
    assert (values["caller_prefix"], values["transition"], values["call_levels"]) == ("+86", "", "1-3")


@pytest.mark.parametrize(
    ("values", "field"), [({"caller_prefix": "a b"}, "caller_prefix"), ({"call_levels": "x"}, "call_levels")]
)
def test_what_is_refused_names_its_field(values: dict[str, str], field: str) -> None:
    errors, _ = KIND.check("1", values, None)
    assert [error.field for error in errors] == [field]
