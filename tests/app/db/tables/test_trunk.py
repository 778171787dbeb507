"""SIP trunks: addresses, limits, and who takes over."""

from __future__ import annotations

from typing import Any

import pytest

from app.db.tables.trunk import KIND, SPEC


def check(**values: Any) -> tuple[list[str | None], dict[str, Any]]:
    errors, checked = KIND.check("branch", {"address": "198.51.100.7", **values}, None)
    return [error.field for error in errors], dict(checked)


def test_s5_empty_is_unlimited_and_zero_forbids_each_direction_by_itself() -> None:
    assert check()[1]["max_incoming"] is None
    assert check()[1]["max_outgoing"] is None
    checked = check(max_incoming="0", max_outgoing="2")[1]
    assert (checked["max_incoming"], checked["max_outgoing"]) == (0, 2)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"address": ""}, "address"),
        ({"address": "198.51.100.7:5060"}, "address"),
        ({"port": "70000"}, "port"),
        ({"max_incoming": "-1"}, "max_incoming"),
        ({"trusted_addresses": "0.0.0.0/0"}, "trusted_addresses"),
        ({"trusted_addresses": "203.0.113.5/24"}, "trusted_addresses"),
        ({"trusted_addresses": "a b"}, "trusted_addresses"),
        ({"unified_caller": "me"}, "unified_caller"),
        ({"request_uri_params": "a b"}, "request_uri_params"),
        ({"next_trunk": "branch"}, "next_trunk"),
        ({"options_ping": "maybe"}, "options_ping"),
    ],
)
def test_what_is_refused_names_its_field(values: dict[str, str], field: str) -> None:
    assert check(**values)[0] == [field]


def test_a_peer_may_have_names_networks_and_addresses() -> None:
    assert check(trusted_addresses="203.0.113.0/28, sbc.example.com, 2001:db8::1")[0] == []
    assert check(address="sbc.example.com")[0] == []


def test_what_to_think_about_again() -> None:
    def cautions(**values: Any) -> list[str]:
        return [each.code for each in KIND.warnings(check(**values)[1])]

    assert cautions() == []
    assert cautions(max_incoming="0", max_outgoing="0") == ["trunk.no_calls"]
    assert cautions(max_incoming="0") == []
    assert cautions(transit="yes") == ["trunk.transit"]


def test_the_tabs_are_those_of_the_dialog() -> None:
    groups = list(dict.fromkeys(field.group for field in SPEC.fields))
    assert groups == ["Basic", "Incoming call", "Outgoing call"]
    assert all(field.help.endswith(".") for field in SPEC.fields)
