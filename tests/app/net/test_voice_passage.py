"""Packets renumbered into another stream."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.media import rtp
from app.media.rtp import RtpPacket, sequence_distance, timestamp_distance
from app.net.voice_passage import Passage
from app.net.voice_stream import VoiceStream


class Way:
    """A passage into a stream of 8 kHz, and what came out."""

    def __init__(self) -> None:
        self.sent: list[RtpPacket] = []
        self.tick = 100
        self.stream = VoiceStream(self)  # type: ignore[arg-type]
        self.stream.use(8, 8000, 20, self.tick)
        self.passage = Passage(self.stream, lambda: self.tick)

    def send(self, data: bytes) -> None:
        self.sent.append(rtp.parse(data))

    def carry(self, number: int, *, ssrc: int = 1, marker: int = 0, start: int = 0, clock: int = 0) -> None:
        """One packet of a source that counts from `start` and whose clock began at `clock`."""
        stamp = clock + number * 160 & 0xFFFF_FFFF
        self.passage.carry(8, marker, start + number & 0xFFFF, stamp, ssrc, b"x")

    def own(self, tick: int) -> None:
        """One packet of our own sound."""
        self.stream.continues(tick)
        self.stream.sound(b"own")

    @property
    def numbers(self) -> list[int]:
        return [sequence_distance(packet.sequence, self.sent[0].sequence) for packet in self.sent]

    @property
    def stamps(self) -> list[int]:
        return [timestamp_distance(packet.timestamp, self.sent[0].timestamp) for packet in self.sent]


@pytest.fixture
def way() -> Way:
    return Way()


@given(start=st.integers(0, 0xFFFF), clock=st.integers(0, 0xFFFF_FFFF))
def test_packets_count_on_across_every_wrap(start: int, clock: int) -> None:
    way = Way()
    for number in range(5):
        way.carry(number, start=start, clock=clock)
    assert way.numbers == [0, 1, 2, 3, 4]
    assert way.stamps == [0, 160, 320, 480, 640]
    assert [packet.marker for packet in way.sent] == [True, False, False, False, False]
    assert {packet.ssrc for packet in way.sent} == {way.stream.ssrc}


def test_loss_order_and_repeats_stay_as_they_are(way: Way) -> None:
    for number in (0, 1, 4, 3, 4, 5):
        way.carry(number)
    assert way.numbers == [0, 1, 4, 3, 4, 5]
    assert way.stamps == [160 * number for number in way.numbers]


def test_markers_pass(way: Way) -> None:
    way.carry(0)
    way.carry(1, marker=128)
    assert [packet.marker for packet in way.sent] == [True, True]


def test_our_own_sound_and_the_passage_follow_one_upon_the_other(way: Way) -> None:
    way.own(100)
    way.tick = 103
    way.carry(0, start=40_000, clock=99)
    way.carry(1, start=40_000, clock=99)
    way.own(106)
    way.tick = 110
    way.carry(2, start=40_000, clock=99)
    assert way.numbers == [0, 1, 2, 3, 4]
    assert way.stamps == [0, 480, 640, 960, 1600]
    assert [packet.marker for packet in way.sent] == [True, True, False, True, True]


def test_what_is_late_from_before_our_own_sound_stays_out(way: Way) -> None:
    way.carry(0)
    way.carry(2)
    way.own(105)
    way.tick = 106
    way.carry(3)
    way.carry(1)
    assert way.numbers == [0, 2, 3, 4]


def test_an_inserted_packet_moves_the_numbers_behind_it(way: Way) -> None:
    way.carry(0)
    way.stream.insert(101, True, way.stream.stamp_at(100), b"key")
    way.carry(1)
    way.carry(2)
    assert way.numbers == [0, 1, 2, 3]
    assert way.stamps == [0, 160, 160, 320]


def test_another_ssrc_begins_anew(way: Way) -> None:
    way.carry(0)
    way.tick = 101
    way.carry(0, ssrc=2, start=50_000, clock=123_456_789)
    assert way.numbers == [0, 1]
    assert way.stamps == [0, 160]
    assert way.sent[1].marker


@pytest.mark.parametrize(("start", "clock"), [(30_000, 0), (0, 0x7000_0000), (0, 0x9000_0000), (60_000, 77)])
def test_a_jump_begins_anew(way: Way, start: int, clock: int) -> None:
    way.carry(0)
    way.carry(1)
    way.tick = 102
    way.carry(2, start=start, clock=clock)
    way.carry(3, start=start, clock=clock)
    assert way.numbers == [0, 1, 2, 3]
    assert way.stamps == [0, 160, 320, 480]
    assert way.sent[2].marker


def test_a_pause_of_the_source_passes(way: Way) -> None:
    way.carry(0)
    way.passage.carry(8, 128, 1, 160 * 200, 1, b"x")
    assert way.numbers == [0, 1]
    assert way.stamps == [0, 160 * 200]


def test_events_keep_their_timestamp(way: Way) -> None:
    way.carry(0)
    for number in (1, 2, 3):
        way.passage.carry(101, 128 if number == 1 else 0, number, 160, 1, b"key")
    way.passage.carry(8, 0, 4, 640, 1, b"x")
    assert way.numbers == [0, 1, 2, 3, 4]
    assert way.stamps == [0, 160, 160, 160, 640]
    assert [packet.payload_type for packet in way.sent] == [8, 101, 101, 101, 8]
