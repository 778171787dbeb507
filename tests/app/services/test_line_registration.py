from __future__ import annotations

import asyncio
import dataclasses
from ipaddress import ip_network

import pytest

from app.errors import EnvironmentFault
from app.events import LineState
from app.services.line_registration import LineRegistration
from app.sip.flow import Address, Flow, Transport
from tests.support.carrier_called import answering
from tests.support.carrier_quirks import CarrierQuirks
from tests.support.office import in_virtual_time
from tests.support.outside_office import OutsideOffice, line_to, outcome


def the_line(office: OutsideOffice) -> LineRegistration:
    line = office.exchange.gateway.lines.get("carrier")
    assert line is not None
    return line


@in_virtual_time
async def test_calls_are_known_by_the_registrars_address_and_those_of_the_record() -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier()
        office.set_lines(line_to(carrier, match_addresses=()))
        await carrier.until_registered()
        await asyncio.sleep(1)
        line = the_line(office)

        def flow(host: str, port: int = 5060, connection: int = 0) -> Flow:
            return Flow(Transport.UDP, Address("10.0.0.1", 5060), Address(host, port), connection)

        assert line.is_from(flow("10.0.9.1"))
        assert line.is_from(flow("10.0.9.1", 9999))
        assert line.is_exactly_from(flow("10.0.9.1"))
        assert not line.is_exactly_from(flow("10.0.9.1", 9999))
        assert not line.is_from(flow("10.0.8.1"))


@in_virtual_time
async def test_the_binding_moves_with_the_record_and_the_old_one_is_taken_away_first() -> None:
    async with OutsideOffice() as office:
        one = await office.with_line()
        two = await office.carrier()
        office.set_lines(line_to(two))
        await two.until_registered()
        assert one.registrar.binding(one.accounts[0]) is None
        farewell = max(one.log.times("REGISTER"))
        assert min(two.log.times("REGISTER")) >= farewell


@in_virtual_time
async def test_an_old_carrier_that_is_silent_does_not_hold_the_new_one_up_for_long() -> None:
    async with OutsideOffice() as office:
        one = await office.with_line()
        one.quirks = dataclasses.replace(one.quirks, is_silent=True)
        two = await office.carrier()
        before = office.loop.time()
        office.set_lines(line_to(two))
        await two.until_registered()
        assert office.loop.time() - before < 6
        await asyncio.sleep(100)
        assert office.line("carrier").state is LineState.REGISTERED
        assert the_line(office).has_left


@in_virtual_time
async def test_a_line_that_registers_anew_goes_on_calling_by_the_binding_it_has() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(CarrierQuirks(grants=600), behavior=answering)
        phone = await office.phone("101")
        carrier.quirks = dataclasses.replace(carrier.quirks, silent_to=frozenset({"REGISTER"}))
        line = the_line(office)
        line.register_now()
        await asyncio.sleep(5)
        assert line.status.state is LineState.REGISTERING
        assert line.is_ready
        call = phone.call("91")
        assert await outcome(call) == 200
        call.hang_up()
        await asyncio.sleep(1)
        carrier.quirks = CarrierQuirks()
        await asyncio.sleep(30)
        assert line.status.state is LineState.REGISTERED


@pytest.mark.logs("carrier: failed")
@in_virtual_time
async def test_silence_to_a_call_makes_the_line_look_for_its_carrier() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line()
        phone = await office.phone("101")
        carrier.quirks = dataclasses.replace(carrier.quirks, is_silent=True)
        assert await outcome(phone.call("91")) == 503
        registers = len(carrier.log.requests("REGISTER"))
        await asyncio.sleep(40)
        assert len(carrier.log.requests("REGISTER")) > registers
        assert office.line("carrier").state is LineState.FAILED
        carrier.quirks = CarrierQuirks()
        await asyncio.sleep(60)
        assert office.line("carrier").state is LineState.REGISTERED


@pytest.mark.logs("cannot be used to send from")
@in_virtual_time
async def test_an_address_that_is_not_ours_is_told() -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier()

        async def refuse(host: str = "", dns: tuple[str, ...] = (), tls_name: str = "") -> str:
            raise EnvironmentFault("net.port", f"{host} is not ours.")

        office.endpoint.open_outlet = refuse  # type: ignore[method-assign]
        office.set_lines(line_to(carrier, bind_address="10.5.5.5"))
        await asyncio.sleep(1)
        assert office.line("carrier").state is LineState.FAILED
        assert office.line("carrier").reason.startswith("The address 10.5.5.5 cannot be used to send from")


@in_virtual_time
async def test_a_new_list_of_addresses_counts_at_once_without_registering() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line()
        elsewhere = Flow(Transport.UDP, Address("10.0.0.1", 5060), Address("10.0.8.1", 5060))
        assert not the_line(office).is_from(elsewhere)
        office.set_lines(line_to(carrier, match_addresses=(ip_network("10.0.8.0/24"),)))
        assert the_line(office).is_from(elsewhere)
        await asyncio.sleep(5)
        assert carrier.registrar.accepted == 1
