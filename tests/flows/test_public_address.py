"""A phone on the far side of our router: it is told the router's address, and both hear each other by it."""

from __future__ import annotations

from pathlib import Path

from app.pbx import Pbx
from app.sip.flow import Transport
from tests.flows.test_talking import HIGH, LOW, connect, talk
from tests.support.house import open_house
from tests.support.router import Router

INSIDE, PUBLIC, OUTSIDE = "127.0.0.1", "127.0.0.9", "127.0.0.2"


async def take_as_outside(pbx: Pbx) -> None:
    """Addresses of this machine stand for those of the Internet."""
    pbx.endpoint.public.outside = lambda remote, local, public: remote in {OUTSIDE, PUBLIC}


async def test_sound_passes_the_router(tmp_path: Path) -> None:
    async with open_house(tmp_path / "data") as house:
        await house.ask(take_as_outside)
        await house.set("setting", "public_address", value=PUBLIC)
        router = Router(PUBLIC, INSIDE)
        await router.open(house.server(Transport.UDP).port)
        caller = await house.phone("100", hertz=LOW)
        callee = await house.phone("101", hertz=HIGH, host=OUTSIDE)
        out, incoming = await connect(caller, callee)
        assert out.remote_target[0] == INSIDE
        host, port = incoming.remote_target
        assert host == PUBLIC
        await router.open(port)
        await talk(out, incoming)
        assert router.passed(port) > 10
        incoming.hang_up()  # to our Contact: through the router too
        await out.until_ended()
        assert router.passed(house.server(Transport.UDP).port) == 1
        assert (await house.ended_call()).media == "relay"
        router.close()
