"""The dial plan on the call path: phones, lines and trunks get what the tables say. In virtual time."""

from __future__ import annotations

import dataclasses
from typing import Any

from app.services.routing_tables import (
    CalledRule,
    CallerRule,
    DisplayNumber,
    Operation,
    RouteKind,
    Transition,
    called_rules,
    caller_rules,
)
from app.services.screening import ScreeningRule, screening_table
from tests.support.carrier_called import answering
from tests.support.carrier_invites import IncomingInvite
from tests.support.carrier_quirks import CarrierQuirks
from tests.support.office import extension, in_virtual_time
from tests.support.outside_office import OutsideOffice, outcome, trunk_to
from tests.support.phone import answering as phone_answers

EVERYTHING_BLOCKED = screening_table(ScreeningRule(id="1"))


def tables(office: OutsideOffice, **changed: Any) -> None:
    """Save tables of the dial plan."""
    office.configure(routing=office.holder.current.routing.replaced(**changed))


@in_virtual_time
async def test_a_phone_sees_the_display_number_of_who_calls() -> None:
    async with OutsideOffice() as office:
        called = await office.phone("102", behavior=phone_answers)
        caller = await office.phone("101")
        tables(office, display_numbers={"101": DisplayNumber(caller="101", shown="800")})
        call = caller.call("102")
        assert await outcome(call) == 200
        request = called.all_calls[0].request
        assert request is not None
        assert request.from_.user == "800"
        call.hang_up()
        await called.all_calls[0].until_ended()
        assert office.last_record.caller == "101"  # the record knows who it was


@in_virtual_time
async def test_a_phone_sees_the_number_to_call_back() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line()
        called = await office.phone("100", behavior=phone_answers)
        tables(
            office,
            transitions={"back": Transition(id="back", operation=Operation.INSERT, string="9")},
            caller_rules=caller_rules(CallerRule(id="1", caller_prefix="1", transition="back")),
        )
        call = carrier.call(IncomingInvite(caller="13800138000"))
        await call.until_answered()
        request = called.all_calls[0].request
        assert request is not None
        assert request.from_.user == "913800138000"
        call.hang_up()
        await called.all_calls[0].until_ended()


@in_virtual_time
async def test_a_call_level_keeps_an_extension_inside() -> None:
    high = extension("102", call_levels=frozenset({1, 2}))
    async with OutsideOffice(extension("101"), high) as office:
        carrier = await office.with_line(behavior=answering, incoming_to="")
        office.route(
            CalledRule(
                id="abroad",
                called_prefix="00",
                call_level=2,
                route_kind=RouteKind.LINE,
                route_target="carrier",
            )
        )
        low = await office.phone("101")
        assert await outcome(low.call("00491234567")) == 403
        assert not carrier.calls
        call = (await office.phone("102")).call("00491234567")
        assert await outcome(call) == 200
        call.hang_up()
        await carrier.calls[0].until_ended()


@in_virtual_time
async def test_the_black_list_is_for_calls_inside_too_and_not_for_emergencies() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(behavior=answering, max_calls=0, shared=False)
        office.configure(screening=EVERYTHING_BLOCKED)
        phone = await office.phone("101")
        assert await outcome(phone.call("102")) == 403
        assert await outcome(phone.call("9123")) == 403
        for number in ("110", "9110"):
            call = phone.call(number)
            assert await outcome(call) == 200
            assert carrier.log.last("INVITE").uri.user == "110"  # type: ignore[union-attr]
            call.hang_up()
            await carrier.calls[-1].until_ended()


@in_virtual_time
async def test_an_emergency_call_is_above_the_limits_of_extension_and_trunk() -> None:
    async with OutsideOffice(extension("101", max_calls=0, call_levels=frozenset())) as office:
        carrier = await office.carrier(quirks=CarrierQuirks(challenges=False), behavior=answering)
        office.set_trunks(trunk_to(carrier, max_outgoing=0))
        phone = await office.phone("101")
        assert await outcome(phone.call("7000")) >= 400
        call = phone.call("112")
        assert await outcome(call) == 200
        call.hang_up()
        await carrier.calls[-1].until_ended()


@in_virtual_time
async def test_a_changed_table_counts_for_the_next_call() -> None:
    async with OutsideOffice() as office:
        called = await office.phone("102", behavior=phone_answers)
        phone = await office.phone("101")
        refuse = CalledRule(id="1", called_prefix="102", route_kind=RouteKind.REFUSE)
        for rules, status in (
            ((), 200),
            ((refuse,), 403),
            ((dataclasses.replace(refuse, enabled=False),), 200),
        ):
            tables(office, called_rules=called_rules(*rules))
            call = phone.call("102")
            assert await outcome(call) == status
            if status == 200:
                call.hang_up()
                await called.all_calls[-1].until_ended()
