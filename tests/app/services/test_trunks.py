from __future__ import annotations

import asyncio
import dataclasses
from types import MappingProxyType

import pytest

from app.events import TrunkChanged, TrunkState
from app.net.resolver import Target
from app.services.outside import OutsideTransport, Trunk
from app.services.trunks import trunk_hop, trunk_tls_name
from app.sip.flow import Address, Transport
from app.sip.uri import SipUri
from app.variables import Variables
from tests.support.carrier_called import answering
from tests.support.carrier_invites import IncomingInvite
from tests.support.carrier_quirks import CarrierQuirks
from tests.support.office import SERVER, in_virtual_time
from tests.support.outside_office import OutsideOffice, outcome, to_trunk, trunk_to
from tests.support.phone import answering as phone_answers

PEER = CarrierQuirks(challenges=False)


@pytest.mark.parametrize(
    ("trunk", "hop"),
    [
        (Trunk(name="a", address="192.0.2.1"), "sip:192.0.2.1:5060;transport=udp"),
        (
            Trunk(name="a", address="gw.example", port=5070, transport=OutsideTransport.TCP),
            "sip:gw.example:5070;transport=tcp",
        ),
        (
            Trunk(name="a", address="2001:db8::1", transport=OutsideTransport.TLS, port=5061),
            "sip:[2001:db8::1]:5061;transport=tls",
        ),
        (Trunk(name="a", address="gw.example", transport=OutsideTransport.AUTO), "sip:gw.example:5060"),
    ],
)
def test_where_calls_to_a_trunk_go(trunk: Trunk, hop: str) -> None:
    assert str(trunk_hop(trunk)) == hop


@pytest.mark.parametrize(
    ("trunk", "name"),
    [
        (Trunk(name="a", address="gw.example", transport=OutsideTransport.TLS), "gw.example"),
        (Trunk(name="a", address="gw.example", transport=OutsideTransport.AUTO), "gw.example"),
        (Trunk(name="a", address="2001:db8::1", transport=OutsideTransport.TLS), "2001:db8::1"),
        (Trunk(name="a", address="gw.example", transport=OutsideTransport.TLS, tls_verify=False), ""),
        (Trunk(name="a", address="gw.example", transport=OutsideTransport.TCP), ""),
        (Trunk(name="a", address="gw.example"), ""),
    ],
)
def test_what_a_trunks_certificate_must_be_made_out_to(trunk: Trunk, name: str) -> None:
    assert trunk_tls_name(trunk) == name


@pytest.mark.logs("trunk: unreachable")
@in_virtual_time
async def test_options_tell_whether_a_trunk_is_there() -> None:
    async with OutsideOffice(variables=Variables(options_interval_s=30)) as office:
        carrier = await office.carrier(quirks=PEER)
        office.set_trunks(trunk_to(carrier, options_ping=True))
        await asyncio.sleep(1)
        assert office.trunk("trunk").state is TrunkState.REACHABLE
        assert "200" in office.trunk("trunk").reason
        await asyncio.sleep(300)
        assert 8 <= len(carrier.log.requests("OPTIONS")) <= 11
        carrier.quirks = dataclasses.replace(PEER, is_silent=True)
        await asyncio.sleep(70)
        assert office.trunk("trunk").state is TrunkState.UNREACHABLE
        carrier.quirks = PEER
        await asyncio.sleep(70)
        assert office.trunk("trunk").state is TrunkState.REACHABLE
        told = [event.trunk.state for event in office.announced if isinstance(event, TrunkChanged)]
        assert told[-3:] == [TrunkState.REACHABLE, TrunkState.UNREACHABLE, TrunkState.REACHABLE]


@pytest.mark.logs("trunk: unreachable")
@in_virtual_time
async def test_a_trunk_that_nobody_asks_is_known_by_its_calls() -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier(quirks=PEER, behavior=answering)
        office.set_trunks(trunk_to(carrier))
        office.route(to_trunk("8"))
        assert office.trunk("trunk").state is TrunkState.UNKNOWN
        phone = await office.phone("101")
        call = phone.call("81")
        assert await outcome(call) == 200
        call.hang_up()
        await office.quiet()
        assert office.trunk("trunk").state is TrunkState.REACHABLE
        carrier.quirks = dataclasses.replace(PEER, is_silent=True)
        assert await outcome(phone.call("82")) == 503
        assert office.trunk("trunk").state is TrunkState.UNREACHABLE


@in_virtual_time
async def test_a_trunk_that_is_switched_off_is_a_stranger() -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier(quirks=PEER)
        office.set_trunks(trunk_to(carrier, enabled=False))
        await asyncio.sleep(1)
        assert office.trunk("trunk").state is TrunkState.DISABLED
        call = carrier.call(IncomingInvite(number="100"), to=SERVER)
        assert await call.until_ended() == "refused"
        assert call.status == 407


@in_virtual_time
async def test_a_trunk_by_name_is_known_by_all_its_addresses_and_looked_up_again() -> None:
    async with OutsideOffice(variables=Variables(dns_refresh_s=60)) as office:
        carrier = await office.carrier(quirks=PEER)
        addresses = ["10.0.9.7", "10.0.9.8"]

        async def find(uri: SipUri, outlet: str = "") -> tuple[Target, ...]:
            assert (uri.host, outlet) == ("gw.example", "")
            return tuple(Target(Transport.UDP, Address(each, 5060), uri.host) for each in addresses)

        office.endpoint.find = find  # type: ignore[method-assign]
        office.set_trunks(trunk_to(carrier, address="gw.example"))
        await asyncio.sleep(1)
        assert office.trunk("trunk").addresses == ("10.0.9.7", "10.0.9.8")
        await office.phone("100", behavior=phone_answers)
        early = carrier.call(IncomingInvite(number="100"), to=SERVER)
        assert await early.until_ended() == "refused"
        addresses.append(carrier.address.host)
        await asyncio.sleep(60)
        late = carrier.call(IncomingInvite(number="100"), to=SERVER)
        await late.until_answered()
        addresses.clear()  # a DNS that is silent for a while takes nothing away
        await asyncio.sleep(60)
        assert len(office.trunk("trunk").addresses) == 3
        late.hang_up()
        await office.quiet()


@pytest.mark.logs("trunk: unreachable")
@in_virtual_time
async def test_a_trunk_whose_name_does_not_resolve_refuses_at_once() -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier(quirks=PEER)

        async def nothing(uri: SipUri, outlet: str = "") -> tuple[()]:
            return ()

        office.endpoint.find = nothing  # type: ignore[method-assign]
        office.endpoint.flows = nothing  # type: ignore[method-assign]
        office.set_trunks(trunk_to(carrier, address="gone.example"))
        office.route(to_trunk("8"))
        phone = await office.phone("101")
        assert await outcome(phone.call("81")) == 503
        assert "does not resolve" in office.trunk("trunk").reason
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_networks_and_further_addresses_are_trusted_too() -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier(quirks=dataclasses.replace(PEER, calls_from_elsewhere=True))
        await office.phone("100", behavior=phone_answers)
        office.set_trunks(trunk_to(carrier, trusted_addresses=("10.0.8.0/24", "192.0.2.9")))
        await asyncio.sleep(1)
        assert office.trunk("trunk").addresses == ("10.0.9.1", "10.0.8.0/24", "192.0.2.9")
        call = carrier.call(IncomingInvite(number="100"), to=SERVER)
        await call.until_answered()
        call.hang_up()
        await office.quiet()


@in_virtual_time
async def test_a_change_of_limits_leaves_state_and_calls_alone() -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier(quirks=PEER, behavior=answering)
        office.set_trunks(trunk_to(carrier, options_ping=True))
        office.route(to_trunk("8"))
        phone = await office.phone("101")
        call = phone.call("81")
        assert await outcome(call) == 200
        asked = len(carrier.log.requests("OPTIONS"))
        office.set_trunks(trunk_to(carrier, options_ping=True, max_outgoing=1))
        assert office.trunk("trunk").state is TrunkState.REACHABLE
        assert await outcome(phone.call("82")) == 503
        assert office.trunk("trunk").calls_out == 1
        assert len(carrier.log.requests("OPTIONS")) == asked
        call.hang_up()
        await office.quiet()
        office.configure(trunks=MappingProxyType({}))
        assert office.exchange.gateway.trunks.views() == []
