"""What to bind, and which of our addresses a peer sees."""

from __future__ import annotations

import socket

import pytest

from app.errors import UserError
from app.net.addresses import (
    LocalAddresses,
    family_of,
    from_socket,
    is_numeric,
    own_addresses,
    parse_bind,
    probe_local,
)
from app.sip.flow import Address


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("192.0.2.1", True),
        ("::1", True),
        ("[::1]", True),
        ("fe80::1%eth0", True),
        ("a.example", False),
        ("", False),
    ],
)
def test_numbers_are_told_from_names(host: str, expected: bool) -> None:
    assert is_numeric(host) is expected


def test_the_family_follows_from_the_colon() -> None:
    assert family_of("::1") == socket.AF_INET6
    assert family_of("127.0.0.1") == socket.AF_INET


def test_bind_takes_one_or_several_addresses() -> None:
    assert parse_bind("0.0.0.0") == ("0.0.0.0",)
    assert parse_bind("0.0.0.0, [::], 0.0.0.0") == ("0.0.0.0", "::")


@pytest.mark.parametrize("text", ["", "localhost", "0.0.0.0;::", "1.2.3"])
def test_bind_refuses_what_is_no_address(text: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_bind(text)
    assert caught.value.code == "net.bind_address"
    assert caught.value.field == "bind"


def test_a_zone_is_kept() -> None:
    assert from_socket(("fe80::1", 5060, 0, 3)) == Address("fe80::1%3", 5060)
    assert from_socket(("::1", 5060, 0, 0)) == Address("::1", 5060)
    assert from_socket(("127.0.0.1", 5060)) == Address("127.0.0.1", 5060)


def test_the_kernel_tells_our_address_toward_a_peer() -> None:
    assert probe_local("127.0.0.1") == "127.0.0.1"
    assert probe_local("::1") == "::1"


def test_without_a_route_the_loopback_address_stands_in() -> None:
    # A multicast scope without an interface has no route on any machine.
    assert probe_local("ff02::1%0") in ("::1", probe_local("::1"))


def test_addresses_are_remembered_for_a_while_and_until_the_network_changes() -> None:
    now = 0.0
    asked: list[str] = []

    def probe(host: str) -> str:
        asked.append(host)
        return f"192.0.2.{len(asked)}"

    local = LocalAddresses(lambda: now, probe)
    assert local.toward("198.51.100.7") == "192.0.2.1"
    now = 59.0
    assert local.toward("198.51.100.7") == "192.0.2.1"
    now = 61.0
    assert local.toward("198.51.100.7") == "192.0.2.2"
    local.refresh()
    assert local.toward("198.51.100.7") == "192.0.2.3"
    assert len(asked) == 3


def test_own_addresses_hold_the_loopback_and_no_repeats() -> None:
    found = own_addresses()
    assert {"127.0.0.1", "::1"} <= set(found)
    assert len(found) == len(set(found))
