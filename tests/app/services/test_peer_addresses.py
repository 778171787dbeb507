"""Whose address it is: networks as given, and names that lead elsewhere as time passes."""

from __future__ import annotations

import asyncio
import ipaddress
from typing import Any

import pytest

from app.net.resolver import Target
from app.services.peer_addresses import PeerAddresses, plain_host, within
from app.sip.flow import Address, Flow, Transport
from app.sip.uri import SipUri
from tests.support.office import in_virtual_time


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


class Names:
    """A network whose names lead where a test says."""

    def __init__(self, **hosts: str) -> None:
        self.hosts = hosts
        self.asked: list[tuple[str, str]] = []

    async def find(self, uri: SipUri, outlet: str = "") -> tuple[Target, ...]:
        self.asked.append((uri.host, outlet))
        host = self.hosts.get(uri.host)
        return (Target(Transport.UDP, Address(host, 5060), uri.host),) if host else ()


def watch(names: Any, changes: list[frozenset[str]], **options: Any) -> PeerAddresses:
    uris = [SipUri.of("", name) for name in ("one", "two")]
    addresses = PeerAddresses(
        names, uris, every_s=60, changed=lambda: changes.append(addresses.hosts), **options
    )
    return addresses


@in_virtual_time
async def test_names_are_followed_where_they_lead() -> None:
    names, changes = Names(one="192.0.2.1", two="::ffff:192.0.2.2"), list[frozenset[str]]()
    addresses = watch(names, changes, outlet="dns")
    addresses.start()
    addresses.start()
    await asyncio.sleep(1)
    assert names.asked == [("one", "dns"), ("two", "dns")]
    assert addresses.holds("192.0.2.2")
    names.hosts = {"one": "192.0.2.7"}  # and the DNS says nothing of the other
    await asyncio.sleep(200)
    assert changes == [{"192.0.2.1", "192.0.2.2"}, {"192.0.2.7", "192.0.2.2"}]
    assert not addresses.holds("192.0.2.1")
    names.hosts = {"one": "192.0.2.8"}
    addresses.refresh()
    await asyncio.sleep(1)
    assert addresses.holds("192.0.2.8")
    asked = len(names.asked)
    addresses.stop()
    await asyncio.sleep(200)
    assert len(names.asked) == asked
    assert addresses.holds("192.0.2.8")


@in_virtual_time
async def test_the_very_address_is_told_from_one_of_the_network() -> None:
    networks = (ipaddress.ip_network("198.51.100.0/24"),)
    addresses = watch(Names(one="192.0.2.1"), [], networks=networks)
    addresses.start()
    await asyncio.sleep(1)
    local = Address("10.0.0.1", 5060)
    for remote, is_peer, is_exactly in (
        (Address("192.0.2.1", 5060), True, True),
        (Address("192.0.2.1", 5070), True, False),
        (Address("198.51.100.9", 5060), True, False),
        (Address("203.0.113.1", 5060), False, False),
    ):
        assert addresses.holds(remote.host) is is_peer
        assert addresses.is_exactly(Flow(Transport.UDP, local, remote)) is is_exactly
    assert addresses.networks == networks
    addresses.stop()


@in_virtual_time
async def test_without_names_nothing_is_asked() -> None:
    names = Names()
    addresses = PeerAddresses(names, (), (ipaddress.ip_network("192.0.2.0/24"),), every_s=60)  # type: ignore[arg-type]
    addresses.start()
    await asyncio.sleep(100)
    assert names.asked == []
    assert addresses.holds("192.0.2.5")
