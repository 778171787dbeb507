"""What a port does with packets. What it hears of phones is in test_voice_port.py and test_voice_join.py."""

from __future__ import annotations

import pytest

from app.media.rtp import RtpPacket
from app.media.samples import SILENCE, Samples
from app.media.voice_codec import CODECS, new_encoder
from app.net.voice_agreement import agreement
from app.net.voice_receiver import VoiceReceiver
from app.sdp.codec import STATIC, Codec
from app.sdp.target import MediaTarget
from tests.support.voice_phone import tone

EVENT = Codec(101, "telephone-event", 8000)


class Way:
    """Keeps what goes on."""

    def __init__(self, *, passes: bool) -> None:
        self.passes = passes
        self.packets: list[tuple[int, int]] = []
        self.keys: list[str] = []
        self.frames: list[Samples] = []
        self.changes = 0

    def packet(self, marker: int, sequence: int, timestamp: int, ssrc: int, payload: bytes) -> None:
        self.packets.append((marker, sequence))

    def event(self, packet: RtpPacket, clock_rate: int, key: str) -> None:
        self.keys.append(key)

    def frame(self, tick: int, frame: Samples) -> None:
        self.frames.append(frame)

    def codec_changed(self) -> None:
        self.changes += 1


class Bench:
    """A receiver that gets a tone, packet by packet."""

    def __init__(self, *codecs: Codec) -> None:
        self.now = 100.0
        self.woken = 0
        self.keys: list[str] = []
        self.receiver = VoiceReceiver(lambda: self.now, self.wake, self.keys.append)
        target = MediaTarget("192.0.2.7", 4000, 4001, codecs or (STATIC[0], STATIC[8], EVENT))
        self.receiver.use(agreement(target), target)
        self.number = 0

    def wake(self) -> None:
        self.woken += 1

    def hear(
        self, count: int = 1, payload_type: int = 0, payload: bytes | None = None, ssrc: int = 5
    ) -> None:
        encoder = new_encoder(CODECS["pcma" if payload_type == 8 else "pcmu"])
        sound = tone(440, 1.0)
        for _ in range(count):
            place = self.number % 50 * 320
            data = encoder.encode(sound[place : place + 320]) if payload is None else payload
            packet = RtpPacket(
                payload_type=payload_type,
                sequence=self.number & 0xFFFF,
                timestamp=self.number * 160,
                ssrc=ssrc,
                payload=data,
            )
            self.receiver.take(packet.encode())
            self.number += 1
            self.now += 0.02
            self.receiver.step(self.number)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_without_a_listener_packets_are_only_counted(bench: Bench) -> None:
    bench.hear(10)
    assert bench.receiver.packets == 10
    assert bench.receiver.statistics.received == 10
    assert bench.woken == 0
    assert not bench.receiver.step(11)
    assert bench.receiver.codec is CODECS["pcmu"]


def test_a_way_that_passes_gets_packets_and_nothing_is_decoded(bench: Bench) -> None:
    way = Way(passes=True)
    bench.receiver.way = way
    bench.hear(3)
    assert way.packets == [(0, 0), (0, 1), (0, 2)]
    assert bench.woken == 0
    assert way.changes == 1


def test_a_way_of_frames_gets_frames_from_the_next_packet_on(bench: Bench) -> None:
    way = Way(passes=True)
    bench.receiver.way = way
    bench.hear(3)
    way.passes = False
    bench.receiver.way_changed()
    bench.hear(20)
    assert len(way.packets) == 3
    assert len(way.frames) > 15
    assert way.frames[-1].any()
    assert bench.woken == 1
    bench.receiver.way = None
    assert not bench.receiver.step(99)


def test_another_codec_is_told_and_decoded(bench: Bench) -> None:
    way = Way(passes=False)
    bench.receiver.way = way
    bench.hear(10)
    bench.hear(10, payload_type=8)
    assert way.changes == 2
    assert bench.receiver.codec is CODECS["pcma"]
    assert bench.receiver.statistics.clock_rate == 8000
    assert way.frames[-1].any()


def test_events_go_on_with_their_key(bench: Bench) -> None:
    way = Way(passes=True)
    bench.receiver.way = way
    bench.receiver.wants_keys = True
    bench.number += 1
    bench.hear(1, 101, b"\x05\x0a\x00\xa0")
    assert way.keys == ["5"]
    assert bench.keys == ["5"]
    bench.receiver.wants_keys = False
    bench.hear(1, 101, b"\x06\x0a\x00\xa0")
    assert way.keys == ["5", "6"]
    assert bench.keys == ["5"]


@pytest.mark.parametrize("agreed", [True, False])
def test_tones_are_sought_where_no_events_were_agreed_or_nobody_else_is_there(agreed: bool) -> None:
    bench = Bench(*((STATIC[0], EVENT) if agreed else (STATIC[0],)))
    assert not bench.receiver._wants_tones
    bench.receiver.wants_keys = True
    assert bench.receiver._wants_tones
    bench.receiver.way = Way(passes=True)
    assert bench.receiver._wants_tones is not agreed
    bench.receiver.way = None
    assert bench.receiver._wants_tones
    bench.hear(1, 101, b"\x05\x0a\x00\xa0")
    assert not bench.receiver._wants_tones
    bench.hear(1, ssrc=6)  # somebody else: it may be one who sends tones
    assert bench.receiver._wants_tones
    bench.receiver.wants_keys = False
    assert not bench.receiver._wants_tones


@pytest.mark.logs("the sound of this stream is heard no more")
def test_a_stream_that_cannot_be_decoded_ends_itself_only(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames: list[Samples] = []
    bench.receiver.add_sink(lambda tick, frame: frames.append(frame))
    bench.hear(5)

    def fail(*_: object) -> Samples:
        raise RuntimeError("a mistake in a codec")

    monkeypatch.setattr("app.media.jitter_buffer.JitterBuffer.frame", fail)
    bench.hear(5)
    monkeypatch.undo()
    assert frames[-1] is SILENCE
    bench.hear(20, ssrc=6)
    assert frames[-1].any()


def test_after_closing_nothing_is_heard(bench: Bench) -> None:
    frames: list[Samples] = []
    remove = bench.receiver.add_sink(lambda tick, frame: frames.append(frame))
    bench.receiver.wants_keys = True
    bench.receiver.close()
    bench.hear(10)
    remove()
    assert not frames
