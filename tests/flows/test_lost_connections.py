"""A phone's connection breaks during a call: the call goes on if the phone can be reached, else it ends."""

from __future__ import annotations

import pytest

from app.api import calls
from app.events import CallState
from app.pbx import Pbx
from app.sip.events import RequestInDialog
from app.sip.flow import Transport
from tests.flows.conftest import House
from tests.flows.test_talking import connect


async def hurry(pbx: Pbx) -> None:
    """Give phones a moment instead of twenty seconds."""
    pbx.exchange.lost_connections.patience_s = 0.2


@pytest.mark.parametrize("transport", [Transport.TCP, Transport.TLS])
async def test_a_phone_that_is_gone_ends_the_call(house: House, transport: Transport) -> None:
    await house.ask(hurry)
    caller = await house.phone("100")
    callee = await house.phone("101", transport=transport)
    out, _ = await connect(caller, callee)
    await callee.stop()
    await out.until_ended()
    assert (await house.ended_call()).outcome == "answered"


async def test_a_phone_that_can_be_reached_stays_in_its_call(house: House) -> None:
    await house.ask(hurry)
    caller = await house.phone("100")
    callee = await house.phone("101", transport=Transport.TCP)
    out, incoming = await connect(caller, callee)
    callee.break_connections()
    asked = await incoming.until(RequestInDialog)
    assert asked.request.method == "OPTIONS"
    assert out.ended is None
    assert (await house.ask(calls.live_calls))[0].state is CallState.TALKING
    incoming.hang_up()
    await out.until_ended()
