from __future__ import annotations

import numpy as np
import pytest

from app.media.call_tones import LEVEL, check_tone, make_tone
from app.media.samples import RATE, Samples


def level_at(samples: Samples, hertz: float) -> float:
    """How much of the sound is at a frequency, as RMS of full scale."""
    moments = np.arange(len(samples)) / RATE
    wave = np.exp(-2j * np.pi * hertz * moments)
    return float(abs(np.vdot(wave, samples)) / len(samples) * np.sqrt(2) / 32768)


def rms(samples: Samples) -> float:
    return float(np.sqrt(np.mean((samples / 32768.0) ** 2)))


def test_a_steady_tone_can_be_repeated_without_a_step() -> None:
    samples = make_tone("425*1000")
    assert len(samples) == RATE
    twice = np.concatenate((samples, samples)).astype(int)
    steps = np.abs(np.diff(twice))
    assert steps[len(samples) - 1] <= steps.max()
    assert level_at(samples, 425) == pytest.approx(LEVEL, rel=0.01)


def test_two_frequencies_sound_together_at_the_same_level() -> None:
    samples = make_tone("350+440*1000")
    assert rms(samples) == pytest.approx(LEVEL, rel=0.01)
    assert level_at(samples, 350) == pytest.approx(level_at(samples, 440), rel=0.01)


def test_a_cadence_has_its_pauses() -> None:
    samples = make_tone("400+450*400 0*200 400+450*400 0*2000")
    assert len(samples) == RATE * 3
    assert rms(samples[: RATE * 4 // 10]) > LEVEL * 0.9
    assert not samples[RATE * 4 // 10 : RATE * 6 // 10].any()
    assert not samples[RATE:].any()


def test_a_swelling_tone_has_the_bands_of_its_modulation() -> None:
    samples = make_tone("400x25*1000")
    assert level_at(samples, 375) == pytest.approx(level_at(samples, 425), rel=0.05)
    assert level_at(samples, 375) > LEVEL / 5


@pytest.mark.parametrize(
    ("text", "rounds"), [("425*375 0*375", 2), ("425*175 0*175", 2), ("425*500 0*500", 1)]
)
def test_a_round_takes_whole_frames(text: str, rounds: int) -> None:
    samples = make_tone(text)
    assert len(samples) % 320 == 0
    half = len(samples) // rounds
    for number in range(rounds):
        assert np.array_equal(samples[:half], samples[number * half : (number + 1) * half])


def test_beeps_begin_and_end_softly() -> None:
    samples = make_tone("1000*300 0*20")
    assert abs(int(samples[0])) < 100
    assert abs(int(samples[RATE * 300 // 1000 - 1])) < 100


@pytest.mark.parametrize(
    "text", ["", "425", "425*", "x*100", "9000*100", "425*0", "425*99999", "1+*5", "-425*100"]
)
def test_what_is_no_tone_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"no tone|higher than"):
        check_tone(text)
