"""The IP address list: a rejected address does not exist for us, and gets no answer to anything."""

from __future__ import annotations

import asyncio

import pytest

from app.api.status import status
from app.sip.flow import Transport
from tests.flows.conftest import House

OPTIONS = (
    "OPTIONS sip:{host} SIP/2.0\r\nVia: SIP/2.0/UDP {ours};branch=z9hG4bK{number};rport\r\n"
    "From: <sip:a@a.test>;tag=1\r\nTo: <sip:b@b.test>\r\nCall-ID: {number}\r\nCSeq: 1 OPTIONS\r\n"
    "Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
)


class Asker(asyncio.DatagramProtocol):
    """Sends OPTIONS and keeps what comes back."""

    def __init__(self) -> None:
        self.answers: asyncio.Queue[bytes] = asyncio.Queue()

    def datagram_received(self, data: bytes, addr: object) -> None:
        self.answers.put_nowait(data)


@pytest.mark.parametrize("verdict", ["reject", "accept"])
async def test_a_rejected_address_hears_nothing(house: House, verdict: str) -> None:
    loop = asyncio.get_running_loop()
    server = house.server(Transport.UDP)
    await house.add("ip_rule", "1", address="127.0.0.9", verdict=verdict)
    before = (await house.ask(status)).counters.messages_in
    ends = [
        await loop.create_datagram_endpoint(Asker, local_addr=(host, 0))
        for host in ("127.0.0.9", "127.0.0.1")
    ]
    for number, (transport, _) in enumerate(ends):
        host, port = transport.get_extra_info("sockname")
        text = OPTIONS.format(host=server.host, ours=f"{host}:{port}", number=number)
        transport.sendto(text.encode(), (server.host, server.port))
    # Datagrams are served in the order they come: once the second is answered, the first had its turn.
    async with asyncio.timeout(10):
        answer = await ends[1][1].answers.get()
    assert answer.startswith(b"SIP/2.0 ")
    heard = (await house.ask(status)).counters.messages_in - before
    if verdict == "reject":
        assert heard == 1
        assert ends[0][1].answers.empty()
    else:
        assert heard == 2
        async with asyncio.timeout(10):
            assert (await ends[0][1].answers.get()).startswith(b"SIP/2.0 ")
    for transport, _ in ends:
        transport.close()
