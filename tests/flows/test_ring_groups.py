"""A ring group on real sockets with real sound: dialled, by a line, and over the configuration's own door."""

from __future__ import annotations

import asyncio

import pytest

from app.api import dial_plan
from app.errors import UserError
from app.services.ring_group import RingGroup
from app.sip import events
from tests.flows.conftest import House
from tests.support.carrier_invites import IncomingInvite
from tests.support.office import in_virtual_time
from tests.support.outside_office import OutsideOffice
from tests.support.phone import ringing
from tests.support.tones import seconds_of


async def test_both_ring_one_answers_and_they_hear_each_other(house: House) -> None:
    await house.add("ring_group", "600", members="101, 102", name_prefix="Sales")
    caller = await house.phone("100", hertz=440)
    slow, quick = await house.phone("101", behavior=ringing), await house.phone("102", hertz=700)
    call = caller.call("600")
    incoming = await quick.incoming()
    incoming.ring()
    assert incoming.request is not None
    assert incoming.request.from_.display.startswith("Sales: ")
    await call.until(events.Progressed)
    async with asyncio.timeout(15):
        while not slow.all_calls:  # noqa: ASYNC110  the second phone's turn
            await asyncio.sleep(0.01)
    incoming.answer()
    await call.until(events.Accepted)
    assert (await slow.all_calls[0].until_ended()).cause is events.EndCause.CANCELLED
    assert call.ear is not None
    assert incoming.ear is not None
    await asyncio.to_thread(call.ear.listen, lambda heard: seconds_of(heard, 700) > 0.4)
    await asyncio.to_thread(incoming.ear.listen, lambda heard: seconds_of(heard, 440) > 0.4)
    call.hang_up()
    await incoming.until_ended()
    record = await house.ended_call()
    assert (record.called, record.connected, record.outcome) == ("600", "102", "answered")


async def test_members_stay_and_what_is_saved_counts_for_the_next_call(house: House) -> None:
    await house.add("ring_group", "600", members="101")
    with pytest.raises(UserError, match="in use by ring group 600"):
        await house.delete("extension", "101")
    traced = await house.ask(dial_plan.explain, "100", "600")
    assert (traced.route.kind, traced.route.name) == ("group", "600")
    await house.set("ring_group", "600", members="102", ring_s=1, on_no_answer="extension:101")
    caller, callee = await house.phone("100"), await house.phone("101")
    await house.phone("102", behavior=ringing)
    call = caller.call("600")
    incoming = await callee.incoming()
    incoming.answer()
    await call.until(events.Accepted)
    call.hang_up()
    await incoming.until_ended()
    await house.delete("ring_group", "600")
    await house.delete("extension", "102")


@in_virtual_time
async def test_calls_of_a_line_ring_a_group() -> None:
    async with OutsideOffice() as office:
        groups = {"600": RingGroup(number="600", members=("101", "102"), name_prefix="Sales")}
        office.holder.current = office.holder.current.replaced(ring_groups=groups)
        carrier = await office.with_line(incoming_to="group:600")
        phones = [await office.phone(number, behavior=ringing) for number in ("101", "102")]
        call = carrier.call(IncomingInvite(caller="13800138000"))
        await asyncio.sleep(2)
        asked = [phone.all_calls[0].request for phone in phones]
        assert [each.from_.display for each in asked if each is not None] == ["Sales: 13800138000"] * 2
        phones[0].all_calls[0].answer()
        await call.until_answered()
        await phones[1].all_calls[0].until_ended()
        call.hang_up()
        await asyncio.sleep(200)
        assert office.last_record.connected == "101"
        assert '"ways": ["line carrier", "group 600"]' in office.last_record.details
        office.assert_nothing_but_lines_left()
