"""What one leg of a relayed call does by itself; the way between two legs is in test_relay.py."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest_asyncio

from app.media.rtp import RtpPacket
from app.net.relay_leg import RelayLeg
from app.net.rtp_socket import open_pair
from app.sdp.codec import STATIC, Codec
from app.sdp.target import MediaTarget
from tests.support.media_phone import rtp_ports

PHONE = ("192.0.2.7", 4000)
EVENT = Codec(101, "telephone-event", 8000)
KEY = b"\x05\x8a\x03\x20"


@pytest_asyncio.fixture
async def legs() -> AsyncIterator[tuple[RelayLeg, RelayLeg]]:
    ports = rtp_ports()
    loop = asyncio.get_running_loop()
    one, two = (RelayLeg(loop, open_pair("127.0.0.1", ports, 0.0), lambda: 50.0, 5.0) for _ in range(2))
    one.other, two.other = two, one
    yield one, two
    for leg in (one, two):
        leg.close()
        leg.close()


def packet(payload_type: int, sequence: int, payload: bytes = b"x") -> bytes:
    return RtpPacket(
        payload_type=payload_type, sequence=sequence, timestamp=0, ssrc=1, payload=payload
    ).encode()


async def test_the_clock_of_the_stream_is_that_of_its_codec(legs: tuple[RelayLeg, RelayLeg]) -> None:
    one, two = legs
    sent: list[bytes] = []
    two.sockets.send = sent.append
    two.connect(MediaTarget("192.0.2.9", 4000, 4001, (Codec(111, "opus", 48_000, 2),)))
    two.sockets.send = sent.append
    one.connect(MediaTarget(*PHONE, 4001, (Codec(0, "PCMU", 8000), Codec(97, "x", 16_000))))
    for number, (payload_type, clock) in enumerate([(0, 8000), (111, 48_000), (97, 16_000), (99, 16_000)]):
        one._relay(packet(payload_type, number))
        assert one._statistics.clock_rate == clock
    assert len(sent) == 4
    assert one.counters(1000.0).first_at == 1050.0


async def test_the_sound_of_a_leg_is_told_by_its_counters(legs: tuple[RelayLeg, RelayLeg]) -> None:
    one, two = legs
    two.connect(MediaTarget("192.0.2.9", 4000, 4001, (STATIC[8], EVENT)))
    two.sockets.send = one.sockets.send = lambda data: None
    for number in range(64):
        one._relay(packet(8, number, b"\xd5" * 160 if number < 48 else bytes(range(160))))
    for number in range(64, 69):
        one._relay(packet(101, number, KEY))
    one._relay(packet(18, 69, b"x" * 20))
    seen = one.counters(0.0)
    assert seen.local_address == one.address
    assert (seen.payload_types, seen.event_packets) == ((8, 18, 101), ((101, 5),))
    assert (seen.sampled_packets, seen.silent_packets) == (4, 3)
    assert seen.packets_in == 70
    assert two.counters(0.0).payload_types == ()


async def test_sound_that_was_agreed_when_it_was_sent_is_not_held_against_it(
    legs: tuple[RelayLeg, RelayLeg],
) -> None:
    one, two = legs
    two.sockets.send = lambda data: None
    for codec in (STATIC[8], STATIC[0]):
        two.connect(MediaTarget("192.0.2.9", 4000, 4001, (codec,)))
        two.sockets.send = lambda data: None
        one._relay(packet(8, 1))
    one._relay(packet(0, 2))
    assert one.counters(0.0).payload_types == (0,)
    assert one._statistics.clock_rate == 8000
