from __future__ import annotations

import ipaddress

import pytest

from app.services.peer_addresses import plain_host, within


@pytest.mark.parametrize(
    ("host", "plain"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::1"),
        ("2001:db8::1", "2001:db8::1"),
    ],
)
def test_one_address_in_its_plain_form(host: str, plain: str) -> None:
    assert plain_host(host) == plain


@pytest.mark.parametrize(
    ("host", "inside"),
    [
        ("192.0.2.9", True),
        ("192.0.3.9", False),
        ("2001:db8::7", True),
        ("2001:db9::7", False),
        ("name", False),
    ],
)
def test_networks_of_both_families(host: str, inside: bool) -> None:
    networks = (ipaddress.ip_network("192.0.2.0/24"), ipaddress.ip_network("2001:db8::/32"))
    assert within(host, networks) is inside
