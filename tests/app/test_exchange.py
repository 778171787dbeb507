from __future__ import annotations

import asyncio
import dataclasses
import gc

import pytest

from app.calls.bridge import Bridge
from app.calls.call import Call
from app.calls.leg import Leg
from app.db.tables.binding import BindingRow
from app.services.directory import Settings
from app.sip import events
from app.sip.flow import Address, Flow, Transport
from tests.support.office import SERVER, START, Office, in_virtual_time
from tests.support.phone import answering, ringing


def row(number: str, expires_in: float = 500) -> BindingRow:
    return BindingRow(
        number=number,
        contact=f"sip:{number}@10.0.1.1:5060",
        call_id="a",
        cseq=1,
        transport="UDP",
        local_host=SERVER.host,
        local_port=SERVER.port,
        remote_host="10.0.1.1",
        remote_port=5060,
        expires_at=START + expires_in,
    )


@in_virtual_time
async def test_bindings_of_an_earlier_run_are_called_and_run_out() -> None:
    async with Office() as office:
        assert office.exchange.restore([row("101"), row("102", -1), row("999")]) == 1
        await office.phone("101", registered=False, behavior=answering)
        caller = await office.phone("100")
        call = caller.call("101")
        await call.until(events.Accepted)
        call.hang_up()
        await asyncio.sleep(600)
        assert office.exchange.bindings.of("101") == ()
        office.assert_nothing_left()


@in_virtual_time
async def test_a_closed_connection_reaches_the_bindings() -> None:
    async with Office() as office:
        await office.phone("101")
        office.exchange.flow_closed(Flow(Transport.TCP, SERVER, Address("10.0.1.1", 5060), 4))
        office.exchange.flow_closed(Flow(Transport.UDP, SERVER, Address("10.0.1.1", 5060)))
        assert len(office.exchange.bindings) == 1


@in_virtual_time
async def test_stopping_says_goodbye_to_all() -> None:
    async with Office(settings=Settings(no_answer_s=500)) as office:
        caller, callee = await office.phone("100"), await office.phone("101", behavior=answering)
        other, ringer = await office.phone("102"), await office.phone("100", behavior=ringing)
        talking = caller.call("101")
        await talking.until(events.Accepted)
        await callee.all_calls[0].until(events.Confirmed)
        waiting = other.call("100")
        await waiting.until(events.Progressed)
        assert not office.exchange.is_idle
        await office.exchange.stop()
        assert office.exchange.is_idle
        for call in (talking, waiting, callee.all_calls[0], ringer.all_calls[0]):
            await call.until_ended()
        assert waiting.status == 503
        assert len(office.records) == 2


@pytest.mark.logs("did not end in time", "never ends")
@in_virtual_time
async def test_stopping_is_bounded() -> None:
    async with Office() as office:

        async def stubborn() -> None:
            try:
                await asyncio.sleep(1000)
            except asyncio.CancelledError:
                await asyncio.sleep(1)
                raise RuntimeError("never ends") from None

        task = office.exchange.spawn(stubborn(), "a task that never ends")
        started = office.loop.time()
        await office.exchange.stop(patience_s=2)
        assert office.loop.time() - started <= 4
        assert task.done()


@in_virtual_time
async def test_changed_passwords_take_their_devices_away() -> None:
    async with Office() as office:
        await office.phone("101")
        await office.phone("102")
        before = office.holder.current
        from_elsewhere = before.extensions["100"]
        office.holder.current = before.with_extensions(
            {"101": type(from_elsewhere)(number="101", ha1=from_elsewhere.ha1)}
        )
        office.exchange.directory_changed(before, office.holder.current)
        assert office.exchange.bindings.numbers() == ("102",)


@in_virtual_time
async def test_without_the_one_number_right_the_newest_device_stays() -> None:
    async with Office() as office:
        before = office.holder.current
        several = dataclasses.replace(before.extensions["101"], multi_device=True, max_devices=2)
        office.holder.current = before.with_extensions({"101": several})
        phone = await office.phone("101")
        await asyncio.sleep(10)
        await phone.register(contact="<sip:101@10.0.1.9:5070>")
        assert len(office.exchange.bindings.of("101")) == 2
        office.holder.current = before
        office.exchange.directory_changed(before.with_extensions({"101": several}), before)
        (left,) = office.exchange.bindings.of("101")
        assert str(left.uri) == "sip:101@10.0.1.9:5070"


@in_virtual_time
async def test_nothing_of_ended_calls_stays_in_memory() -> None:
    async with Office() as office:
        caller = await office.phone("100")
        await office.phone("101", behavior=answering)
        for _ in range(5):
            call = caller.call("101")
            await call.until(events.Accepted)
            call.hang_up()
            await asyncio.sleep(100)
        gc.collect()
        kept = [each for each in gc.get_objects() if isinstance(each, Call | Leg | Bridge)]
        assert kept == []
