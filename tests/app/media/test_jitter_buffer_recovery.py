"""Decoders that make up for losses themselves are asked to, and told of what is lost, not of what is late."""

from __future__ import annotations

import numpy as np
import pytest

from app.media.jitter_buffer import JitterBuffer
from app.media.opus import OpusDecoder, OpusEncoder
from app.media.samples import FRAME, Samples
from app.media.voice_codec import CodecError, Decoder


class Recovering:
    """A decoder of packets of 20 ms that notes what it is asked for."""

    def __init__(self, *, fails: bool = False) -> None:
        self.asked: list[tuple[int, bytes | None]] = []
        self.fails = fails

    def decode(self, payload: bytes) -> Samples:
        return np.full(FRAME, payload[0], np.int16)

    def make_up(self, count: int, following: bytes | None) -> Samples:
        self.asked.append((count, following))
        if self.fails:
            raise CodecError("not this one")
        count = -(-count // 40) * 40
        return np.arange(-count, 0, dtype=np.int16)


class Guessing:
    """Opus as if it could make up for nothing."""

    def __init__(self) -> None:
        self._opus = OpusDecoder()

    def decode(self, payload: bytes) -> Samples:
        return self._opus.decode(payload)


def play(
    decoder: Decoder, numbers: list[int], ticks: int, payloads: list[bytes], first_ms: int = 40
) -> tuple[JitterBuffer, Samples]:
    """Put the packets of these numbers in, a tick apart, and hear so many frames."""
    buffer = JitterBuffer(decoder, 16_000, first_ms=first_ms)
    heard = []
    for tick in range(ticks):
        if tick in numbers:
            buffer.put(tick, tick * FRAME, payloads[tick], tick * 0.020)
        heard.append(buffer.frame(tick * 0.020 + 0.010))
    return buffer, np.concatenate(heard)


NUMBERED = [bytes([number]) for number in range(100)]


def test_of_a_gap_all_is_guessed_but_the_packet_that_is_said_again() -> None:
    decoder = Recovering()
    numbers = [number for number in range(40) if number not in (20, 21, 22)]
    buffer, _ = play(decoder, numbers, 40, NUMBERED, first_ms=120)
    assert decoder.asked == [(FRAME, None), (FRAME, None), (FRAME, NUMBERED[23])]
    assert buffer.statistics.concealed == 3 * FRAME
    assert buffer.statistics.late == 0


def test_one_lost_packet_is_taken_from_the_next() -> None:
    decoder = Recovering()
    buffer, heard = play(decoder, [n for n in range(40) if n != 20], 40, NUMBERED)
    assert decoder.asked == [(FRAME, NUMBERED[21])]
    assert buffer.statistics.concealed == FRAME
    begins = int(np.flatnonzero(heard == 19)[-1]) + 1
    assert (heard[begins : begins + FRAME] == np.arange(-FRAME, 0)).all()
    assert (heard[begins + FRAME : begins + 2 * FRAME] == 21).all()


def test_what_is_only_late_is_no_matter_of_the_decoder() -> None:
    decoder = Recovering()
    buffer = JitterBuffer(decoder, 16_000)
    for tick in range(60):
        due = [tick] if tick < 20 or tick > 27 else list(range(20, 28)) if tick == 27 else []
        for number in due:
            buffer.put(number, number * FRAME, NUMBERED[number], tick * 0.020)
        buffer.frame(tick * 0.020 + 0.010)
    assert buffer.statistics.concealed > 0
    assert decoder.asked == []


def test_a_pause_of_the_sender_is_not_taken_from_the_packet_behind_it() -> None:
    decoder = Recovering()
    buffer = JitterBuffer(decoder, 16_000)
    for tick in range(40):
        leap = 10 * FRAME if tick >= 20 else 0  # the sequence goes on: nothing is lost (RFC 3550 5.1)
        buffer.put(tick, tick * FRAME + leap, NUMBERED[tick], tick * 0.020)
        buffer.frame(tick * 0.020 + 0.010)
    assert decoder.asked
    assert {following for _, following in decoder.asked} == {None}


def test_where_the_decoder_cannot_it_is_concealed_as_for_any_codec() -> None:
    decoder = Recovering(fails=True)
    buffer, heard = play(decoder, [n for n in range(40) if n != 20], 40, NUMBERED)
    assert decoder.asked
    assert buffer.statistics.concealed == FRAME
    assert heard.min() >= 0


def voice(seconds: float) -> Samples:
    at = np.arange(int(seconds * 16_000)) / 16_000
    phase = 2 * np.pi * np.cumsum(160 + 60 * np.sin(2 * np.pi * 3 * at)) / 16_000
    sound = sum(np.sin(number * phase + number * number) / number for number in range(1, 20))
    return np.rint(3000 * sound * (1.2 + np.sin(2 * np.pi * 4 * at))).astype(np.int16)


@pytest.mark.parametrize("every", [5, 12])
def test_lost_opus_is_heard_better_than_by_repetition(every: int) -> None:
    said = voice(4.0)
    encoder = OpusEncoder(20, 32_000)
    packets = [encoder.encode(said[at : at + FRAME]) for at in range(0, len(said), FRAME)]
    some = [number for number in range(200) if number % every != every - 1]
    _, whole = play(OpusDecoder(), list(range(200)), 200, packets)
    distance = {}
    for decoder in (OpusDecoder(), Guessing()):
        buffer, heard = play(decoder, some, 200, packets)
        assert buffer.statistics.late == 0
        distance[type(decoder)] = float(np.linalg.norm(heard.astype(float) - whole))
    assert distance[OpusDecoder] < 0.6 * distance[Guessing]
