from __future__ import annotations

import asyncio

import pytest

from app.services.actions import OutKind, OutRoute
from app.services.directory import LocalMedia, Settings
from app.services.outgoing_leg import NoWay, _as_known_there, line_leg, trunk_leg
from app.services.outside import Line, Rel100
from app.sip.flow import Flow
from app.sip.uri import SipUri
from app.variables import Variables
from tests.support.carrier_quirks import CarrierQuirks
from tests.support.office import in_virtual_time
from tests.support.outside_office import OutsideOffice, line_to, trunk_to

LINE_ROUTE = OutRoute(kind=OutKind.LINE, name="carrier", number="10086")
TRUNK_ROUTE = OutRoute(kind=OutKind.TRUNK, name="trunk", number="10086", caller_number="101")


@in_virtual_time
async def test_the_leg_of_a_line() -> None:
    async with OutsideOffice(variables=Variables(silence_s=5)) as office:
        await office.with_line(rel100=Rel100.REQUIRED, session_timer=False, codecs=("PCMA",))
        gateway, directory = office.exchange.gateway, office.holder.current
        line = gateway.lines.get("carrier")
        assert line is not None
        leg = await line_leg(gateway, directory, line, LINE_ROUTE, media_mode="auto", is_last=False)
        outbound = leg.outbound
        assert outbound is not None
        assert leg.flow == line.flow == outbound.flows[0]
        assert outbound.credentials is not None
        assert (outbound.has_rel100, outbound.needs_rel100, outbound.session_expires) == (True, True, 0)
        assert (outbound.sound.codecs, outbound.sound.has_video) == (("PCMA",), False)
        assert (outbound.media_mode, outbound.patience_s) == ("relay", 5)
        assert outbound.contact_user == "87654321"
        last = await line_leg(gateway, directory, line, LINE_ROUTE, media_mode="auto", is_last=True)
        assert last.outbound is not None
        assert last.outbound.patience_s == 0


@pytest.mark.parametrize(
    ("relays", "local", "mode"),
    [(True, LocalMedia.DIRECT, "relay"), (False, LocalMedia.DIRECT, ""), (False, LocalMedia.AUTO, "")],
)
@in_virtual_time
async def test_a_trunk_relays_as_its_own_record_says(relays: bool, local: LocalMedia, mode: str) -> None:
    async with OutsideOffice(settings=Settings(local_media=local)) as office:
        carrier = await office.carrier(quirks=CarrierQuirks(challenges=False))
        office.set_trunks(trunk_to(carrier, relay_media=relays))
        gateway = office.exchange.gateway
        trunk = gateway.trunks.get("trunk")
        assert trunk is not None
        leg = await trunk_leg(gateway, office.holder.current, trunk, TRUNK_ROUTE, is_last=True)
        assert leg.outbound is not None
        assert leg.outbound.media_mode == mode
        assert leg.outbound.credentials is None
        assert leg.outbound.from_ == "<sip:101@10.0.0.1>"


@pytest.mark.parametrize(
    ("associated", "identity"),
    [
        ((), ("100", "example.net")),
        (("<sip:100@example.net>", "<sip:200@ims.example>"), ("100", "example.net")),
        (("<sip:200@ims.example>", "<sip:300@ims.example>"), ("200", "ims.example")),
        (("<tel:+200>", "<sip:300@ims.example>"), ("300", "ims.example")),
        (("<tel:+200>", "<broken"), ("100", "example.net")),
    ],
)
def test_the_identity_that_the_carrier_lists(associated: tuple[str, ...], identity: tuple[str, str]) -> None:
    line = Line(name="carrier", user="100", domain="example.net")
    known = _as_known_there(line, associated)
    assert (known.identity_user, known.identity_domain) == identity
    chosen = Line(name="carrier", user="100", domain="example.net", from_user="555")
    assert _as_known_there(chosen, associated) is chosen


@pytest.mark.logs("trunk: unreachable")
@in_virtual_time
async def test_where_nothing_leads_the_reason_is_told() -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier()

        async def nothing(uri: SipUri, outlet: str = "") -> tuple[Flow, ...]:
            return ()

        office.endpoint.flows = nothing  # type: ignore[method-assign]
        office.set_lines(line_to(carrier, register=False, proxy="gone.example"))
        office.set_trunks(trunk_to(carrier, address="gone.example"))
        await asyncio.sleep(1)
        gateway, directory = office.exchange.gateway, office.holder.current
        line, trunk = gateway.lines.get("carrier"), gateway.trunks.get("trunk")
        assert line is not None
        assert trunk is not None
        with pytest.raises(NoWay, match=r"gone\.example does not resolve"):
            await line_leg(gateway, directory, line, LINE_ROUTE, media_mode="auto", is_last=True)
        with pytest.raises(NoWay, match=r"gone\.example does not resolve"):
            await trunk_leg(gateway, directory, trunk, TRUNK_ROUTE, is_last=True)
        bare = directory.replaced(trunks={})
        office.endpoint.flows = type(office.endpoint).flows.__get__(office.endpoint)  # type: ignore[method-assign]
        office.set_trunks(trunk_to(carrier))
        trunk = gateway.trunks.get("trunk")
        assert trunk is not None
        with pytest.raises(NoWay, match="record is gone"):
            await trunk_leg(gateway, bare, trunk, TRUNK_ROUTE, is_last=True)
