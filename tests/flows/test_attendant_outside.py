"""Calls from a carrier into the attendant, in virtual time: who is reached, and that nobody gets out."""

from __future__ import annotations

import asyncio

import pytest

from app.services.conference_room import ConferenceRoom
from app.services.menu import Menu
from app.sip import events
from tests.support.carrier import Carrier
from tests.support.carrier_invites import IncomingInvite
from tests.support.office import in_virtual_time
from tests.support.outside_office import OutsideOffice
from tests.support.phone import answering


async def with_menu(office: OutsideOffice, menu: Menu) -> Carrier:
    """A line whose calls go to this menu."""
    office.holder.current = office.holder.current.of_menus({menu.name: menu})
    await office.exchange.announcements.refresh()
    return await office.with_line(incoming_to=f"menu:{menu.name}")


@in_virtual_time
async def test_a_caller_from_outside_reaches_an_extension_and_the_record_tells_the_way() -> None:
    async with OutsideOffice() as office:
        carrier = await with_menu(office, Menu(name="default", operator="100"))
        callee = await office.phone("101", behavior=answering)
        call = carrier.call(IncomingInvite(caller="13800138000"))
        await call.until_answered()
        await asyncio.sleep(1)
        assert office.port.playing == ("menu-greeting", "menu-press-zero")
        office.port.press("101")
        await asyncio.sleep(1)
        (incoming,) = callee.all_calls
        assert incoming.request is not None
        assert incoming.request.from_.user == "13800138000"
        call.hang_up()
        await incoming.until_ended()
        await asyncio.sleep(200)
        assert office.last_record.connected == "101"
        assert '"line carrier", "menu default"' in office.last_record.details
        office.assert_nothing_but_lines_left()


@in_virtual_time
async def test_what_the_administrator_gave_a_key_may_lead_out() -> None:
    async with OutsideOffice() as office:
        mobile = Menu(name="default", keys={"1": "913812345678"}, direct_dial=False)
        carrier = await with_menu(office, mobile)
        call = carrier.call()
        await call.until_answered()
        office.port.press("1")
        out = await carrier.incoming()
        assert "13812345678" in str(out)
        call.hang_up()
        await asyncio.sleep(200)
        office.assert_nothing_but_lines_left()


@pytest.mark.parametrize("dialled", ["9110", "120", "913812345678", "*98"])
def test_nobody_gets_out_by_dialling(dialled: str) -> None:
    @in_virtual_time
    async def run() -> None:
        async with OutsideOffice() as office:
            carrier = await with_menu(office, Menu(name="default", tries=1))
            call = carrier.call()
            await call.until_answered()
            office.port.press(dialled)
            await call.until_ended()
            assert len(carrier.running) == 0
            assert office.voice.all_ports[0].played[-2:] == ["menu-invalid", "menu-goodbye"]
            await asyncio.sleep(200)
            assert "line carrier" in office.last_record.details
            assert office.last_record.details.count("line carrier") == 1
            office.assert_nothing_but_lines_left()

    run()


@in_virtual_time
async def test_a_number_of_a_line_leads_into_a_conference() -> None:
    async with OutsideOffice() as office:
        rooms = {"8000": ConferenceRoom(number="8000")}
        office.holder.current = office.holder.current.replaced(conferences=rooms)
        carrier = await office.with_line(incoming_to="conference:8000")
        outside = carrier.call(IncomingInvite(caller="13800138000"))
        await outside.until_answered()
        inside = (await office.phone("101")).call("*6*8000")
        await inside.until(events.Accepted)
        await asyncio.sleep(5)
        (view,) = office.exchange.conferences.views()
        assert [party.number for party in view.parties] == ["13800138000", "101"]
        outside.hang_up()
        inside.hang_up()
        await asyncio.sleep(200)
        assert office.exchange.conferences.views() == []
        (row,) = (row for row in office.records if row.caller == "13800138000")
        assert (row.connected, row.media, row.outcome) == ("8000", "voice", "answered")
        assert '"line carrier"' in row.details
        office.assert_nothing_but_lines_left()
