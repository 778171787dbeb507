"""Calls through the relay, over real sockets on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from app.errors import EnvironmentFault
from app.media.rtcp import ReceiverReport
from app.net.relay import LegCounters, PortsExhausted, SocketRelay
from app.sdp.negotiation import MediaTarget
from tests.support.media_phone import MediaPhone, on_every_loop, rtp_ports, until

RTCP = ReceiverReport(ssrc=1).encode()


class Clock:
    """A steady clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Call:
    """A relayed call between two phones."""

    relay: SocketRelay
    clock: Clock
    ports: tuple[int, int]  # where phone 0 and phone 1 send to
    phones: tuple[MediaPhone, MediaPhone]

    def leg(self, index: int) -> Any:
        return self.relay._calls["call"][index]

    async def counters(self, index: int) -> LegCounters:
        return (await self.relay.counters("call"))[index]

    async def talk(self, index: int, packets: int = 1) -> None:
        """Phone `index` sends, and the other hears it from the relay's port."""
        for _ in range(packets):
            data = self.phones[index].send(self.ports[index])
            assert await self.phones[1 - index].receive() == (data, self.ports[1 - index])


@asynccontextmanager
async def relayed(
    *, connected: bool = True, host: str = "127.0.0.1", mux: bool = False
) -> AsyncIterator[Call]:
    clock = Clock()
    relay = SocketRelay(rtp_ports(rest=0.0), clock=clock, wall=lambda: 1_700_000_000.0 + clock.now)
    phones = MediaPhone(host, ssrc=1), MediaPhone(host, ssrc=2)
    extra: list[MediaPhone] = []
    try:
        one, two = await relay.open("call", (host, host))
        call = Call(relay, clock, (one.port, two.port), phones)
        if connected:
            for leg in (0, 1):
                relay.connect("call", leg, phones[leg].target(rtcp_mux=mux))
        yield call
    finally:
        await relay.close_all()
        for phone in (*phones, *extra):
            phone.close()
        await asyncio.sleep(0)  # transports close a turn later


@on_every_loop
async def test_both_hear_each_other_and_all_is_counted() -> None:
    async with relayed() as call:
        assert call.ports[0] % 2 == call.ports[1] % 2 == 0
        for _ in range(10):
            await call.talk(0)
            await call.talk(1)
            call.clock.now += 0.020
        await call.talk(0)
        one, two = await call.relay.counters("call")
        assert (one.packets_in, one.packets_out, one.bytes_in, one.bytes_out) == (11, 10, 11 * 172, 10 * 172)
        assert (two.packets_in, two.packets_out) == (10, 11)
        assert (one.lost, one.reordered, one.foreign_packets, one.undelivered_packets) == (0, 0, 0, 0)
        assert one.jitter_ms == pytest.approx(0, abs=0.01)
        assert (one.ssrc, two.ssrc) == (1, 2)
        assert (one.first_at, one.last_at) == (1_700_001_000.0, pytest.approx(1_700_001_000.2))
        assert one.sdp_address == one.source_address == ("127.0.0.1", call.phones[0].port)
        assert call.relay.relayed_packets == 21


@on_every_loop
async def test_ipv6() -> None:
    async with relayed(host="::1") as call:
        await call.talk(0, 3)
        await call.talk(1, 3)
        assert (await call.counters(0)).source_address == ("::1", call.phones[0].port)


@on_every_loop
async def test_a_call_from_ipv6_to_ipv4() -> None:
    relay = SocketRelay(rtp_ports())
    old, new = MediaPhone("127.0.0.1"), MediaPhone("::1")
    try:
        addresses = await relay.open("call", ("::1", "127.0.0.1"))
        assert [address.host for address in addresses] == ["::1", "127.0.0.1"]
        relay.connect("call", 0, MediaTarget("0:0:0:0:0:0:0:1", new.port, new.rtcp_port))
        relay.connect("call", 1, old.target())
        data = new.send(addresses[0].port)
        assert (await old.receive())[0] == data
        data = old.send(addresses[1].port)
        assert (await new.receive())[0] == data
    finally:
        await relay.close_all()
        old.close()
        new.close()
        await asyncio.sleep(0)


@on_every_loop
async def test_loss_is_seen() -> None:
    async with relayed() as call:
        await call.talk(0)
        call.phones[0].packet()
        call.phones[0].packet()
        await call.talk(0)
        assert (await call.counters(0)).lost == 2
        assert (await call.counters(1)).lost == 0


@on_every_loop
async def test_a_phone_behind_a_nat_is_learned_and_answered_where_it_sends_from() -> None:
    async with relayed(connected=False) as call:
        hidden, other = call.phones
        call.relay.connect("call", 0, MediaTarget("192.0.2.50", 4000, 4001))
        call.relay.connect("call", 1, other.target())
        sent = [hidden.send(call.ports[0]) for _ in range(4)]
        assert [(await other.receive())[0] for _ in range(2)] == sent[2:]
        await call.talk(1, 3)
        await call.talk(0, 3)
        seen = await call.counters(0)
        assert (seen.learning_packets, seen.foreign_packets) == (2, 0)
        assert seen.sdp_address == ("192.0.2.50", 4000)
        assert seen.source_address == ("127.0.0.1", hidden.port)


@on_every_loop
async def test_strangers_are_not_heard_but_counted() -> None:
    async with relayed() as call:
        stranger = MediaPhone(ssrc=66)
        stranger_elsewhere = MediaPhone("127.0.0.66", ssrc=66)
        try:
            await call.talk(0)
            await call.talk(1)
            for each in (stranger, stranger_elsewhere):
                for _ in range(5):
                    each.rtp.sendto(each.packet(), ("127.0.0.1", call.ports[0]))
            await until(lambda: call.leg(0).sockets.foreign == 10)
            await call.talk(0, 2)
            await call.talk(1, 2)
            assert call.phones[1].has_heard_nothing()
            assert stranger.has_heard_nothing()
            assert (await call.counters(0)).foreign_packets == 10
            assert (await call.counters(0)).packets_in == 3
        finally:
            stranger.close()
            stranger_elsewhere.close()


@on_every_loop
async def test_a_quiet_source_may_move() -> None:
    async with relayed() as call:
        await call.talk(0)
        moved = MediaPhone(ssrc=1)
        try:
            moved.send(call.ports[0])
            await until(lambda: call.leg(0).sockets.foreign == 1)
            call.clock.now += 6.0
            data = moved.send(call.ports[0])
            assert (await call.phones[1].receive())[0] == data
            data = call.phones[1].send(call.ports[1])
            assert (await moved.receive())[0] == data
            assert (await call.counters(0)).source_address == ("127.0.0.1", moved.port)
        finally:
            moved.close()


@on_every_loop
async def test_a_re_invite_moves_the_media() -> None:
    async with relayed() as call:
        await call.talk(0, 2)
        await call.talk(1, 2)
        moved = MediaPhone(ssrc=9)
        try:
            call.relay.connect("call", 0, moved.target())
            data = call.phones[1].send(
                call.ports[1]
            )  # goes to the new address before anything came from there
            assert (await moved.receive())[0] == data
            data = moved.send(call.ports[0])
            assert (await call.phones[1].receive())[0] == data
            call.phones[0].send(call.ports[0])
            await until(lambda: call.leg(0).sockets.foreign == 1)
            assert call.phones[1].has_heard_nothing()
        finally:
            moved.close()


@on_every_loop
async def test_the_same_address_again_loses_nothing() -> None:
    async with relayed() as call:
        await call.talk(0, 2)
        await call.talk(1, 2)
        for leg in (0, 1):
            call.relay.connect("call", leg, call.phones[leg].target())
        await call.talk(1, 2)
        await call.talk(0, 2)
        assert (await call.counters(0)).undelivered_packets == 0


@pytest.mark.parametrize(
    "target", [None, MediaTarget("0.0.0.0", 4000, 4001), MediaTarget("name.example", 4, 5)]
)
@on_every_loop
async def test_no_address_to_send_to_drops_and_counts(target: MediaTarget | None) -> None:
    async with relayed() as call:
        await call.talk(0)
        call.relay.connect("call", 1, target)
        call.phones[0].send(call.ports[0])
        await until(lambda: call.leg(1).undelivered == 1)
        seen = await call.counters(1)
        assert (seen.packets_out, seen.undelivered_packets) == (1, 1)
        assert call.phones[1].has_heard_nothing()


@on_every_loop
async def test_holding_by_an_empty_address_sends_nothing_and_forgets_nothing() -> None:  # RFC 3264 8.4
    async with relayed() as call:
        holder = call.phones[0]
        await call.talk(0, 2)
        await call.talk(1, 2)
        call.relay.connect("call", 0, MediaTarget("0.0.0.0", holder.port, holder.rtcp_port))
        await call.talk(0, 2)  # its music goes on
        call.phones[1].send(call.ports[1])
        call.phones[1].rtcp.sendto(RTCP, ("127.0.0.1", call.ports[1] + 1))
        await until(lambda: call.leg(0).undelivered == 1 and call.leg(1).rtcp_in == 1)
        assert holder.has_heard_nothing()
        call.relay.connect("call", 0, holder.target())
        await call.talk(1, 2)
        await call.talk(0, 2)
        assert (await call.counters(0)).learning_packets == 0


@on_every_loop
async def test_early_media_of_a_phone_whose_sdp_has_not_come() -> None:
    async with relayed(connected=False) as call:
        call.relay.connect("call", 0, call.phones[0].target())
        for _ in range(2):
            call.phones[1].send(call.ports[1])
        await until(lambda: call.leg(1).sockets.learning == 2)
        await call.talk(1, 2)


@on_every_loop
async def test_rtcp_goes_from_port_to_port() -> None:
    async with relayed() as call:
        one, two = call.phones
        await call.talk(0)
        await call.talk(1)
        one.rtcp.sendto(RTCP, ("127.0.0.1", call.ports[0] + 1))
        assert await two.receive_rtcp() == (RTCP, call.ports[1] + 1)
        two.rtcp.sendto(RTCP, ("127.0.0.1", call.ports[1] + 1))
        assert await one.receive_rtcp() == (RTCP, call.ports[0] + 1)
        stranger = MediaPhone("127.0.0.66")
        stranger.rtcp.sendto(RTCP, ("127.0.0.1", call.ports[0] + 1))
        await until(lambda: call.leg(0).sockets.foreign == 1)
        stranger.close()
        seen = await call.counters(0)
        assert (seen.rtcp_in, seen.packets_in, seen.lost) == (1, 1, 0)


@on_every_loop
async def test_rtcp_of_a_phone_behind_a_nat_goes_back_where_it_came_from() -> None:
    async with relayed(connected=False) as call:
        hidden, other = call.phones
        call.relay.connect("call", 0, MediaTarget("192.0.2.50", 4000, 4001))
        call.relay.connect("call", 1, other.target())
        for _ in range(3):
            hidden.send(call.ports[0])
        await other.receive()
        hidden.rtcp.sendto(RTCP, ("127.0.0.1", call.ports[0] + 1))
        assert (await other.receive_rtcp())[0] == RTCP
        other.rtcp.sendto(RTCP, ("127.0.0.1", call.ports[1] + 1))
        assert (await hidden.receive_rtcp())[0] == RTCP


@on_every_loop
@pytest.mark.parametrize("mux", [True, False])
async def test_rtcp_on_the_rtp_port_goes_on_as_both_agreed(mux: bool) -> None:  # RFC 5761
    async with relayed(mux=mux) as call:
        one, two = call.phones
        one.send(call.ports[0], RTCP)
        data, port = await (two.receive() if mux else two.receive_rtcp())
        assert (data, port) == (RTCP, call.ports[1] if mux else call.ports[1] + 1)
        assert ((await call.counters(0)).rtcp_in, (await call.counters(0)).packets_in) == (1, 0)


@on_every_loop
@pytest.mark.parametrize(
    "data",
    [b"\r\n\r\n", b"\x16\xfe\xfd" + bytes(40), b"\x00\x01" + bytes(30), b"\x80"],
    ids=["keep-alive", "dtls", "stun", "short"],
)
async def test_what_is_no_rtp_passes_uncounted(data: bytes) -> None:
    async with relayed() as call:
        await call.talk(0)
        call.phones[0].send(call.ports[0], data)
        assert (await call.phones[1].receive())[0] == data
        assert (await call.counters(0)).packets_in == 1


@on_every_loop
async def test_a_far_end_that_is_gone_harms_nothing() -> None:
    async with relayed() as call:
        await call.talk(0, 2)
        await call.talk(1, 2)
        call.phones[1].rtp.close()  # ICMP port unreachable from now on
        for number in range(6):
            call.phones[0].send(call.ports[0])
            await until(lambda heard=number + 3: call.leg(0).packets_in == heard)
        seen = await call.counters(1)
        assert seen.packets_out + seen.undelivered_packets == 8


@on_every_loop
async def test_a_full_socket_buffer_drops_and_counts() -> None:
    async with relayed() as call:
        await call.talk(0)

        def full(data: bytes) -> None:
            raise BlockingIOError

        call.leg(1).sockets.send = full
        call.phones[0].send(call.ports[0])
        await until(lambda: call.leg(1).undelivered == 1)
        assert (await call.counters(1)).bytes_out == 172


@on_every_loop
async def test_closing_gives_the_ports_back_and_may_be_repeated() -> None:
    ports = rtp_ports(8, rest=5.0)
    clock = Clock()
    relay = SocketRelay(ports, clock=clock)
    try:
        first = await relay.open("first", ("127.0.0.1", "127.0.0.1"))
        await relay.open("second", ("127.0.0.1", "127.0.0.1"))
        with pytest.raises(PortsExhausted):
            await relay.open("third", ("127.0.0.1", "127.0.0.1"))
        with pytest.raises(ValueError, match="already"):
            await relay.open("first", ("127.0.0.1", "127.0.0.1"))
        assert (relay.calls, ports.taken) == (2, 4)
        for _ in range(2):
            assert await relay.close("first") == (LegCounters(),) * 2 or relay.calls == 1
        assert ports.taken == 2
        relay.connect("first", 0, None)
        assert await relay.counters("first") == (LegCounters(), LegCounters())
        await asyncio.sleep(0)
        with pytest.raises(PortsExhausted):  # they rest
            await relay.open("third", ("127.0.0.1", "127.0.0.1"))
        clock.now += 5.0
        assert await relay.open("third", ("127.0.0.1", "127.0.0.1")) == first
    finally:
        await relay.close_all()
        await asyncio.sleep(0)
    assert (relay.calls, ports.taken) == (0, 0)


@on_every_loop
async def test_the_counters_at_the_end_are_those_of_the_call() -> None:
    async with relayed() as call:
        await call.talk(0, 3)
        one, two = await call.relay.close("call")
        assert (one.packets_in, two.packets_out) == (3, 3)
        assert call.relay.relayed_packets == 3
        assert (await call.relay.close("call"))[0].packets_in == 0


@on_every_loop
async def test_a_call_that_cannot_open_leaves_nothing_behind() -> None:
    ports = rtp_ports(4, rest=0.0)
    relay = SocketRelay(ports)
    with pytest.raises(EnvironmentFault) as failed:
        await relay.open("call", ("127.0.0.1", "192.0.2.1"))  # not an address of this machine
    assert failed.value.details["host"] == "192.0.2.1"
    assert (relay.calls, ports.taken) == (0, 0)
