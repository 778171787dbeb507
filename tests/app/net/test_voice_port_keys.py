"""Keys through a voice port: those the peer presses, and those it is sent."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest

from app.media.dtmf import DigitReceiver, DigitStarted, EventError, TelephoneEvent
from app.media.rtp import RtpPacket, sequence_distance, timestamp_distance
from app.media.voice_codec import CODECS
from app.sdp.direction import Direction
from tests.support.voice_phone import (
    EVENT_48,
    Frames,
    VoiceHouse,
    assert_one_stream,
    share_of,
    with_voices,
)


def keys_of(packets: list[RtpPacket]) -> str:
    receiver = DigitReceiver()
    found = [event for packet in packets for event in receiver.receive(packet.timestamp, packet.payload)]
    return "".join(event.digit for event in found if isinstance(event, DigitStarted))


@with_voices
async def test_keys_by_telephone_event_are_told_once(house: VoiceHouse) -> None:
    phone, port = await house.phone()
    keys: list[str] = []
    port.on_digit = keys.append
    for digit in "10#D":
        phone.press(digit)
        await asyncio.sleep(0.25)
    assert "".join(keys) == "10#D"
    assert port.counters().event_packets == ((101, 28),)


@with_voices
async def test_keys_of_a_number_nobody_spoke_of_are_understood(house: VoiceHouse) -> None:
    phone, port = await house.phone(events=())
    keys: list[str] = []
    port.on_digit = keys.append
    phone.press("7", payload_type=97)
    await asyncio.sleep(0.3)
    assert keys == ["7"]


@with_voices
async def test_keys_come_by_the_numbers_we_announced(house: VoiceHouse) -> None:
    phone, port = await house.phone()
    port.connect(phone.target(incoming=(phone.codecs[0], EVENT_48)))
    keys: list[str] = []
    port.on_digit = keys.append
    phone.press("5", payload_type=102)
    await asyncio.sleep(0.3)
    assert keys == ["5"]


@pytest.mark.logs("what follows on a key failed")
@with_voices
async def test_a_listener_for_keys_may_fail_and_may_close(house: VoiceHouse) -> None:
    phone, port = await house.phone()
    keys: list[str] = []

    def fail(key: str) -> None:
        keys.append(key)
        if len(keys) == 2:
            port.close()
        raise RuntimeError("a mistake")

    port.on_digit = fail
    for digit in "123":
        phone.press(digit)
        await asyncio.sleep(0.25)
    assert keys == ["1", "2"]


@pytest.mark.parametrize("codec", ["pcmu", "opus"])
@with_voices
async def test_keys_are_sent_between_the_packets_of_sound(house: VoiceHouse, codec: str) -> None:
    events = (EVENT_48,) if codec == "opus" else None
    phone, port = await house.phone(codec, **({} if events is None else {"events": events}))
    port.play(Frames())
    await asyncio.sleep(0.1)
    port.send_digit("4")
    port.send_digit("*", 100)
    await asyncio.sleep(0.7)
    events_seen = phone.event_packets()
    assert keys_of(events_seen) == "4*"
    assert [packet.marker for packet in events_seen].count(True) == 2
    assert len({packet.timestamp for packet in events_seen}) == 2
    rate = CODECS[codec].clock_rate
    durations = [TelephoneEvent.parse(packet.payload).duration for packet in events_seen]
    assert max(durations) == rate * 160 // 1000
    assert len(phone.sounds()) > 30
    assert share_of(phone.heard(), 440) > 0.95
    assert len({packet.ssrc for packet in phone.packets}) == 1
    assert all(sequence_distance(b.sequence, a.sequence) == 1 for a, b in pairwise(phone.packets))
    first = events_seen[0]
    before = phone.packets[phone.packets.index(first) - 1]
    assert 0 <= timestamp_distance(first.timestamp, before.timestamp) <= rate // 25
    with pytest.raises(EventError):
        port.send_digit("x")


@with_voices
async def test_a_peer_without_telephone_event_hears_a_tone(house: VoiceHouse) -> None:
    phone, port = await house.phone(events=())
    port.send_digit("1", 200)
    await asyncio.sleep(0.4)
    sound = phone.heard()
    assert len(sound) == 3200
    assert share_of(sound, 697) == pytest.approx(0.5, abs=0.05)
    assert share_of(sound, 1209) == pytest.approx(0.5, abs=0.05)
    assert phone.packets[0].marker
    port.play(Frames())
    await asyncio.sleep(0.1)
    port.send_digit("9")
    await asyncio.sleep(0.4)
    assert_one_stream(phone.packets)


@with_voices
async def test_keys_for_one_who_holds_are_lost(house: VoiceHouse) -> None:
    phone, port = await house.phone()
    port.connect(phone.target(direction=Direction.SENDONLY))
    port.send_digit("1")
    await asyncio.sleep(0.2)
    port.connect(phone.target())
    await asyncio.sleep(0.2)
    assert not phone.event_packets()
