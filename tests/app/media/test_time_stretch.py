"""Sound made a little shorter or longer: how much, and that nobody hears where."""

from __future__ import annotations

import numpy as np
import pytest

from app.media.samples import RATE, Samples
from app.media.time_stretch import LONGEST, NEEDED, OVERLAP, SHORTEST, lengthen, shorten


def sine(hertz: float, count: int = 1600, amplitude: float = 8000) -> Samples:
    return np.rint(amplitude * np.sin(2 * np.pi * hertz * np.arange(count) / RATE + 0.4)).astype(np.int16)


def roughness(sound: Samples, hertz: float) -> float:
    """How far any sample is from where the tone through its neighbours would be."""
    line = sound.astype(float)
    turn = 2 * np.cos(2 * np.pi * hertz / RATE)
    return float(np.abs(line[2:] - turn * line[1:-1] + line[:-2]).max())


@pytest.mark.parametrize("hertz", [100, 237, 440, 1003, 2900])
def test_a_tone_is_shortened_and_lengthened_by_whole_periods_and_stays_smooth(hertz: int) -> None:
    sound = sine(hertz)
    period = RATE / hertz
    shorter = shorten(sound[400:], LONGEST, 0.9)
    longer = lengthen(sound[:400], sound[400:], LONGEST, 0.9)
    assert shorter is not None
    assert longer is not None
    for changed in (shorter, longer):
        by = abs(len(changed) - len(sound[400:]))
        assert SHORTEST <= by <= LONGEST
        assert abs(by / period - round(by / period)) * hertz < 60
        whole = np.concatenate((sound[:400], changed))
        assert roughness(whole, hertz) < 60
        assert (whole[-200:] == sound[-200:]).all()


def test_a_naive_cut_would_be_heard() -> None:
    sound = sine(440)
    assert roughness(np.concatenate((sound[:400], sound[450:])), 440) > 1000


def test_no_more_is_changed_than_was_asked_for() -> None:
    sound = sine(440)
    shorter = shorten(sound[400:], 90, 0.5)
    longer = lengthen(sound[:400], sound[400:], 90, 0.5)
    assert shorter is not None
    assert longer is not None
    assert SHORTEST <= len(sound) - 400 - len(shorter) <= 90
    assert SHORTEST <= len(longer) - (len(sound) - 400) <= 90


def test_where_nothing_is_alike_nothing_is_changed() -> None:
    noise = np.random.default_rng(2).normal(0, 3000, 1600).astype(np.int16)
    assert shorten(noise[400:], LONGEST, 0.9) is None
    assert lengthen(noise[:400], noise[400:], LONGEST, 0.9) is None
    assert shorten(noise[400:], LONGEST, 0.0) is not None


def test_in_quiet_any_place_will_do() -> None:
    quiet = np.random.default_rng(2).normal(0, 20, 1600).astype(np.int16)
    shorter = shorten(quiet[400:], LONGEST, 0.9)
    longer = lengthen(quiet[:400], quiet[400:], LONGEST, 0.9)
    assert shorter is not None
    assert longer is not None
    assert len(shorter) < 1200 < len(longer)


def test_quiet_is_not_taken_out_from_before_a_word() -> None:
    sound = np.concatenate((np.zeros(OVERLAP + 20, np.int16), sine(300)))
    assert shorten(sound, LONGEST, 0.9) is None


def test_too_little_to_compare_is_left_alone() -> None:
    sound = sine(440)
    assert lengthen(sound[:10], sound, LONGEST, 0.5) is None
    assert shorten(sound[:NEEDED], SHORTEST - 1, 0.5) is None
    assert lengthen(sound, sound, SHORTEST - 1, 0.5) is None
