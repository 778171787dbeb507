"""UDP and the simulated wire keep the same contract."""

from __future__ import annotations

import asyncio

import pytest

from app.net.sockets import DatagramSockets
from app.net.udp import UdpSockets
from app.sip.flow import Address
from tests.support.wire import LoopScheduler, Wire, WireSockets


class Ear:
    def __init__(self) -> None:
        self.heard: asyncio.Queue[tuple[bytes, tuple[str, int]]] = asyncio.Queue()

    def datagram_received(self, data: bytes, remote: Address) -> None:
        self.heard.put_nowait((data, tuple(remote)))

    def peer_unreachable(self, remote: Address, reason: str) -> None:
        raise AssertionError(f"{remote}: {reason}")


@pytest.mark.parametrize("kind", ["udp", "wire"])
async def test_the_network_and_its_simulation_keep_the_same_contract(kind: str) -> None:
    sockets: DatagramSockets = UdpSockets()
    if kind == "wire":
        sockets = WireSockets(Wire(LoopScheduler(asyncio.get_running_loop())))
    ear = Ear()
    one = await sockets.open("127.0.0.1", 0, ear)
    other = await sockets.open("127.0.0.1", 0, Ear())
    assert one.address.port != other.address.port != 0
    assert sockets.local_toward("127.0.0.1") == "127.0.0.1"
    other.send(b"hello", one.address)
    assert await ear.heard.get() == (b"hello", tuple(other.address))
    assert one.dropped == 0
    one.close()
    other.send(b"gone", one.address)
    other.close()
    await asyncio.sleep(0)
    assert ear.heard.empty()
