"""Who is outside, and what they are told; on a simulated wire where the addresses stand in the messages."""

from __future__ import annotations

import asyncio
import logging

import pytest

from app.net.public_address import PublicAddress, is_outside
from app.sip.events import Rejected, RequestReceived, ResponseReceived
from app.sip.flow import Address, Flow, Transport
from app.sip.message import Request
from app.sip.uri import SipUri
from tests.app.net.test_sip_endpoint import node, tcp
from tests.support.office import SERVER, Office, in_virtual_time
from tests.support.outside_office import OutsideOffice
from tests.support.phone import PhoneCall, answering

LOCAL = Address("10.0.0.1", 5062)
PUBLIC = "203.0.113.7"


@pytest.mark.parametrize(
    ("remote", "local", "public", "expected"),
    [
        ("8.8.8.8", "192.168.1.2", "9.9.9.9", True),
        ("192.168.1.30", "192.168.1.2", "9.9.9.9", False),
        ("10.20.0.5", "192.168.1.2", "9.9.9.9", False),  # another office behind a VPN
        ("100.64.3.2", "192.168.1.2", "9.9.9.9", False),
        ("8.8.8.8", "9.9.9.9", "9.9.9.10", False),  # no router stands between
        ("2606:4700::1", "fd00::2", "2606:4700::9", True),
        ("fe80::1%eth0", "fe80::2", "2606:4700::9", False),
        ("not-an-address", "192.168.1.2", "9.9.9.9", False),
        # The router's other side is a carrier's own network.
        ("10.200.1.1", "192.168.1.2", "10.55.1.2", True),
        ("100.64.3.2", "192.168.1.2", "100.71.1.2", True),
        ("192.168.1.30", "192.168.1.2", "10.55.1.2", False),
        ("192.168.7.30", "192.168.1.2", "10.55.1.2", False),
        ("8.8.8.8", "192.168.1.2", "10.55.1.2", True),
    ],
)
def test_who_is_outside(remote: str, local: str, public: str, expected: bool) -> None:
    assert is_outside(remote, local, public) is expected


class Names:
    """A DNS whose answer a test can change; how often anything changed is counted."""

    def __init__(self, *hosts: str) -> None:
        self.hosts = hosts
        self.changes = 0
        self.public = PublicAddress(self.find, self.changed, lambda remote, local, public: True)

    async def find(self, name: str) -> tuple[str, ...]:
        assert name == "pbx.example.com"
        return self.hosts

    def changed(self) -> None:
        self.changes += 1


async def test_an_address_counts_at_once_for_its_family_only() -> None:
    names = Names()
    names.public.set(PUBLIC)
    assert names.public.toward(LOCAL, "8.8.8.8") == Address(PUBLIC, 5062)
    assert names.public.toward(Address("fd00::1", 5062), "2606:4700::1") is None
    names.public.set("[2001:db8::7]")
    assert names.public.toward(LOCAL, "8.8.8.8") is None
    assert names.public.toward(Address("fd00::1", 5062), "2606:4700::1") == Address("2001:db8::7", 5062)
    names.public.set("")
    names.public.set("")
    assert names.public.toward(Address("fd00::1", 5062), "2606:4700::1") is None
    assert names.changes == 3


async def test_a_name_is_looked_up_and_looked_up_again(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "app.net.public_address")
    names = Names("198.51.100.1", "198.51.100.2", "2001:db8::7")
    names.public.set("pbx.example.com")
    assert names.public.toward(LOCAL, "8.8.8.8") is None
    await asyncio.sleep(0)
    assert names.public.toward(LOCAL, "8.8.8.8") == Address("198.51.100.1", 5062)
    assert names.public.toward(LOCAL, "2606:4700::1") == Address("2001:db8::7", 5062)
    names.hosts = ()  # the DNS is down: what was known goes on to count
    names.public.refresh()
    await asyncio.sleep(0)
    assert names.public.toward(LOCAL, "8.8.8.8") == Address("198.51.100.1", 5062)
    names.hosts = ("198.51.100.9",)
    names.public.refresh()
    await asyncio.sleep(0)
    assert names.public.toward(LOCAL, "8.8.8.8") == Address("198.51.100.9", 5062)
    assert names.changes == 2
    names.public.refresh()
    await names.public.close()


class Gate:
    """The router's public side on the wire: what is sent there reaches the server, from whom it came."""

    def __init__(self, office: Office) -> None:
        self.office = office
        office.wire.attach(Address(PUBLIC, SERVER.port), self)

    def datagram_received(self, data: bytes, remote: Address) -> None:
        self.office.wire.send(data, Address(*remote), SERVER)

    def peer_unreachable(self, remote: Address, reason: str) -> None:
        raise AssertionError(reason)


def outside_of(office: Office) -> None:
    office.endpoint.public.outside = lambda remote, local, public: remote.startswith("10.0.9.")
    Gate(office)


def told(call: PhoneCall) -> tuple[str, str, str]:
    """What a called phone was told of us: in the Via, the Contact and the o= and c= lines."""
    request = call.request
    assert request is not None
    assert call.remote_sdp is not None
    lines = call.remote_sdp.decode().splitlines()
    origin = next(line for line in lines if line.startswith("o=")).rpartition(" ")[2]
    assert next(line for line in lines if line.startswith("c=")).endswith(origin)
    return request.via.host, contact_host(request), origin


def contact_host(request: Request) -> str:
    uri = request.contacts[0].uri
    assert isinstance(uri, SipUri)
    return uri.host


@in_virtual_time
async def test_only_phones_outside_are_told_the_public_address() -> None:
    async with Office() as office:
        outside_of(office)
        office.endpoint.public.set(PUBLIC)
        inside = await office.phone("100")
        outside = await office.phone("101", host="10.0.9.1")
        far_call = inside.call("101")
        called = await outside.incoming()
        assert told(called) == (PUBLIC, PUBLIC, PUBLIC)
        called.answer()
        await far_call.until_true(lambda: far_call.status == 200)
        assert far_call.remote_target[0] == SERVER.host
        called.hang_up()  # over the Contact, which is the router's
        await far_call.until_ended()

        inside.behavior = answering
        near_call = outside.call("100")
        await near_call.until_true(lambda: near_call.status == 200)
        assert near_call.remote_target[0] == PUBLIC
        near_call.hang_up()
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_a_line_tells_its_carrier_the_new_address() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line()
        outside_of(office)
        assert office.line("carrier").contact == "sip:87654321@10.0.0.1:5060"
        office.endpoint.public.set(PUBLIC)
        await asyncio.sleep(11)
        assert carrier.registrar.accepted == 2
        assert office.line("carrier").contact == f"sip:87654321@{PUBLIC}:5060"
        await asyncio.sleep(11)
        assert carrier.registrar.accepted == 2


@in_virtual_time
async def test_a_change_counts_for_the_next_call_of_a_phone_registered_before() -> None:
    async with Office() as office:
        outside_of(office)
        inside = await office.phone("100")
        outside = await office.phone("101", host="10.0.9.1")
        seen = []
        for address in ("", PUBLIC, ""):
            office.endpoint.public.set(address)
            call = inside.call("101")
            called = await outside.incoming()
            request = called.request
            assert request is not None
            seen.append((request.via.host, contact_host(request)))
            called.reject()
            await call.until(Rejected)
        assert seen == [(SERVER.host, SERVER.host), (PUBLIC, PUBLIC), (SERVER.host, SERVER.host)]


async def test_an_open_connection_shows_the_address_of_now() -> None:
    async with node(tcp()) as us, node(tcp()) as peer:
        us.on_event = us.answer_options
        us.endpoint.public.outside = lambda remote, local, public: True
        flows: list[Flow] = []
        for address in ("", "127.0.0.9", ""):
            us.endpoint.public.set(address)
            peer.ask(f"sip:us@{us.bound[Transport.TCP]};transport=tcp")
            flows.append((await us.next_of(RequestReceived)).flow)
            await peer.next_of(ResponseReceived)
            for each in (us, peer):
                each.events.clear()
            assert not us.endpoint.has_moved(flows[-1])
        assert flows[0] == flows[1] == flows[2]  # one connection, whatever we are called
        assert [flow.shown.host for flow in flows] == ["127.0.0.1", "127.0.0.9", "127.0.0.1"]
        assert us.endpoint.has_moved(flows[1])
