"""Telephone events."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.media.dtmf import (
    DIGITS,
    FLASH,
    DigitEnded,
    DigitReceiver,
    DigitStarted,
    EventError,
    EventPacket,
    TelephoneEvent,
    packets_of,
)


def pressed(digit: str, ticks: int) -> list[DigitStarted | DigitEnded]:
    return [DigitStarted(digit), DigitEnded(digit, ticks)]


def hear(receiver: DigitReceiver, packets: list[EventPacket], start: int) -> list[DigitStarted | DigitEnded]:
    found: list[DigitStarted | DigitEnded] = []
    for packet in packets:
        found += receiver.receive((start + packet.offset) % (1 << 32), packet.payload)
    return found


@given(st.integers(0, 255), st.booleans(), st.integers(0, 63), st.integers(0, 0xFFFF))
def test_what_is_written_is_read_again(event: int, end: bool, volume: int, duration: int) -> None:
    written = TelephoneEvent(event, end, volume, duration)
    assert TelephoneEvent.parse(written.encode()) == written


def test_the_bits_stand_where_rfc_4733_wants_them() -> None:
    assert TelephoneEvent(11, True, 10, 800).encode() == bytes.fromhex("0b8a0320")
    assert TelephoneEvent.parse(bytes.fromhex("0b4a0320")).end is False  # the reserved bit is passed over
    with pytest.raises(EventError):
        TelephoneEvent.parse(b"\0\0\0")


def test_a_digits_whole_life() -> None:
    packets = list(packets_of("5", 80))
    events = [TelephoneEvent.parse(packet.payload) for packet in packets]
    assert [packet.marker for packet in packets] == [True, False, False, False, False, False]
    assert [event.duration for event in events] == [160, 320, 480, 640, 640, 640]
    assert [event.end for event in events] == [False, False, False, True, True, True]
    assert {event.digit for event in events} == {"5"}
    assert {packet.offset for packet in packets} == {0}


@pytest.mark.parametrize("digit", ["", "x", "12", "E"])
def test_what_is_no_key_is_refused(digit: str) -> None:
    with pytest.raises(EventError):
        list(packets_of(digit))


@pytest.mark.parametrize("digit", list(DIGITS))
def test_every_key_is_heard_once(digit: str) -> None:
    assert hear(DigitReceiver(), list(packets_of(digit)), 1000) == pressed(digit, 1280)


def test_a_shortest_digit_has_one_step() -> None:
    assert hear(DigitReceiver(), list(packets_of("1", 0)), 0) == pressed("1", 160)


def test_a_key_held_for_long_goes_on_in_segments() -> None:  # RFC 4733 2.5.1.3
    packets = list(packets_of("9", 20_000))
    assert len({packet.offset for packet in packets}) == 3
    assert sum(packet.marker for packet in packets) == 1
    assert hear(DigitReceiver(), packets, 4_000_000_000) == pressed("9", 160_000)


@given(st.data(), st.text(DIGITS, min_size=1, max_size=6), st.integers(0, (1 << 32) - 1))
def test_loss_repeats_and_a_wrap_neither_lose_nor_add_keys(
    data: st.DataObject, keys: str, start: int
) -> None:
    """Of each digit at least one packet comes; then it is heard once, whatever else happens."""
    receiver = DigitReceiver()
    found: list[DigitStarted | DigitEnded] = []
    for place, key in enumerate(keys):
        packets = list(packets_of(key, 100))
        copies = data.draw(st.lists(st.integers(0, 2), min_size=len(packets), max_size=len(packets)))
        heard = [
            packet for packet, count in zip(packets, copies, strict=True) for _ in range(count)
        ] or packets[:1]
        found += hear(receiver, heard, start + place * 2000)
    found += receiver.flush()
    assert [each.digit for each in found if isinstance(each, DigitStarted)] == list(keys)
    assert [each.digit for each in found if isinstance(each, DigitEnded)] == list(keys)


def test_a_late_packet_of_a_digit_that_is_over_is_passed_over() -> None:
    receiver = DigitReceiver()
    first, second = list(packets_of("1", 60)), list(packets_of("2", 60))
    hear(receiver, first, 1000)
    assert hear(receiver, second[:1], 3000) == [DigitStarted("2")]
    assert hear(receiver, first[-1:], 1000) == []
    assert hear(receiver, second[1:], 3000) == [DigitEnded("2", 480)]


def test_the_same_key_twice_is_two_keys() -> None:
    receiver = DigitReceiver()
    assert hear(receiver, list(packets_of("7", 60)), 1000) + hear(
        receiver, list(packets_of("7", 60)), 2000
    ) == [
        *pressed("7", 480),
        *pressed("7", 480),
    ]


def test_a_lost_end_is_made_up_for_by_the_next_key_or_by_sound() -> None:
    receiver = DigitReceiver()
    hear(receiver, list(packets_of("1", 60))[:2], 1000)
    assert hear(receiver, list(packets_of("2", 60))[:1], 4000) == [DigitEnded("1", 320), DigitStarted("2")]
    assert receiver.flush() == [DigitEnded("2", 160)]
    assert receiver.flush() == []


def test_events_that_are_no_key_are_passed_over() -> None:
    assert DigitReceiver().receive(0, TelephoneEvent(FLASH, False, 0, 160).encode()) == []
