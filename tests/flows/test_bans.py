"""A banned address does not exist for the engine until its ban is lifted."""

from __future__ import annotations

import asyncio

import pytest

from app.api import defence
from app.pbx import Pbx
from app.services import defence as walls
from app.sip.flow import Address, Flow, Transport
from tests.flows.conftest import House
from tests.flows.test_ip_list import OPTIONS, Asker


async def guess_passwords(pbx: Pbx, host: str) -> None:
    flow = Flow(Transport.UDP, Address("127.0.0.1", 5060), Address(host, 5060))
    for _ in range(10):
        pbx.exchange.defence.failed(flow, "100")


@pytest.mark.logs("127.0.0.9 is banned until")
async def test_a_banned_address_hears_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walls, "_is_this_machine", lambda _host: False)
    server = house.server(Transport.UDP)
    loop = asyncio.get_running_loop()
    ends = [
        await loop.create_datagram_endpoint(Asker, local_addr=(host, 0))
        for host in ("127.0.0.9", "127.0.0.1")
    ]
    its, others = ends[0][1], ends[1][1]

    async def ask_both() -> None:
        """Datagrams are served in the order they come: the second has its answer last."""
        for number, (transport, _) in enumerate(ends):
            host, port = transport.get_extra_info("sockname")
            text = OPTIONS.format(host=server.host, ours=f"{host}:{port}", number=number)
            transport.sendto(text.encode(), (server.host, server.port))
        async with asyncio.timeout(10):
            await others.answers.get()

    await house.ask(guess_passwords, "127.0.0.9")
    await ask_both()
    assert its.answers.empty()
    assert [ban.address for ban in await house.ask(defence.bans)] == ["127.0.0.9"]
    await house.ask(defence.unban, "127.0.0.9")
    await ask_both()
    async with asyncio.timeout(10):
        assert (await its.answers.get()).startswith(b"SIP/2.0 200")
    for transport, _ in ends:
        transport.close()
