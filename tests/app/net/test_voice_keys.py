"""Keys that are heard, and keys that are sent."""

from __future__ import annotations

import numpy as np
import pytest

from app.media import rtp
from app.media.dtmf import DIGITS, EventError, TelephoneEvent, packets_of
from app.media.rtp import RtpPacket
from app.media.samples import FRAME, SILENCE, Samples
from app.net.voice_keys import KeyListener, KeySender, key_tone
from app.net.voice_stream import VoiceStream


class Clock:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


class Line:
    """Keeps what is sent."""

    def __init__(self) -> None:
        self.sent: list[RtpPacket] = []

    def send(self, data: bytes) -> None:
        self.sent.append(rtp.parse(data))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def listener(clock: Clock) -> KeyListener:
    return KeyListener(clock)


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def sender(line: Line) -> KeySender:
    stream = VoiceStream(line)  # type: ignore[arg-type]
    stream.use(0, 8000, 20, 0)
    return KeySender(stream)


def hear_tone(listener: KeyListener, digit: str) -> str:
    sound = (SILENCE, SILENCE, SILENCE, *key_tone(digit, 5), SILENCE, SILENCE, SILENCE)
    return "".join(listener.sound(frame) for frame in sound)


def hear_event(listener: KeyListener, digit: str, start: int) -> str:
    return "".join(listener.event(start, each.payload) for each in packets_of(digit))


@pytest.mark.parametrize("digit", DIGITS)
def test_the_tones_we_send_are_the_tones_we_know(listener: KeyListener, digit: str) -> None:
    assert hear_tone(listener, digit) == digit


def test_a_tone_begins_and_ends_softly() -> None:
    frames = key_tone("5", 3)
    assert [len(frame) for frame in frames] == [FRAME] * 3
    sound: Samples = np.concatenate(frames)
    assert abs(int(sound[0])) < 100
    assert abs(int(sound[-1])) < 300
    assert np.abs(sound).max() > 8000


def test_an_event_is_one_key_however_often_it_is_repeated(listener: KeyListener) -> None:
    assert hear_event(listener, "4", 1000) == "4"
    assert hear_event(listener, "4", 1000) == ""
    assert hear_event(listener, "4", 5000) == "4"


def test_tones_are_not_listened_for_after_an_event(listener: KeyListener) -> None:
    assert hear_event(listener, "4", 1000) == "4"
    assert listener.has_events
    assert hear_tone(listener, "5") == ""
    listener.new_stream()
    assert hear_tone(listener, "5") == "5"


def test_an_event_behind_its_own_tone_is_no_second_key(listener: KeyListener, clock: Clock) -> None:
    assert hear_tone(listener, "7") == "7"
    clock.now += 0.2
    assert hear_event(listener, "7", 1000) == ""
    clock.now += 0.2
    assert hear_event(listener, "7", 5000) == "7"


def test_an_event_long_after_a_tone_or_of_another_key_is_one(listener: KeyListener, clock: Clock) -> None:
    assert hear_tone(listener, "7") == "7"
    clock.now += 0.1
    assert hear_event(listener, "8", 1000) == "8"
    listener.new_stream()
    assert hear_tone(listener, "7") == "7"
    clock.now += 5
    assert hear_event(listener, "7", 9000) == "7"


def test_what_is_no_event_is_no_key(listener: KeyListener) -> None:
    assert listener.event(0, b"") == ""
    assert listener.event(0, TelephoneEvent(99, False, 0, 160).encode()) == ""


def test_keys_wait_for_one_another(line: Line, sender: KeySender) -> None:
    assert sender.is_idle
    sender.add("1", 40)
    sender.add("d", 40)
    assert not sender.is_idle
    for tick in range(30):
        assert sender.step(tick, (101, 8000)) is None
        assert not sender.is_tone
    assert sender.is_idle
    events = [TelephoneEvent.parse(packet.payload) for packet in line.sent]
    assert [event.digit for event in events] == ["1"] * 4 + ["D"] * 4
    assert [event.end for event in events] == [False, True, True, True] * 2
    gap = rtp.timestamp_distance(line.sent[4].timestamp, line.sent[0].timestamp)
    assert gap >= (4 + 3) * 160


def test_without_events_a_key_is_a_tone(line: Line, sender: KeySender) -> None:
    sender.add("1", 100)
    frames = [sender.step(tick, None) for tick in range(12)]
    assert [frame is not None for frame in frames] == [True] * 5 + [False] * 7
    assert sender.is_idle
    assert not line.sent


def test_keys_can_be_forgotten(line: Line, sender: KeySender) -> None:
    sender.add("1", 100)
    sender.step(0, (101, 8000))
    sender.add("2", 100)
    sender.clear()
    assert sender.is_idle
    assert sender.step(1, (101, 8000)) is None
    assert len(line.sent) == 1


def test_a_peer_that_takes_no_events_any_more_gets_none(line: Line, sender: KeySender) -> None:
    sender.add("1", 100)
    sender.step(0, (101, 8000))
    for tick in range(1, 10):
        assert sender.step(tick, None) is None
    assert len(line.sent) == 1
    assert sender.is_idle


@pytest.mark.parametrize("digit", ["", "x", "12"])
def test_what_is_no_key_is_not_sent(sender: KeySender, digit: str) -> None:
    with pytest.raises(EventError):
        sender.add(digit, 100)


def test_a_flood_of_long_keys_is_cut(line: Line, sender: KeySender) -> None:
    for _ in range(5000):
        sender.add("1", 99_999)
    ticks = 0
    while not sender.is_idle:
        sender.step(ticks, (101, 8000))
        ticks += 1
    keys = [packet for packet in line.sent if packet.marker]
    assert len(keys) == 64
    assert ticks < 64 * 300


def test_no_tone_is_longer_than_a_key_may_be(sender: KeySender) -> None:
    sender.add("1", 99_999)
    frames = 0
    while not sender.is_idle:
        frames += sender.step(frames, None) is not None
    assert frames == 250
