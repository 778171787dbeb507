"""Peers, addresses and numbers as traces and people write them."""

from __future__ import annotations

import pytest

from app.diagnosis.peers import (
    Peer,
    host_of,
    in_networks,
    is_address,
    is_private,
    is_public,
    number_of,
    peer_of,
    same_number,
)


@pytest.mark.parametrize(
    ("text", "peer"),
    [
        ("192.0.2.1:5060/udp", Peer("192.0.2.1", 5060, "udp")),
        ("192.0.2.1:5061/TLS", Peer("192.0.2.1", 5061, "tls")),
        ("tcp:192.0.2.1:5060", Peer("192.0.2.1", 5060, "tcp")),
        ("[2001:db8::1]:5060/udp", Peer("2001:db8::1", 5060, "udp")),
        ("2001:db8::1", Peer("2001:db8::1", 0, "")),
        ("Carrier.example.", Peer("carrier.example", 0, "")),
        ("", Peer("", 0, "")),
        ("host:port/udp", Peer("host", 0, "udp")),
    ],
)
def test_peers(text: str, peer: Peer) -> None:
    assert peer_of(text) == peer


def test_hosts_of_uris() -> None:
    assert host_of("sip:user@[2001:db8::1]:5060;lr") == "2001:db8::1"
    assert host_of("sips://example.net/") == "example.net"


def test_private_and_public() -> None:
    assert [
        is_private(host) for host in ("192.168.0.1", "100.64.3.2", "fd00::1", "198.51.100.1", "name")
    ] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert is_public("198.51.100.1")
    assert not is_public("0.0.0.0")
    assert not is_public("example.net")
    assert is_address("::1")
    assert in_networks("203.0.113.9", ("203.0.113.0/24",))
    assert in_networks("gw.example", ("gw.example",))
    assert not in_networks("203.0.114.9", ("203.0.113.0/24", "nonsense/99"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("+4930123456", "030123456", True),
        ("004930123456", "4930123456", True),
        ("abc", "ABC", True),
        ("101", "4930123101", False),
        ("4930123456", "4930123457", False),
        ("", "", False),
        ("4930123456;phone-context=x", "+49 30 123-456", True),
    ],
)
def test_one_number_in_several_writings(one: str, other: str, same: bool) -> None:
    assert same_number(one, other) is same


def test_names_are_no_numbers() -> None:
    assert number_of("alice") == ""
    assert number_of("+49 (30) 12-34") == "+49301234"
