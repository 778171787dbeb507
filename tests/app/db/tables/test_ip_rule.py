"""Entries of the address list."""

from __future__ import annotations

import pytest

from app.db.tables.ip_rule import KIND


@pytest.mark.parametrize("address", ["192.0.2.1", "192.0.2.0/24", "2001:db8::1", "2001:db8::/32"])
def test_addresses_and_networks_of_both_sorts(address: str) -> None:
    errors, values = KIND.check("1", {"address": address}, None)
    assert not errors
    assert (values["address"], values["verdict"]) == (address, "reject")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "address"),
        ({"address": "192.0.2.1, 192.0.2.2"}, "address"),
        ({"address": "host.example"}, "address"),
        ({"address": "192.0.2.1/24"}, "address"),
        ({"address": "192.0.2.1", "verdict": "maybe"}, "verdict"),
    ],
)
def test_what_is_refused_names_its_field(values: dict[str, str], field: str) -> None:
    errors, _ = KIND.check("1", values, None)
    assert [error.field for error in errors] == [field]


def test_rejecting_everyone_is_to_be_thought_about() -> None:
    _, values = KIND.check("1", {"address": "0.0.0.0/0"}, None)
    assert [caution.code for caution in KIND.warnings(values)] == ["ip_rule.everyone"]
    _, values = KIND.check("1", {"address": "0.0.0.0/0", "verdict": "accept"}, None)
    assert KIND.warnings(values) == []
