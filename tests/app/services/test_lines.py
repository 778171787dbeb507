from __future__ import annotations

import asyncio
import dataclasses

import pytest

from app.events import LineChanged, LineState
from app.services.outside import RegisterCallId
from app.sip.flow import Flow
from app.variables import Variables
from tests.support.carrier_called import answering
from tests.support.carrier_quirks import CarrierQuirks
from tests.support.office import in_virtual_time
from tests.support.outside_office import OutsideOffice, line_to, outcome


@in_virtual_time
async def test_every_change_is_announced_and_kept() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line()
        office.set_lines(line_to(carrier, enabled=False))
        await asyncio.sleep(5)
        rows = [(row.line, row.state, row.code) for row in office.history]
        assert rows == [
            ("carrier", "registering", 0),
            ("carrier", "registered", 200),
            ("carrier", "disabled", 0),
        ]
        assert office.history[1].server == "10.0.9.1:5060/udp"
        assert office.history[1].call_id == carrier.log.requests("REGISTER")[0].call_id
        assert office.states("carrier") == [LineState.REGISTERING, LineState.REGISTERED, LineState.DISABLED]


@in_virtual_time
async def test_a_line_as_it_is_shown() -> None:
    async with OutsideOffice() as office:
        await office.with_line(CarrierQuirks(grants=1000))
        view = office.line("carrier")
        assert (view.state, view.code, view.server) == (LineState.REGISTERED, 200, "10.0.9.1:5060/udp")
        assert view.reason == "Registered at 10.0.9.1:5060/udp."
        assert view.contact == "sip:87654321@10.0.0.1:5060"
        assert view.expires_at is not None
        assert view.expires_at - office.clock() == pytest.approx(1000, abs=1)
        assert view.since <= office.clock()


@in_virtual_time
async def test_only_the_line_that_changed_registers_anew() -> None:
    async with OutsideOffice() as office:
        one, two = await office.carrier(), await office.carrier()
        office.set_lines(line_to(one, "one"), line_to(two, "two"))
        await asyncio.sleep(1)
        assert (one.registrar.accepted, two.registrar.accepted) == (1, 1)
        office.set_lines(
            line_to(one, "one", incoming_to="101", max_calls=2), line_to(two, "two", expires=600)
        )
        await asyncio.sleep(1)
        assert one.registrar.accepted == 1  # what it does with calls is no matter of the registrar's
        assert two.registrar.accepted == 2
        binding = two.registrar.binding(two.accounts[0])
        assert binding is not None
        assert binding.expires_at - office.loop.time() < 601


@in_virtual_time
async def test_a_changed_password_does_not_take_the_binding_away() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line()
        office.set_lines(line_to(carrier, register_call_id=RegisterCallId.NEW))
        await carrier.until_registered(2)
        assert all(request.expires != 0 for request in carrier.log.requests("REGISTER"))


@in_virtual_time
async def test_registering_at_once_as_the_user_asks() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line()
        phone = await office.phone("101")
        carrier.behavior = answering
        line = office.exchange.gateway.lines.get("carrier")
        assert line is not None
        line.register_now()
        assert office.line("carrier").state is LineState.REGISTERING
        call = phone.call("91")  # the binding holds meanwhile
        assert await outcome(call) == 200
        assert office.line("carrier").state is LineState.REGISTERED
        assert carrier.registrar.accepted == 2
        call.hang_up()
        await office.quiet()
        office.assert_nothing_but_lines_left()


@pytest.mark.logs("carrier: failed")
@in_virtual_time
async def test_a_failed_line_does_not_wait_when_asked() -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier(quirks=CarrierQuirks(is_silent=True))
        office.set_lines(line_to(carrier))
        await asyncio.sleep(40)
        assert office.line("carrier").state is LineState.FAILED
        carrier.quirks = CarrierQuirks()
        line = office.exchange.gateway.lines.get("carrier")
        assert line is not None
        line.register_now()
        await asyncio.sleep(1)
        assert office.line("carrier").state is LineState.REGISTERED


@in_virtual_time
async def test_a_line_that_cannot_even_begin_says_why_and_begins_when_it_can(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier()
        office.set_lines(
            line_to(carrier, "nowhere", domain="", proxy=""),
            line_to(carrier, "sealed", password="", password_problem="The key of the secrets is gone."),
        )
        await asyncio.sleep(1)
        assert office.line("nowhere").reason == "The server address cannot be used: no server address is set."
        assert office.line("sealed").reason == "The key of the secrets is gone."
        assert not carrier.log.requests("REGISTER")
        line = office.exchange.gateway.lines.get("sealed")
        assert line is not None
        line.register_now()
        await asyncio.sleep(1)
        assert office.line("sealed").state is LineState.FAILED
        office.set_lines(line_to(carrier, "sealed"))
        await carrier.until_registered()
    caplog.clear()


@in_virtual_time
async def test_after_a_change_of_our_address_all_lines_register_at_once() -> None:
    async with OutsideOffice(variables=Variables(network_check_s=10)) as office:
        carrier = await office.with_line()
        moved = [True]

        def has_moved(flow: Flow) -> bool:
            return moved.pop() if moved else False

        office.endpoint.has_moved = has_moved  # type: ignore[method-assign]
        await asyncio.sleep(11)
        assert carrier.registrar.accepted == 2
        states = office.states("carrier")
        assert states[-2:] == [LineState.REGISTERING, LineState.REGISTERED]
        await asyncio.sleep(600)
        assert carrier.registrar.accepted == 2


@in_virtual_time
async def test_after_the_computer_slept_all_lines_register_at_once() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line()
        await asyncio.sleep(25)
        assert carrier.registrar.accepted == 1
        office.exchange.gateway.lines._clock = lambda: office.clock() + 4000
        await asyncio.sleep(15)
        assert carrier.registrar.accepted == 2
        await asyncio.sleep(600)
        assert carrier.registrar.accepted == 2


@pytest.mark.parametrize(("of_line", "of_all", "every"), [(20, 0, 20), (0, 30, 30), (20, 30, 20), (0, 0, 0)])
@in_virtual_time
async def test_a_line_keeps_the_routers_mapping_open(of_line: int, of_all: int, every: int) -> None:
    async with OutsideOffice(variables=Variables(keepalive_s=of_all)) as office:
        carrier = await office.with_line(keepalive_s=of_line)
        sent: list[Flow] = []
        office.endpoint.keep_alive = sent.append  # type: ignore[method-assign]
        await asyncio.sleep(601)
        assert len(sent) == (600 // every if every else 0)
        assert {flow.remote for flow in sent} <= {carrier.address}


@in_virtual_time
async def test_the_end_unregisters_and_waits_no_longer_than_it_should() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line()
        await office.exchange.stop()
        assert carrier.registrar.binding(carrier.accounts[0]) is None
        assert office.exchange.gateway.lines.views() == []


@in_virtual_time
async def test_a_carrier_that_is_silent_at_the_end_is_left_alone() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line()
        carrier.quirks = dataclasses.replace(carrier.quirks, is_silent=True)
        before = office.loop.time()
        await office.exchange.stop(patience_s=2)
        assert office.loop.time() - before == pytest.approx(2, abs=0.1)
        await asyncio.sleep(100)
        assert not office.endpoint.stack.core.usages


@in_virtual_time
async def test_a_deleted_line_takes_leave_and_is_forgotten() -> None:
    async with OutsideOffice() as office:
        await office.with_line()
        office.set_lines()
        assert office.exchange.gateway.lines.views() == []
        assert not office.exchange.gateway.is_idle
        await asyncio.sleep(5)
        assert office.exchange.gateway.is_idle
        assert not office.endpoint.stack.core.usages


@in_virtual_time
async def test_the_number_of_calls_is_announced() -> None:
    async with OutsideOffice() as office:
        await office.with_line(behavior=answering)
        phone = await office.phone("101")
        call = phone.call("91")
        assert await outcome(call) == 200
        assert office.line("carrier").calls_out == 1
        call.hang_up()
        await office.quiet()
        counts = [event.line.calls_out for event in office.announced if isinstance(event, LineChanged)]
        assert counts[-2:] == [1, 0]


@pytest.mark.logs("carrier: failed")
@in_virtual_time
async def test_credentials_that_were_refused_are_not_tried_again_soon() -> None:
    async with OutsideOffice(variables=Variables(reg_retry_first_s=30, reg_refused_wait_s=600)) as office:
        carrier = await office.carrier(quirks=CarrierQuirks(wrong_password=403))
        office.set_lines(line_to(carrier, password="wrong"))
        await asyncio.sleep(290)
        assert len(carrier.log.requests("REGISTER")) == 2  # without, and with credentials
        assert office.line("carrier").reason.startswith("The carrier refuses the user name, the password")
        await asyncio.sleep(400)
        assert len(carrier.log.requests("REGISTER")) > 2


@in_virtual_time
async def test_a_line_without_registration_is_in_service_at_once() -> None:
    async with OutsideOffice() as office:
        carrier = await office.carrier(behavior=answering)
        office.set_lines(line_to(carrier, register=False))
        await asyncio.sleep(1)
        assert office.line("carrier").state is LineState.REGISTERED
        assert "no registration" in office.line("carrier").reason
        phone = await office.phone("101")
        call = phone.call("91")
        assert await outcome(call) == 200
        assert not carrier.log.requests("REGISTER")
        call.hang_up()
        await office.quiet()
