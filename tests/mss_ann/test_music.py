from __future__ import annotations

import numpy as np
import soundfile

from mss_ann import make
from mss_ann.music import LEVEL_DB, music


def test_it_is_quiet_even_and_over_a_minute_long() -> None:
    sound = music(8000)
    assert len(sound) / 8000 >= 60
    assert len(sound) % 160 == 0, "whole frames of 20 ms: the loop has no gap"
    seconds = sound[: len(sound) // 8000 * 8000].reshape(-1, 8000)
    levels = 20 * np.log10(np.sqrt(np.mean(seconds**2, axis=1)))
    assert np.all(np.abs(levels - LEVEL_DB) < 5)
    assert np.abs(sound).max() < 0.5


def test_it_ends_where_it_begins() -> None:
    for rate in make.RATES:
        sound, _ = soundfile.read(make.path_of("music", rate, "music-on-hold"))
        steps = np.abs(np.diff(sound))
        assert abs(sound[0] - sound[-1]) < np.percentile(steps, 99.5)
        assert len(sound) / make.RATES[rate] == 64


def test_a_telephone_carries_it() -> None:
    sound = music(16_000)
    power = np.abs(np.fft.rfft(sound)) ** 2
    hertz = np.fft.rfftfreq(len(sound), 1 / 16_000)
    carried = power[(hertz >= 250) & (hertz <= 3400)].sum() / power.sum()
    assert carried > 0.85


def test_it_is_the_same_each_time() -> None:
    assert np.array_equal(music(8000), music(8000))
