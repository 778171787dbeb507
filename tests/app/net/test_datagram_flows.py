"""One flow a peer, however the peer is met, and no more of them than fit."""

from __future__ import annotations

import asyncio

from app.net.datagram_flows import DatagramFlows
from app.sip.flow import Address, Flow, Transport
from tests.support.wire import LoopScheduler, Wire, WireSockets

PEER = Address("192.0.2.9", 5060)


class Taker:
    def __init__(self) -> None:
        self.messages: list[tuple[bytes, Flow]] = []
        self.refused: list[tuple[Flow, str]] = []

    def message_received(self, data: bytes, flow: Flow) -> None:
        self.messages.append((data, flow))

    def datagrams_refused(self, flow: Flow, reason: str) -> None:
        self.refused.append((flow, reason))


class Sockets(WireSockets):
    """The wire, with a local address that a test can change."""

    def __init__(self) -> None:
        super().__init__(Wire(LoopScheduler(asyncio.get_running_loop())))
        self.local = "10.0.0.1"
        self.asked = 0

    def local_toward(self, remote_host: str) -> str:
        self.asked += 1
        return self.local


async def open_flows(host: str) -> tuple[DatagramFlows, Taker, Sockets]:
    taker, sockets = Taker(), Sockets()
    flows = DatagramFlows(sockets, taker)
    assert await flows.open(host, 5060) == Address(host, 5060)
    return flows, taker, sockets


async def test_a_peer_has_one_flow_however_it_is_met() -> None:
    flows, taker, sockets = await open_flows("0.0.0.0")
    flows.datagram_received(b"1", PEER)
    flows.datagram_received(b"2", ("192.0.2.9", 5060))  # type: ignore[arg-type]  # as the kernel gives it
    flows.peer_unreachable(PEER, "ECONNREFUSED")
    flow = Flow(Transport.UDP, Address("10.0.0.1", 5060), PEER)
    assert taker.messages == [(b"1", flow), (b"2", flow)]
    assert taker.refused == [(flow, "ECONNREFUSED")]
    assert taker.messages[0][1] is taker.messages[1][1] is taker.refused[0][0] is flows.toward(PEER)
    assert isinstance(flow.remote, Address)
    assert sockets.asked == 1


async def test_a_bound_address_is_ours_without_asking() -> None:
    flows, _, sockets = await open_flows("127.0.0.1")
    assert flows.toward(PEER).local == Address("127.0.0.1", 5060)
    assert not flows.is_wildcard
    assert sockets.asked == 0


async def test_a_changed_network_gives_new_flows_and_keeps_those_that_are_right() -> None:
    flows, _, sockets = await open_flows("::")
    before = flows.toward(PEER)
    flows.refresh()
    assert flows.toward(PEER) is before
    sockets.local = "10.0.0.2"
    flows.refresh()
    assert flows.toward(PEER).local.host == "10.0.0.2"


async def test_a_flood_of_addresses_does_not_fill_the_memory() -> None:
    flows, taker, _ = await open_flows("127.0.0.1")
    for number in range(45_000):
        flows.datagram_received(b"", Address(f"10.{number >> 8}.{number & 255}.1", 5060))
    assert len(taker.messages) == 45_000
    assert sum(len(held) for held in (flows._flows, flows._stale)) <= 40_000
