from __future__ import annotations

import asyncio
from ipaddress import ip_network

from app.events import ExtensionChanged, ExtensionState
from app.services.directory import Extension
from app.sip import events
from tests.support.carrier_invites import IncomingInvite
from tests.support.office import Office, extension, in_virtual_time
from tests.support.outside_office import OutsideOffice
from tests.support.phone import ringing


def told(office: Office, number: str) -> list[str]:
    """The states that were announced of an extension."""
    changes = [event for event in office.announced if isinstance(event, ExtensionChanged)]
    return [event.state.value for event in changes if event.number == number]


@in_virtual_time
async def test_states_follow_registration_and_calls() -> None:
    async with Office() as office:
        caller, callee = await office.phone("100"), await office.phone("101", behavior=ringing)
        await asyncio.sleep(1)
        call = caller.call("101")
        await call.until(events.Progressed)
        await asyncio.sleep(1)
        callee.all_calls[0].answer()
        await call.until(events.Accepted)
        await asyncio.sleep(1)
        call.hang_up()
        await asyncio.sleep(1)
        await callee.register(0)
        await asyncio.sleep(1)
        assert told(office, "100") == ["idle", "ringing", "talking", "idle"]
        assert told(office, "101") == ["idle", "ringing", "talking", "idle", "off"]
        assert told(office, "102") == []


@in_virtual_time
async def test_a_burst_of_changes_is_one_event() -> None:
    async with Office() as office:
        phone = await office.phone("101", registered=False)
        for expires in (600, 0, 600, 0, 600):
            await phone.register(expires)
        await asyncio.sleep(1)
        assert told(office, "101") == ["idle"]


@in_virtual_time
async def test_a_refresh_is_told_because_the_window_shows_the_time() -> None:
    async with Office() as office:
        phone = await office.phone("101")
        await asyncio.sleep(10)
        await phone.register()
        await asyncio.sleep(1)
        changes = [event for event in office.announced if isinstance(event, ExtensionChanged)]
        assert [event.bindings[0].expires_at for event in changes][1] > changes[0].bindings[0].expires_at


@in_virtual_time
async def test_states_on_demand() -> None:
    phone = Extension(number="103", allowed_addresses=(ip_network("10.0.9.9"),))
    network = Extension(number="104", allowed_addresses=(ip_network("10.0.9.0/24"),))
    async with Office(extension("100"), extension("101"), phone, network) as office:
        await office.phone("100")
        states = office.exchange.presence.states(["100", "101", "103", "104"])
        assert states == {
            "100": ExtensionState.IDLE,
            "101": ExtensionState.OFF,
            "103": ExtensionState.IDLE,  # can be called where its one address is
            "104": ExtensionState.OFF,
        }


@in_virtual_time
async def test_a_caller_from_outside_with_an_extensions_number_is_not_that_extension() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line()
        called = await office.phone("100", behavior=ringing)
        await office.phone("101")
        carrier.call(IncomingInvite(caller="101"))
        await asyncio.sleep(1)
        states = office.exchange.presence.states(["100", "101"])
        assert states == {"100": ExtensionState.RINGING, "101": ExtensionState.IDLE}
        called.all_calls[0].answer()
        await asyncio.sleep(1)
        states = office.exchange.presence.states(["100", "101"])
        assert states == {"100": ExtensionState.TALKING, "101": ExtensionState.IDLE}
        assert told(office, "101") == ["idle"]
        called.all_calls[0].hang_up()
        await office.quiet()


@in_virtual_time
async def test_a_deleted_extension_is_told_no_more() -> None:
    async with Office() as office:
        await office.phone("101")
        await asyncio.sleep(1)
        before = office.holder.current
        office.holder.current = before.with_extensions({}, gone=("101",))
        office.exchange.directory_changed(before, office.holder.current)
        await asyncio.sleep(1)
        assert told(office, "101") == ["idle"]
        assert len(office.exchange.bindings) == 0
