from __future__ import annotations

import asyncio

from app.sip.flow import Address
from tests.support.router import Router

INSIDE, PUBLIC, OUTSIDE = "127.0.0.1", "127.0.0.9", "127.0.0.2"


class Mailbox(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self.letters: asyncio.Queue[tuple[bytes, Address]] = asyncio.Queue()

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.letters.put_nowait((data, Address(*addr)))


async def test_a_datagram_is_passed_on_and_its_answer_back() -> None:
    loop = asyncio.get_running_loop()
    inside, server = await loop.create_datagram_endpoint(Mailbox, local_addr=(INSIDE, 0))
    outside, client = await loop.create_datagram_endpoint(Mailbox, local_addr=(OUTSIDE, 0))
    port = inside.get_extra_info("sockname")[1]
    router = Router(PUBLIC, INSIDE)
    await router.open(port)
    outside.sendto(b"hello", (PUBLIC, port))
    data, source = await server.letters.get()
    assert (data, source) == (b"hello", Address(PUBLIC, port))
    inside.sendto(b"welcome", source)
    assert await client.letters.get() == (b"welcome", Address(PUBLIC, port))
    assert router.passed(port) == 1
    router.close()
    inside.close()
    outside.close()
