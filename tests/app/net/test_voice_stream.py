"""The numbers of a stream: they go on through everything that is heard of a port."""

from __future__ import annotations

import pytest

from app.media import rtp
from app.media.rtp import RtpPacket, sequence_distance, timestamp_distance
from app.net.voice_stream import VoiceStream


class Line:
    """A leg's sockets that keep what is sent."""

    def __init__(self) -> None:
        self.sent: list[RtpPacket] = []
        self.is_full = False

    def send(self, data: bytes) -> None:
        if self.is_full:
            raise BlockingIOError
        self.sent.append(rtp.parse(data))


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def stream(line: Line) -> VoiceStream:
    made = VoiceStream(line)  # type: ignore[arg-type]
    made.use(8, 8000, 20, 100)
    return made


def talk(stream: VoiceStream, *ticks: int) -> None:
    for tick in ticks:
        stream.continues(tick)
        stream.sound(b"x" * 160)


def test_a_talkspurt_counts_on_and_begins_with_a_marker(line: Line, stream: VoiceStream) -> None:
    talk(stream, 101, 102, 103)
    first = line.sent[0]
    for number, packet in enumerate(line.sent):
        assert packet.ssrc == stream.ssrc
        assert packet.payload_type == 8
        assert packet.marker == (number == 0)
        assert sequence_distance(packet.sequence, first.sequence) == number
        assert timestamp_distance(packet.timestamp, first.timestamp) == 160 * number


def test_the_clock_runs_through_a_pause(line: Line, stream: VoiceStream) -> None:
    talk(stream, 101, 102, 150, 151)
    assert [packet.marker for packet in line.sent] == [True, False, True, False]
    assert timestamp_distance(line.sent[2].timestamp, line.sent[0].timestamp) == 49 * 160
    assert sequence_distance(line.sent[2].sequence, line.sent[1].sequence) == 1


def test_numbers_wrap(line: Line, stream: VoiceStream) -> None:
    stream.sequence, stream._stamp = 0xFFFF, 0xFFFF_FFF0
    talk(stream, 101, 102)
    assert [packet.sequence for packet in line.sent] == [0xFFFF, 0]
    assert timestamp_distance(line.sent[1].timestamp, line.sent[0].timestamp) == 160


def test_another_clock_rate_goes_on_from_where_the_first_was(line: Line, stream: VoiceStream) -> None:
    talk(stream, 101, 102)
    stream.use(107, 48_000, 20, 103)
    talk(stream, 103, 104)
    stamps = [timestamp_distance(packet.timestamp, line.sent[0].timestamp) for packet in line.sent]
    assert stamps == [0, 160, 320, 1280]
    assert [packet.payload_type for packet in line.sent] == [8, 8, 107, 107]
    assert [packet.marker for packet in line.sent] == [True, False, True, False]


def test_a_timestamp_never_goes_back(line: Line, stream: VoiceStream) -> None:
    talk(stream, 101, 102)
    stream.next_stamp = stream.next_stamp + 5_000 & 0xFFFF_FFFF  # whose sound passed has run ahead
    stream.break_off()
    talk(stream, 103, 104)
    stamps = [timestamp_distance(packet.timestamp, line.sent[0].timestamp) for packet in line.sent]
    assert stamps == [0, 160, 5_320, 5_480]


def test_what_is_inserted_takes_a_number_and_no_time(line: Line, stream: VoiceStream) -> None:
    talk(stream, 101)
    stream.insert(101, True, stream.stamp_at(102), b"key")
    talk(stream, 102)
    assert stream.inserted == 1
    key, sound = line.sent[1:]
    assert (key.payload_type, key.marker, key.payload) == (101, True, b"key")
    assert sequence_distance(sound.sequence, line.sent[0].sequence) == 2
    assert timestamp_distance(sound.timestamp, line.sent[0].timestamp) == 160
    assert key.timestamp == sound.timestamp
    assert not sound.marker


def test_a_full_buffer_is_counted(line: Line, stream: VoiceStream) -> None:
    talk(stream, 101)
    line.is_full = True
    talk(stream, 102)
    line.is_full = False
    talk(stream, 103)
    assert (stream.packets, stream.undelivered) == (3, 1)
    assert (stream.whole_bytes, stream.undelivered_bytes) == (3 * 172, 172)
    assert sequence_distance(line.sent[1].sequence, line.sent[0].sequence) == 2


def test_streams_begin_anywhere(line: Line) -> None:
    made = [VoiceStream(line) for _ in range(8)]  # type: ignore[arg-type]
    assert len({stream.ssrc for stream in made}) == 8
    assert len({stream.sequence for stream in made}) > 1
    assert all(stream.sequence < 0x8000 for stream in made)
