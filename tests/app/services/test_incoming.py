from __future__ import annotations

from typing import Any

import pytest

from app.services.directory import LocalMedia, Settings
from app.services.incoming import Guest, Outsider, TurnedAway, called_number, calling_number, line_media
from app.services.outside import DidSource, Line
from app.sip.flow import Address, Flow, Transport
from app.sip.message import Request
from app.variables import Variables
from tests.support.carrier_quirks import CarrierQuirks
from tests.support.office import extension, in_virtual_time
from tests.support.outside_office import OutsideOffice, line_to, trunk_to

PEER = CarrierQuirks(challenges=False)


def invite(
    uri: str, *, from_: str = "<sip:138@carrier.example>", to: str = "<sip:100@x>", **more: str
) -> Request:
    request = Request("INVITE", uri)
    request.add("From", f"{from_};tag=1")
    request.add("To", to)
    for name, value in more.items():
        request.add(name.replace("_", "-"), value)
    return request


ACCOUNT = "sip:87654321@10.0.0.1:5060"


@pytest.mark.parametrize(
    ("source", "request_", "number"),
    [
        (DidSource.REQUEST_URI, invite("sip:200@10.0.0.1"), "200"),
        (DidSource.REQUEST_URI, invite("tel:+8610200"), "+8610200"),
        (DidSource.REQUEST_URI, invite("sip:200;phone-context=x@10.0.0.1"), "200"),
        (DidSource.TO, invite(ACCOUNT, to="<sip:300@x>"), "300"),
        (DidSource.TO, invite(ACCOUNT, to="<sip:x>"), "87654321"),
        (DidSource.P_CALLED_PARTY_ID, invite(ACCOUNT, P_Called_Party_ID="<sip:400@x>"), "400"),
        (DidSource.P_CALLED_PARTY_ID, invite(ACCOUNT), "87654321"),
        (DidSource.PPI, invite(ACCOUNT, P_Preferred_Identity="<tel:500>"), "500"),
        (
            DidSource.DIVERSION,
            invite(ACCOUNT, Diversion="<sip:600@x>;reason=no-answer, <sip:1@x>"),
            "600",
        ),
        (DidSource.DIVERSION, invite(ACCOUNT, Diversion="<broken"), "87654321"),
        (DidSource.AUTO, invite(ACCOUNT, to="<sip:300@x>"), "300"),
        (DidSource.AUTO, invite("sip:200@10.0.0.1", to="<sip:300@x>"), "200"),
        (DidSource.AUTO, invite(ACCOUNT, to="<sip:300@x>", P_Called_Party_ID="<sip:400@x>"), "400"),
        (DidSource.AUTO, invite("sip:10.0.0.1", to="<sip:300@x>"), "300"),
    ],
)
def test_where_the_dialled_number_stands(source: DidSource, request_: Request, number: str) -> None:
    line = Line(name="carrier", user="87654321", did_source=source)
    assert called_number(request_, line) == number


@pytest.mark.parametrize(
    ("request_", "shown"),
    [
        (invite(ACCOUNT, from_='"Bob" <sip:138@x>'), ("138", "Bob")),
        (invite(ACCOUNT, from_="<tel:+86138>"), ("+86138", "")),
        (invite(ACCOUNT, P_Asserted_Identity='"Work" <sip:139@x>'), ("139", "Work")),
        (invite(ACCOUNT, P_Asserted_Identity="<broken"), ("138", "")),
        (invite(ACCOUNT, P_Asserted_Identity="<sip:139@x>", Privacy="id"), ("anonymous", "")),
        (invite(ACCOUNT, Privacy="none"), ("138", "")),
        (invite(ACCOUNT, from_="<sip:anonymous@anonymous.invalid>"), ("anonymous", "")),
        (invite(ACCOUNT, from_="<sip:Anonymous@x>"), ("anonymous", "")),
        (invite(ACCOUNT, from_="<sip:x>"), ("anonymous", "")),
    ],
)
def test_who_calls(request_: Request, shown: tuple[str, str]) -> None:
    assert calling_number(request_) == shown


@pytest.mark.parametrize(
    ("local", "relay", "mode"),
    [
        (LocalMedia.AUTO, 1, "relay"),
        (LocalMedia.RELAY, 0, "relay"),
        (LocalMedia.DIRECT, 1, "direct"),
        (LocalMedia.AUTO, 0, "auto"),
    ],
)
def test_the_sound_of_lines_goes_through_us(local: LocalMedia, relay: int, mode: str) -> None:
    assert line_media(local, Variables(relay_lines=relay)) == mode


def flow_from(host: str, port: int = 5060) -> Flow:
    return Flow(Transport.UDP, Address("10.0.0.1", 5060), Address(host, port))


@in_virtual_time
async def test_whose_call_it_is() -> None:
    async with OutsideOffice(extension("100"), extension("101")) as office:
        one = await office.with_line()
        two = await office.carrier(quirks=PEER)
        office.set_trunks(trunk_to(two))
        await office.quiet()
        incoming = office.exchange.gateway.incoming
        by_line, by_trunk = Outsider("line", "carrier"), Outsider("trunk", "trunk")
        call = invite(ACCOUNT)
        assert incoming.identify(call, flow_from(one.address.host)) == by_line
        assert incoming.identify(call, flow_from(one.address.host, 1234)) == by_line
        assert incoming.identify(call, flow_from(two.address.host)) == by_trunk
        assert incoming.identify(call, flow_from("10.0.9.77")) is None
        # A phone that shares the address: told by its number and port, or by credentials of ours.
        phone = invite("sip:100@10.0.0.1", from_="<sip:101@10.0.0.1>")
        assert incoming.identify(phone, flow_from(two.address.host, 40000)) is None
        assert incoming.identify(phone, flow_from(two.address.host)) == by_trunk
        known = invite(
            "sip:100@10.0.0.1",
            Proxy_Authorization='Digest username="7", realm="openmss", nonce="n", uri="sip:x", response="0"',
        )
        assert incoming.identify(known, flow_from(two.address.host)) is None


@in_virtual_time
async def test_lines_of_one_carrier_are_told_apart_by_what_the_call_names() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line()
        office.set_lines(
            line_to(carrier, "first"),
            line_to(carrier, "second", user="222", register=False),
            line_to(carrier, "third", user="333", from_user="0333", register=False),
        )
        await office.quiet()
        incoming = office.exchange.gateway.incoming
        flow = flow_from(carrier.address.host)
        for request, name in (
            (invite("sip:222@10.0.0.1"), "second"),
            (invite("sip:x@10.0.0.1", to="<sip:0333@x>"), "third"),
            (invite("sip:x@10.0.0.1", P_Called_Party_ID="<sip:333@x>"), "third"),
            (invite("sip:x@10.0.0.1"), "first"),
        ):
            assert incoming.identify(request, flow) == Outsider("line", name)


@in_virtual_time
async def test_who_is_let_in() -> None:
    async with OutsideOffice(settings=Settings(local_media=LocalMedia.DIRECT)) as office:
        carrier = await office.carrier(quirks=PEER)
        office.set_trunks(
            trunk_to(carrier, "one", max_incoming=1, relay_media=True),
            trunk_to(carrier, "none", max_incoming=0),
        )
        incoming = office.exchange.gateway.incoming
        call = invite("sip:100@10.0.0.1", from_='"Bob" <sip:138@x>')
        guest = incoming.admit(Outsider("trunk", "one"), call)
        assert isinstance(guest, Guest)
        assert (guest.party.key, guest.party.number, guest.party.display) == ("one", "138", "Bob")
        assert (guest.called, guest.media_mode) == ("100", "relay")
        assert incoming.admit(Outsider("trunk", "one"), call) == TurnedAway(486, "All Lines Busy")
        guest.place.release()
        assert isinstance(incoming.admit(Outsider("trunk", "one"), call), Guest)
        refused: Any = incoming.admit(Outsider("trunk", "none"), call)
        assert refused.status == 403
        for gone in (Outsider("trunk", "gone"), Outsider("line", "gone")):
            assert incoming.admit(gone, call) == TurnedAway(403)


@pytest.mark.parametrize(
    ("proxy", "contact", "is_at_name"),
    [
        ("10.0.0.9", "<sip:138@IMS.example>", True),
        ("10.0.0.9", "<sip:138@10.0.0.9>", False),
        ("", "<sip:138@ims.example>", False),
    ],
)
@in_virtual_time
async def test_a_caller_at_a_logical_name_is_answered_where_it_was_seen(
    proxy: str, contact: str, is_at_name: bool
) -> None:
    async with OutsideOffice() as office:
        office.set_lines(Line(name="ims", user="100", domain="ims.example", proxy=proxy, register=False))
        call = invite("sip:100@10.0.0.1", Contact=contact)
        guest = office.exchange.gateway.incoming.admit(Outsider("line", "ims"), call)
        assert isinstance(guest, Guest)
        assert guest.is_at_name is is_at_name
