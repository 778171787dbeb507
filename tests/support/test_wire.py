"""The wire does what its weather says, the same way each time."""

from __future__ import annotations

import asyncio

import pytest

from app.sip.events import RequestReceived
from app.sip.flow import Address
from app.sip.outgoing import OutgoingRequest
from tests.support.virtual_time import VirtualTime, virtual_loop
from tests.support.wire import LoopScheduler, StackNode, Weather, Wire, WireSockets, pair

A, B = Address("10.0.0.1", 1), Address("10.0.0.2", 2)


class Ear:
    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.unreachable: list[Address] = []

    def datagram_received(self, data: bytes, remote: Address) -> None:
        self.heard.append(data)

    def peer_unreachable(self, remote: Address, reason: str) -> None:
        self.unreachable.append(remote)


def carry(weather: Weather, count: int) -> tuple[Wire, list[bytes]]:
    time = VirtualTime()
    wire = Wire(time, weather)
    ear = Ear()
    wire.attach(B, ear)
    for number in range(count):
        time.after(number * 0.01, lambda number=number: wire.send(b"%d" % number, A, B))
    time.run()
    return wire, ear.heard


def test_a_clear_wire_loses_nothing_and_keeps_the_order() -> None:
    wire, heard = carry(Weather(), 50)
    assert heard == [b"%d" % number for number in range(50)]
    assert wire.counters.sent == 50
    assert wire.counters.lost == wire.counters.repeated == wire.counters.late == 0


def test_bad_weather_is_as_bad_as_it_says_and_repeatable() -> None:
    weather = Weather(loss=0.2, repeat=0.1, reorder=0.1, seed=3)
    wire, heard = carry(weather, 2000)
    counters = wire.counters
    assert 300 < counters.lost < 500
    assert 100 < counters.repeated < 220
    assert 100 < counters.late < 220
    assert len(heard) == 2000 - counters.lost + counters.repeated
    assert heard != sorted(heard, key=int)
    assert carry(weather, 2000)[1] == heard
    assert carry(Weather(loss=0.2, repeat=0.1, reorder=0.1, seed=4), 2000)[1] != heard


def test_the_fate_of_the_first_datagrams_can_be_written_down() -> None:
    wire, heard = carry(Weather(fate=(True, False, True, False)), 6)
    assert heard == [b"0", b"2", b"4", b"5"]
    assert [passed.arrived for passed in wire.log] == [True, False, True, False, True, True]


def test_an_address_nobody_has_may_say_so() -> None:
    time = VirtualTime()
    wire = Wire(time, tells_unreachable=True)
    ear = Ear()
    wire.attach(A, ear)
    wire.send(b"x", A, B)
    time.run()
    assert ear.unreachable == [B]
    assert wire.counters.nobody == 1
    with pytest.raises(OSError, match="taken"):
        wire.attach(A, ear)
    wire.detach(A)
    wire.attach(A, ear)


def test_it_stands_in_for_udp_sockets_on_a_virtual_loop() -> None:
    with virtual_loop() as loop:
        wire = Wire(LoopScheduler(loop), Weather(delay=60))
        sockets = WireSockets(wire)

        async def main() -> list[bytes]:
            one, other = Ear(), Ear()
            here = await sockets.open("127.0.0.1", 0, one)
            there = await sockets.open("127.0.0.1", 0, other)
            assert here.address != there.address
            assert sockets.local_toward("127.0.0.9") == "127.0.0.1"
            here.send(b"hello", there.address)
            await asyncio.sleep(61)
            there.close()
            there.close()
            there.send(b"too late", here.address)
            here.send(b"nobody", there.address)
            await asyncio.sleep(61)
            assert one.heard == []
            assert (here.dropped, wire.counters.nobody) == (0, 1)
            here.close()
            return other.heard

        assert loop.run_until_complete(main()) == [b"hello"]


def test_two_stacks_on_a_wire() -> None:
    one, other = pair()
    order = OutgoingRequest(method="OPTIONS", uri="sip:there", from_="<sip:a@x>", to="<sip:b@x>")
    one.names["there"] = (other.address,)
    one.run(one.stack.send_request, order)
    one.time.run(until=one.time.now + 0.1)
    event = other.take(RequestReceived)
    assert isinstance(event, RequestReceived)
    other.run(other.stack.respond, event.transaction, event.request.reply(200))
    one.time.run()
    assert one.kinds() == ["ResponseReceived"]
    assert one.wire.first_lines() == ["OPTIONS sip:there SIP/2.0", "SIP/2.0 200 OK"]
    with pytest.raises(AssertionError, match="no RequestReceived among: ResponseReceived"):
        one.take(RequestReceived)
    assert one.stack.is_idle
    assert other.stack.is_idle


def test_a_name_nobody_gave_does_not_resolve() -> None:
    time = VirtualTime()
    node = StackNode(time, Wire(time), A)
    order = OutgoingRequest(method="OPTIONS", uri="sip:nowhere", from_="<sip:a@x>", to="<sip:b@x>")
    node.run(node.stack.send_request, order)
    assert node.kinds() == ["ResponseReceived"]
