"""SIP trunks: peers by address, what goes out by them, their health, and groups of lines. In virtual time."""

from __future__ import annotations

import asyncio
import dataclasses
from types import MappingProxyType

import pytest

from app.events import TrunkState
from app.services.outside import CallerIdForm, NumberForm
from app.services.routing_tables import CalledRule, DidRoute, RouteKind, did_routes
from tests.support.carrier_called import answering, refusing
from tests.support.carrier_invites import IncomingInvite
from tests.support.carrier_policy import shown_numbers
from tests.support.carrier_quirks import CarrierQuirks, UserPhone
from tests.support.office import SERVER, extension, in_virtual_time
from tests.support.outside_office import ACCOUNT, OutsideOffice, line_to, outcome, to_trunk, trunk_to
from tests.support.phone import answering as phone_answers

PEER = CarrierQuirks(challenges=False)


@pytest.mark.parametrize(
    ("changes", "uri", "header", "shown"),
    [
        ({}, "sip:812345@10.0.9.1", "from", "101"),
        ({"unified_caller": "02112345"}, "sip:812345@10.0.9.1", "from", "02112345"),
        ({"request_uri_params": "tgrp=office"}, "sip:812345@10.0.9.1;tgrp=office", "from", "101"),
        ({"request_uri_params": "user=phone"}, "sip:812345@10.0.9.1;user=phone", "from", "101"),
        ({"tel_uri": True}, "tel:812345", "from", "101"),
        (
            {"unified_caller": "02112345", "caller_id_form": CallerIdForm.PAI},
            "sip:812345@10.0.9.1",
            "pai",
            "02112345",
        ),
        ({"number_form": NumberForm.AS_DIALLED}, "sip:812345@10.0.9.1", "from", "101"),
    ],
    ids=lambda value: "",
)
@in_virtual_time
async def test_what_a_trunk_is_sent(changes: dict[str, object], uri: str, header: str, shown: str) -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier(quirks=PEER, behavior=answering)
        office.set_trunks(trunk_to(carrier, **changes))
        office.route(to_trunk("8"))
        phone = await office.phone("101")
        call = phone.call("812345")
        assert await outcome(call) == 200
        invite = carrier.log.last("INVITE")
        assert invite.uri_text.replace(":5060", "") == uri or uri.startswith("tel:")
        assert invite.uri_text.startswith(uri[:8])
        assert shown in shown_numbers(invite, header)
        call.hang_up()
        await carrier.calls[0].until_ended()


@in_virtual_time
async def test_a_trunk_that_demands_user_phone_gets_it_by_option() -> None:
    async with OutsideOffice() as office:
        quirks = dataclasses.replace(PEER, user_phone=UserPhone.DEMANDED)
        carrier = await office.carrier(quirks=quirks, behavior=answering)
        office.set_trunks(trunk_to(carrier))
        office.route(to_trunk("8"))
        phone = await office.phone("101")
        assert await outcome(phone.call("812345")) >= 400
        for option in ({"request_uri_params": "user=phone"}, {"tel_uri": True}):
            office.set_trunks(trunk_to(carrier, **option))
            call = phone.call("812345")
            assert await outcome(call) == 200
            call.hang_up()
            await carrier.calls[-1].until_ended()


@in_virtual_time
async def test_calls_come_in_by_number_and_by_did() -> None:
    async with OutsideOffice(extension("100"), extension("101")) as office:
        carrier = await office.carrier(quirks=PEER)
        office.set_trunks(trunk_to(carrier))
        routing = office.holder.current.routing
        routes = did_routes(DidRoute(number="5551234", destination="101"))
        office.configure(routing=routing.replaced(did_routes=routes))
        first = await office.phone("100", behavior=phone_answers)
        second = await office.phone("101", behavior=phone_answers)
        for number, phone in (("100", first), ("5551234", second)):
            call = carrier.call(IncomingInvite(number=number), to=SERVER)
            await call.until_answered()
            assert phone.all_calls
            call.hang_up()
            await phone.all_calls[-1].until_ended()
        lost = carrier.call(IncomingInvite(number="5559999"), to=SERVER)
        assert await lost.until_ended() == "refused"
        assert lost.status == 404


@in_virtual_time
async def test_a_trunk_is_no_way_back_outside_unless_allowed() -> None:
    async with OutsideOffice() as office:
        one = await office.carrier(quirks=PEER)
        two = await office.carrier(quirks=PEER, behavior=answering)
        office.route(to_trunk("8", "two"))
        for transit in (False, True):
            office.set_trunks(trunk_to(one, "one", transit=transit), trunk_to(two, "two"))
            call = one.call(IncomingInvite(number="812345"), to=SERVER)
            await call.until(lambda call=call: call.ended or call.is_answered, "an outcome")
            assert call.is_answered == transit
            if transit:
                call.hang_up()
                await two.calls[-1].until_ended()


@in_virtual_time
async def test_calls_from_trusted_addresses_beside_the_peers_own() -> None:
    async with OutsideOffice() as office:
        await office.phone("100", behavior=phone_answers)
        carrier = await office.carrier(quirks=dataclasses.replace(PEER, calls_from_elsewhere=True))
        office.set_trunks(trunk_to(carrier))
        call = carrier.call(IncomingInvite(number="100"), to=SERVER)
        await call.until(lambda: call.ended or call.is_answered, "an outcome")
        assert not call.is_answered
        office.set_trunks(trunk_to(carrier, trusted_addresses=("10.0.8.0/24",)))
        call = carrier.call(IncomingInvite(number="100"), to=SERVER)
        await call.until_answered()
        call.hang_up()


@pytest.mark.logs("trunk trunk: unreachable")
@in_virtual_time
async def test_options_tell_whether_the_peer_is_there() -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier(quirks=PEER)
        office.set_trunks(trunk_to(carrier, options_ping=True))
        await asyncio.sleep(1)
        assert office.trunk("trunk").state is TrunkState.REACHABLE
        carrier.quirks = dataclasses.replace(PEER, is_silent=True)
        await asyncio.sleep(100)
        assert office.trunk("trunk").state is TrunkState.UNREACHABLE
        carrier.quirks = PEER
        await asyncio.sleep(70)
        assert office.trunk("trunk").state is TrunkState.REACHABLE
        assert 3 <= len({each.call_id for each in carrier.log.requests("OPTIONS")}) <= 10


@pytest.mark.parametrize("first", ["busy", "unregistered", "full"])
@in_virtual_time
async def test_the_lines_of_a_group_stand_for_each_other(first: str) -> None:
    async with OutsideOffice() as office:
        one = await office.carrier(ACCOUNT, behavior=refusing(503) if first == "busy" else answering)
        two = await office.carrier(ACCOUNT, behavior=answering)
        changes = {"max_calls": 0} if first == "full" else {}
        if first == "unregistered":
            changes = {"enabled": False}
        lines = [
            line_to(one, "one", outgoing_group="1", **changes),
            line_to(two, "two", outgoing_group="1"),
        ]
        office.configure(lines=MappingProxyType({line.name: line for line in lines}))
        rule = CalledRule(id="1", called_prefix="7", route_kind=RouteKind.LINE_GROUP, route_target="1")
        office.route(rule)
        await two.until_registered()
        await asyncio.sleep(1)
        phone = await office.phone("101")
        call = phone.call("712345")
        assert await outcome(call) == 200
        assert len(two.calls) == 1
        call.hang_up()
        await two.calls[0].until_ended()


@in_virtual_time
async def test_an_emergency_call_passes_where_the_line_is_full() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(behavior=answering, max_calls=1)
        phone = await office.phone("101")
        call = phone.call("910000")
        assert await outcome(call) == 200
        assert await outcome(phone.call("910001")) >= 400
        help_ = phone.call("110")
        assert await outcome(help_) == 200
        assert carrier.log.last("INVITE").uri_text.startswith("sip:110@")
        for each in (call, help_):
            each.hang_up()
