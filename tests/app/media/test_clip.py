"""Clips, and the packets that all who hear them share."""

from __future__ import annotations

import gc

import numpy as np
import pytest

from app.media import clip as module
from app.media.clip import Clip
from app.media.samples import FRAME, RATE
from app.media.voice_codec import CODECS, new_decoder, new_encoder
from tests.support.voice_phone import share_of, tone

PCMU, OPUS = CODECS["pcmu"], CODECS["opus"]


@pytest.fixture(autouse=True)
def empty_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_room", module._Room())


def test_the_numbers_are_those_of_the_house() -> None:
    assert (module._RATE, module._FRAME) == (RATE, FRAME)


def test_a_clip_knows_its_length() -> None:
    made = Clip(tone(440, 0.05), "short")
    assert (made.seconds, made.frames, made.name) == (0.05, 3, "short")
    assert repr(made) == "<Clip 'short', 0.05 s>"
    assert Clip(np.zeros(0, np.int16)).frames == 0


def test_its_last_frame_is_filled_with_silence() -> None:
    sound = tone(440, 0.05)
    made = Clip(sound)
    assert np.array_equal(np.concatenate([made.frame(number) for number in range(3)])[: len(sound)], sound)
    assert not made.frame(2)[160:].any()
    for number in (-1, 3):
        with pytest.raises(IndexError):
            made.frame(number)


@pytest.mark.parametrize("sound", [np.zeros((2, 2), np.int16), np.zeros(4, np.float32)])
def test_only_the_house_format_is_taken(sound: np.ndarray) -> None:
    with pytest.raises(ValueError, match="16-bit"):
        Clip(sound)


@pytest.mark.parametrize(("codec", "ptime"), [("pcmu", 20), ("g722", 10), ("opus", 40), ("l16", 60)])
def test_it_is_encoded_as_a_whole(codec: str, ptime: int) -> None:
    payloads = Clip(tone(440, 0.5)).encoded(CODECS[codec], ptime)
    assert len(payloads) == -(-500 // ptime)
    decoder = new_decoder(CODECS[codec])
    assert share_of(np.concatenate([decoder.decode(payload) for payload in payloads])[800:7000], 440) > 0.95


def test_packets_are_made_once_as_they_are_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    encoded = 0

    class Counting:
        def __init__(self) -> None:
            self.encoder = new_encoder(PCMU)

        def encode(self, sound: np.ndarray) -> bytes:
            nonlocal encoded
            encoded += 1
            return self.encoder.encode(sound)

    monkeypatch.setattr("app.media.voice_codec.new_encoder", lambda *_: Counting())
    made = Clip(tone(440, 1.0))
    one, other = made.packets(PCMU), made.packets(PCMU)
    assert one is other
    assert encoded == 0
    for number in range(10):
        assert one.payload(number) is other.payload(number)
    assert encoded == 10 == one.made
    assert other.payload(12)
    assert encoded == 13
    assert len(made.encoded(PCMU)) == 50
    assert encoded == 50
    with pytest.raises(IndexError):
        one.payload(50)


def test_who_begins_far_ahead_waits_for_nobody() -> None:
    made = Clip(tone(440, 60.0))
    ahead = made.packets(OPUS, first=2000)
    assert ahead.made == 2000
    assert ahead.payload(2001)
    assert ahead.made == 2002
    assert made.packets(OPUS).made == 0
    assert made.packets(OPUS, first=40) is made.packets(OPUS)
    with pytest.raises(IndexError):
        ahead.payload(1999)


def test_the_least_recently_used_go_when_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_BYTES", 20_000)  # two seconds and a half
    clips = [Clip(tone(440, 1.0), str(number)) for number in range(4)]
    held = [made.encoded(PCMU) for made in clips[:2]]
    first = clips[0].packets(PCMU)
    clips[2].encoded(PCMU)
    assert clips[0].packets(PCMU) is first
    clips[3].encoded(PCMU)
    assert clips[0].packets(PCMU) is first
    assert clips[1].weight(("pcmu", 20)) == 0
    assert clips[1].encoded(PCMU) == held[1]


def test_a_clip_that_is_gone_takes_no_room() -> None:
    for _ in range(3):
        Clip(tone(440, 1.0)).encoded(PCMU)
    gc.collect()
    kept = Clip(tone(440, 1.0))
    kept.encoded(PCMU)
    assert len(module._room._order) == 1
