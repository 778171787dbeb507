"""Packets as networks deliver them, and what is heard of them."""

from __future__ import annotations

import sys
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.media.jitter_buffer import JitterBuffer
from app.media.linear import LinearDecoder
from app.media.samples import FRAME, RATE, Samples
from app.media.voice_codec import CODECS, VoiceCodec, new_decoder, new_encoder

TICK = 0.020
PERIOD = 1600  # samples after which the tone begins anew: packets can be made once
HERTZ = 440
TURN = 2 * np.cos(2 * np.pi * HERTZ / RATE)
_WAVE = np.rint(8000 * np.sin(2 * np.pi * HERTZ * np.arange(2 * PERIOD) / RATE)).astype(np.int16)


def sound(start: int, count: int = FRAME) -> Samples:
    """The tone from this sample on."""
    return _WAVE[start % PERIOD : start % PERIOD + count]


def payload(start: int, count: int = FRAME) -> bytes:
    return sound(start, count).astype(">i2").tobytes()


class Stream:
    """A sender of L16/16000 and the buffer that hears it, in virtual time."""

    def __init__(
        self, *, ptime_ms: int = 20, sequence: int = 0, timestamp: int = 0, first_ms: int = 40
    ) -> None:
        self.buffer = JitterBuffer(LinearDecoder(RATE), RATE, first_ms=first_ms)
        self.size = RATE * ptime_ms // 1000
        self.sequence, self.timestamp = sequence, timestamp
        self.now = 100.0
        self.heard: list[Samples] = []

    def send(self, number: int) -> None:
        start = number * self.size
        self.buffer.put(
            (self.sequence + number) % 65_536,
            (self.timestamp + start) % 2**32,
            payload(start, self.size),
            self.now,
        )

    def tick(self, *numbers: int) -> Samples:
        """These packets come, then 20 ms are heard."""
        for number in numbers:
            self.send(number)
        self.now += TICK
        frame = self.buffer.frame(self.now)
        assert frame.shape == (FRAME,)
        assert frame.dtype == np.int16
        self.heard.append(frame)
        return frame

    def run(self, first: int, last: int) -> None:
        for number in range(first, last):
            self.tick(number)

    @property
    def roughness(self) -> float:
        """How far any sample heard is from where the tone through its neighbours would be."""
        line = np.concatenate(self.heard).astype(float)
        line = line[np.flatnonzero(line)[0] + 2 :]
        return float(np.abs(line[2:] - TURN * line[1:-1] + line[:-2]).max())


def test_before_the_first_packet_there_is_silence() -> None:
    stream = Stream()
    assert not stream.tick().any()
    assert not stream.buffer.is_running
    assert stream.buffer.statistics.concealed == 0


@pytest.mark.parametrize(("sequence", "timestamp"), [(0, 0), (65_530, 2**32 - 1000), (40_000, 2**31 - 5)])
def test_a_steady_stream_is_heard_as_sent_across_every_wrap(sequence: int, timestamp: int) -> None:
    stream = Stream(sequence=sequence, timestamp=timestamp)
    stream.run(0, 40)
    whole = np.concatenate(stream.heard)
    begins = int(np.flatnonzero(whole)[0]) - 1
    assert begins <= 2 * FRAME
    wanted = np.concatenate([sound(start) for start in range(0, len(whole) - begins, FRAME)])
    assert (whole[begins:] == wanted[: len(whole) - begins]).all()
    assert stream.buffer.statistics.concealed == 0


@pytest.mark.parametrize("ptime_ms", [10, 20, 30, 40, 50, 60])
def test_any_packet_time_is_heard_as_sent(ptime_ms: int) -> None:
    stream = Stream(ptime_ms=ptime_ms)
    number = 0
    for tick in range(60):
        due = []
        while number * stream.size <= tick * FRAME:
            due.append(number)
            number += 1
        stream.tick(*due)
    whole = np.concatenate(stream.heard)
    begins = int(np.flatnonzero(whole)[0]) - 1
    rest = whole[begins:]
    assert (rest[:PERIOD] == sound(0, PERIOD)).all()
    assert (rest[PERIOD : 2 * PERIOD] == sound(0, PERIOD)).all()


@pytest.mark.parametrize("codec", CODECS.values(), ids=lambda codec: codec.name)
@pytest.mark.parametrize("ptime_ms", [10, 20, 60])
def test_every_codec_keeps_its_time_across_the_wrap_of_its_clock(codec: VoiceCodec, ptime_ms: int) -> None:
    encoder = new_encoder(codec, ptime_ms)
    buffer = JitterBuffer(new_decoder(codec), codec.clock_rate)
    size = 16 * ptime_ms
    number, heard = 0, []
    for tick in range(150):
        now = tick * TICK
        while number * ptime_ms <= tick * 20:
            timestamp = (2**32 - codec.clock_rate + number * ptime_ms * codec.clock_rate // 1000) % 2**32
            data = encoder.encode(sound(number * size, size))
            buffer.put((65_500 + number) % 65_536, timestamp, data, now - 0.004)
            number += 1
        heard.append(buffer.frame(now))
    statistics = buffer.statistics
    assert (statistics.concealed, statistics.late, statistics.broken, statistics.restarts) == (0, 0, 0, 0)
    assert statistics.depth_ms <= 60 + ptime_ms
    whole = np.concatenate(heard)[RATE:].astype(float)
    wave = np.exp(-1j * np.arange(len(whole)) * 2 * np.pi * HERTZ / RATE)
    assert 2 * abs(whole @ wave) / len(whole) == pytest.approx(8000, rel=0.06)  # one tone without a break


def test_packets_out_of_order_are_put_in_order() -> None:
    stream = Stream()
    stream.tick(0)
    for number in range(1, 41, 2):
        stream.tick(number + 1, number)
        stream.tick()
    assert stream.roughness < 4
    assert stream.buffer.statistics.concealed == 0


def test_repeated_packets_are_counted_and_not_heard_twice() -> None:
    stream = Stream()
    for number in range(30):
        stream.tick(number, number)
    statistics = stream.buffer.statistics
    assert statistics.duplicate + statistics.late == 30  # waiting still, or played
    assert stream.roughness < 4


@pytest.mark.parametrize("number_lost", [1, 2])
def test_a_lost_packet_is_concealed_and_time_goes_on(number_lost: int) -> None:
    stream = Stream()
    for number in range(40):
        stream.tick(*([] if 20 <= number < 20 + number_lost else [number]))
    assert stream.buffer.statistics.concealed == number_lost * FRAME
    assert stream.buffer.statistics.late == 0
    whole = np.concatenate(stream.heard)
    begins = int(np.flatnonzero(whole)[0]) - 1
    assert (whole[begins + 30 * FRAME :] == sound(30 * FRAME, len(whole) - begins - 30 * FRAME)).all()
    lost = whole[begins + 20 * FRAME : begins + (20 + number_lost) * FRAME]
    assert lost.std() > 0.6 * sound(0).std()
    assert stream.roughness < 300  # a step of a sine that is cut would be 1,400 and more


def test_a_packet_after_its_time_is_late_and_not_heard() -> None:
    stream = Stream()
    for number in range(20):
        stream.tick(*([] if number == 10 else [number]))
    stream.tick(20, 10)
    assert stream.buffer.statistics.late == 1


def test_a_stall_of_the_network_makes_it_deeper_and_it_becomes_shallow_again() -> None:
    stream = Stream()
    stream.run(0, 100)
    for _ in range(7):
        stream.tick()
    stream.tick(*range(100, 108))
    assert 100 < stream.buffer.statistics.depth_ms < 200
    stream.run(108, 900)
    statistics = stream.buffer.statistics
    assert statistics.late == 0
    assert statistics.shortened > 5 * FRAME
    assert statistics.depth_ms < 45
    assert stream.roughness < 300


def test_after_a_long_stall_the_newest_sound_is_heard() -> None:
    stream = Stream()
    stream.run(0, 50)
    for _ in range(20):
        stream.tick()
    stream.tick(*range(50, 71))
    stream.tick(71)
    assert stream.buffer.statistics.depth_ms <= 60
    stream.run(72, 100)
    assert stream.buffer.statistics.depth_ms <= 60


def test_jitter_makes_room_for_itself() -> None:
    generator = np.random.default_rng(4)
    stream = Stream()
    count = 3000
    arrivals = sorted((number * TICK + generator.uniform(0, 0.055), number) for number in range(count))
    at = 0
    for tick in range(count):
        due = []
        while at < count and arrivals[at][0] <= tick * TICK:
            due.append(arrivals[at][1])
            at += 1
        stream.tick(*due)
    after = stream.buffer.statistics
    assert after.late < count * 0.02
    assert after.concealed < count * FRAME * 0.03
    assert after.depth_ms < 110


def test_a_sender_that_is_silent_for_a_while_keeps_its_place_in_time() -> None:
    stream = Stream()
    stream.run(0, 50)
    before = len(stream.heard)
    for _ in range(15):
        stream.tick()
    # RFC 3550 5.1: the timestamp goes on through silence, the sequence does not
    for number in range(50, 80):
        start = (number + 15) * FRAME
        stream.buffer.put(number, start, payload(start), stream.now)
        stream.tick()
    heard = np.concatenate(stream.heard)
    quiet = heard[(before + 6) * FRAME : (before + 14) * FRAME]
    assert not quiet.any()
    assert stream.buffer.statistics.depth_ms <= 40
    assert stream.buffer.statistics.restarts == 0
    assert heard[-5 * FRAME :].std() == pytest.approx(sound(0).std(), rel=0.05)


def test_a_stream_that_ends_is_over_and_may_begin_again() -> None:
    stream = Stream()
    stream.run(0, 20)
    for _ in range(40):
        stream.tick()
    assert not stream.buffer.is_running
    assert stream.buffer.statistics.concealed <= 4 * FRAME  # the rest had faded
    stream.run(60, 70)
    assert stream.buffer.is_running
    assert stream.heard[-1].any()


def test_another_sequence_is_believed_from_its_second_packet_on() -> None:
    stream = Stream()
    stream.run(0, 20)
    stream.buffer.put(30_000, 5, payload(0), stream.now)  # a stray one
    stream.run(20, 22)
    assert stream.buffer.statistics.restarts == 0
    for number in range(10):
        stream.buffer.put(40_000 + number, 77_000_000 + number * FRAME, payload(number * FRAME), stream.now)
        stream.tick()
    assert stream.buffer.statistics.restarts == 1
    assert stream.buffer.is_running
    assert stream.heard[-1].any()


@pytest.mark.parametrize("jump", [3_000_000, -3_000_000, 2**31 - 1])
def test_a_leap_of_the_timestamp_alone_is_followed_at_once(jump: int) -> None:
    stream = Stream()
    stream.run(0, 20)
    stream.timestamp += jump
    stream.run(20, 60)
    assert all(frame.any() for frame in stream.heard[3:])
    assert stream.buffer.statistics.depth_ms <= 60


def test_a_payload_that_cannot_be_decoded_is_concealed() -> None:
    stream = Stream()
    stream.run(0, 10)
    stream.buffer.put(10, 10 * FRAME, b"odd", stream.now)
    stream.tick()
    stream.buffer.put(11, 11 * FRAME, b"", stream.now)
    stream.tick()
    stream.run(12, 20)
    assert stream.buffer.statistics.broken == 2
    assert stream.roughness < 300


def test_packets_that_nobody_asks_for_do_not_pile_up() -> None:
    stream = Stream()
    stream.run(0, 10)
    payloads = [payload(number * FRAME) for number in range(10, 2000)]
    known = sys.getrefcount(payloads[0])
    for number, data in enumerate(payloads, 10):
        stream.buffer.put(number, number * FRAME, data, stream.now)
    del data
    held = [data for data in payloads if sys.getrefcount(data) > known + 1]  # the loop holds one itself
    assert 0 < len(held) <= 300
    stream.run(2000, 2010)
    assert stream.heard[-1].any()
    assert stream.buffer.statistics.depth_ms <= 60


def test_restart_forgets_what_waits() -> None:
    stream = Stream()
    stream.run(0, 10)
    stream.buffer.restart(LinearDecoder(RATE))
    assert not stream.buffer.is_running
    assert not stream.tick().any()
    assert stream.buffer.statistics.restarts == 1


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 65_535), st.integers(0, 2**32 - 1), st.binary(max_size=700), st.booleans()),
        max_size=60,
    )
)
def test_whatever_comes_a_tick_is_a_frame(packets: list[tuple[int, int, bytes, bool]]) -> None:
    buffer = JitterBuffer(LinearDecoder(RATE), RATE)
    now = 5.0
    for sequence, timestamp, data, is_tick in packets:
        buffer.put(sequence, timestamp, data, now)
        if is_tick:
            now += TICK
            assert buffer.frame(now).shape == (FRAME,)
    for _ in range(100 * len(packets) + 60):  # each may be two seconds ahead of the one before
        now += TICK
        assert buffer.frame(now).shape == (FRAME,)
        if not buffer.is_running:
            break
    assert not buffer.is_running


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_losses_and_disorder_never_stop_the_sound_nor_deepen_it_for_good(data: st.DataObject) -> None:
    stream = Stream()
    waiting: list[int] = []
    for number in range(150):
        fate = data.draw(st.sampled_from("....lds"))
        due = [] if fate in "ld" else [number, *waiting]
        if fate == "d":
            waiting.append(number)
        elif fate != "l":
            waiting = []
        stream.tick(*due)
    stream.run(150, 700)
    assert stream.buffer.statistics.depth_ms < 60
    assert all(frame.any() for frame in stream.heard[-100:])


@pytest.mark.parametrize("seed", range(40))
def test_timestamps_without_sense_do_not_end_the_sound(seed: int) -> None:
    chance = Random(seed)
    buffer = JitterBuffer(LinearDecoder(RATE), RATE)
    number = timestamp = 0
    for tick in range(400):
        number += chance.choice((1, 1, 1, 2, 900, -5))
        timestamp += chance.choice((160, 160, 16_000, 2**31 - 1, -16_000))
        buffer.put(number & 0xFFFF, timestamp & 0xFFFF_FFFF, bytes(2 * FRAME), tick * TICK)
        assert buffer.frame(tick * TICK).shape == (FRAME,)
