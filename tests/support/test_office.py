from __future__ import annotations

import asyncio

import pytest

from app.net.rtp_ports import PortsExhausted
from app.sip import events
from tests.support.office import Office, PaperRelay, extension, in_virtual_time
from tests.support.phone import answering


@in_virtual_time
async def test_it_notices_what_is_left() -> None:
    async with Office() as office:
        caller = await office.phone("100")
        await office.phone("101", behavior=answering)
        call = caller.call("101")
        await call.until(events.Accepted)
        await office.quiet()
        with pytest.raises(AssertionError):
            office.assert_nothing_left()
        call.hang_up()
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_the_paper_relay_keeps_books() -> None:
    relay = PaperRelay(capacity=1)
    first = await relay.open("1", ("10.0.0.1", "10.0.0.1"))
    assert first[0] != first[1]
    with pytest.raises(PortsExhausted):
        await relay.open("2", ("10.0.0.1", "10.0.0.1"))
    relay.connect("1", 0, "target")
    relay.connect("2", 0, "target")
    assert relay.open_calls == {"1": ["target", None]}
    await relay.close("1")
    assert relay.open_calls == {}


@in_virtual_time
async def test_its_clock_is_the_loops() -> None:
    office = Office(extension("100"))
    before = office.clock()
    await asyncio.sleep(10)
    assert office.clock() - before == pytest.approx(10)
    await office.exchange.stop()
