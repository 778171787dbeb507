"""A tone that was made is heard, and no other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.support.tones import (
    mulaw_decode,
    mulaw_encode,
    read_wav,
    seconds_of,
    share_of,
    tone,
    write_wav,
)


def test_a_pure_tone_is_all_of_the_sound() -> None:
    assert share_of(tone(440, 1), 440) == pytest.approx(1, abs=0.01)
    assert share_of(tone(440, 1), 660) < 0.01


def test_silence_and_noise_hold_no_tone() -> None:
    noise = np.random.default_rng(1).normal(0, 3000, 8000).astype(np.int16)
    assert share_of(np.zeros(8000, np.int16), 440) == 0
    assert seconds_of(noise, 440) < 0.05


def test_a_gap_costs_only_its_own_time() -> None:
    with_gap = np.concatenate([tone(440, 1), np.zeros(4000, np.int16), tone(440, 1)])
    assert seconds_of(with_gap, 440) == pytest.approx(2, abs=0.05)
    assert seconds_of(with_gap, 700) == 0


def test_mulaw_follows_the_examples_of_the_recommendation() -> None:
    """ITU-T G.711 table 2a: the ends of the range and zero; decoding and encoding again changes nothing."""
    assert mulaw_encode(np.array([0, 32767, -32768], np.int16)) == b"\xff\x80\x00"
    assert list(mulaw_decode(b"\xff\x7f\x80\x00")) == [0, 0, 32124, -32124]
    every = bytes(code for code in range(256) if code != 0x7F)  # 0x7f is a second zero
    assert mulaw_encode(mulaw_decode(every)) == every


def test_a_wav_file_is_read_back(tmp_path: Path) -> None:
    samples = tone(1000, 0.5)
    assert np.array_equal(read_wav(write_wav(tmp_path / "tone.wav", samples)), samples)
