"""Lines on bad networks: lost and repeated datagrams, cut connections, dead servers, restarts."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.api import diagnosis
from app.events import LineState
from tests.flows.conftest import House
from tests.support.carrier import Carrier
from tests.support.carrier_accounts import Account
from tests.support.carrier_called import answering
from tests.support.carrier_doors import DatagramDoor
from tests.support.carrier_quirks import CarrierQuirks, Prack
from tests.support.dns_server import dns_server
from tests.support.house import open_house
from tests.support.office import in_virtual_time
from tests.support.outside_office import OutsideOffice, outcome
from tests.support.outside_records import line_values
from tests.support.phone import answering as phone_answers
from tests.support.programs import free_ports
from tests.support.wire import Weather

PLAIN = Account(user="87654321", password="line-secret", domain="carrier.example")


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("prack", [Prack.NONE, Prack.REQUIRED])
@in_virtual_time
async def test_calls_get_through_a_network_that_loses_and_repeats(seed: int, prack: Prack) -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(CarrierQuirks(prack=prack, grants=300), behavior=answering)
        caller = await office.phone("101")
        callee = await office.phone("100", behavior=phone_answers)
        office.wire.change_weather(Weather(loss=0.15, repeat=0.1, reorder=0.1, seed=seed))
        for number in range(4):
            call = caller.call(f"9{10000 + number}")
            assert await outcome(call) == 200
            far = carrier.calls[-1]
            await far.until_answered()
            call.hang_up()
            assert await far.until_ended() == "bye"
            back = carrier.call()
            await back.until_answered()
            back.hang_up()
            await callee.all_calls[-1].until_ended()
            await asyncio.sleep(100)
        office.wire.change_weather(Weather())
        await office.quiet()
        assert office.line("carrier").state is LineState.REGISTERED
        assert carrier.garbage == []
        assert not carrier.running
        office.assert_nothing_but_lines_left()


async def test_a_cut_connection_is_made_again_by_itself(house: House) -> None:
    async with Carrier(PLAIN, quirks=CarrierQuirks(tcp_only=True)) as carrier:
        await house.add("line", "carrier", **line_values(carrier, transport="tcp"))
        await house.registered("carrier")
        assert carrier.tcp is not None
        (first,) = carrier.tcp.peers
        carrier.tcp.cut()
        await carrier.until_registered(2)  # within two seconds, not at nine tenths of an hour
        assert carrier.tcp.peers
        assert first not in carrier.tcp.peers
        await house.phone("100", behavior=phone_answers)
        call = carrier.call()  # over the new connection
        await call.until_answered()
        call.hang_up()
        await house.delete("line", "carrier")


async def test_two_srv_targets_the_first_one_silent(tmp_path: Path) -> None:
    quick = "[sip]\ngVarSipTimerT1=100\n"  # 6.4 s until a server counts as dead, not 32
    silent = await DatagramDoor(lambda *_: None).open("127.0.0.1", 0, None)
    async with (
        Carrier(PLAIN, behavior=answering) as carrier,
        open_house(tmp_path / "data", variables=quick) as house,
        dns_server(
            f"_sip._udp.carrier.example. 60 IN SRV 10 10 {silent.address.port} one.carrier.example.",
            f"_sip._udp.carrier.example. 60 IN SRV 20 10 {carrier.address.port} two.carrier.example.",
            "one.carrier.example. 60 IN A 127.0.0.1",
            "two.carrier.example. 60 IN A 127.0.0.1",
        ) as dns,
    ):
        await house.add("line", "carrier", **line_values(carrier, proxy="", dns_server=dns.address))
        view = await house.registered("carrier")
        assert view.server == f"{carrier.address}/udp"
        phone = await house.phone("100")
        call = phone.call("910000")
        await call.until_true(lambda: call.status >= 200, "an answer")
        assert call.status == 200
        call.hang_up()
        await carrier.calls[0].until_ended()
        await house.delete("line", "carrier")
    await silent.close()


async def test_a_dead_first_server_blames_no_setting(house: House) -> None:
    async with (
        Carrier(PLAIN) as carrier,
        dns_server(
            f"_sip._udp.carrier.example. 60 IN SRV 10 10 {free_ports()} one.carrier.example.",
            f"_sip._udp.carrier.example. 60 IN SRV 20 10 {carrier.address.port} two.carrier.example.",
            "one.carrier.example. 60 IN A 127.0.0.1",
            "two.carrier.example. 60 IN A 127.0.0.1",
        ) as dns,
    ):
        await house.add("line", "carrier", **line_values(carrier, proxy="", dns_server=dns.address))
        await house.registered("carrier")
        found = await house.ask(diagnosis.diagnose_line, "carrier")
        assert not [each for each in found if each.field], [(each.id, each.cause) for each in found]
        await house.delete("line", "carrier")


@pytest.mark.logs("carrier: failed")
async def test_a_server_that_is_not_there_is_said_to_be(house: House) -> None:
    async with Carrier(PLAIN) as carrier:
        nobody = f"127.0.0.1:{free_ports()}"
        await house.add("line", "carrier", **line_values(carrier, proxy=nobody))
        view = await house.line("carrier", LineState.FAILED)
        assert nobody in view.reason
        found = await house.ask(diagnosis.diagnose_line, "carrier")
        assert found[0].cause == "port_refused"
        await house.set("line", "carrier", proxy=str(carrier.address))
        await house.registered("carrier")
        await house.delete("line", "carrier")


@pytest.mark.logs("carrier: failed")
async def test_a_name_that_does_not_exist_is_said_so(house: House) -> None:
    async with Carrier(PLAIN) as carrier, dns_server() as dns:
        values = line_values(carrier, proxy="", domain="nowhere.example", dns_server=dns.address)
        await house.add("line", "carrier", **values)
        view = await house.line("carrier", LineState.FAILED)
        assert "nowhere.example" in view.reason
        found = await house.ask(diagnosis.diagnose_line, "carrier")
        assert (found[0].cause, found[0].id) == ("name_not_resolved", "R01")
        await house.delete("line", "carrier")


@in_virtual_time
async def test_a_carrier_that_restarts_in_a_call_costs_only_that_call() -> None:
    async with OutsideOffice() as office:
        carrier = await office.with_line(CarrierQuirks(grants=120), behavior=answering)
        phone = await office.phone("101")
        call = phone.call("910000")
        assert await outcome(call) == 200
        carrier.registrar.forget()
        carrier.calls[0].over("hung up")  # without a word to us
        await asyncio.sleep(300)
        assert carrier.registrar.binding(carrier.accounts[0]) is not None
        call.hang_up()  # its BYE is answered with 481
        await call.until_ended()
        again = phone.call("910000")
        assert await outcome(again) == 200
        again.hang_up()
        await office.quiet()
        office.assert_nothing_but_lines_left()
