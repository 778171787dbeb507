"""Takes are cut and evened out without harm, and every step can be taken back."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.support.sound_devices import spoken
from ui.sound.take import LOUDNESS, Take, TakeHistory


@pytest.fixture
def take(tmp_path: Path) -> Take:
    return Take.of_file(spoken(tmp_path / "spoken.wav").read_bytes())


def test_blocks_are_put_together() -> None:
    take = Take.of([np.zeros(480, np.float32), np.ones(480, np.float32)], 48_000)
    assert (take.seconds, take.is_empty) == (0.02, False)
    assert Take.of([], 48_000).is_empty
    assert Take.of([], 48_000).peaks(10) == []


def test_the_silence_around_the_words_goes(take: Take) -> None:
    cut = take.without_edges()
    assert take.seconds == 3.0
    assert cut.seconds == pytest.approx(1.2, abs=0.05)
    assert float(abs(cut.sound).max()) == pytest.approx(0.05, abs=0.001)
    silence = Take(np.zeros(48_000, np.float32), 48_000)
    assert silence.without_edges() is silence


def test_evening_out_makes_what_is_spoken_as_loud_as_ours(take: Take) -> None:
    loud = take.evened_out()
    middle = loud.between(1.2, 1.8).sound
    assert float((middle**2).mean() ** 0.5) == pytest.approx(LOUDNESS, rel=0.1)
    assert float(abs(loud.between(0.0, 0.9).sound).max()) == 0.0


def test_evening_out_never_distorts() -> None:
    spiky = np.zeros(48_000, np.float32)
    spiky[::480] = 0.9  # loud clicks, little power
    evened = Take(spiky, 48_000).evened_out()
    assert float(abs(evened.sound).max()) <= 0.8913
    assert not evened.is_clipped


def test_what_is_wrong_with_a_take() -> None:
    rate = 16_000
    assert Take(np.zeros(rate, np.float32), rate).is_silent
    assert Take(np.full(rate, 1.0, np.float32), rate).is_clipped
    assert not Take(np.full(rate, 0.5, np.float32), rate).is_clipped


def test_the_curve_has_lowest_and_highest(take: Take) -> None:
    peaks = take.peaks(30)
    assert len(peaks) == 30
    assert peaks[0] == (0.0, 0.0)
    low, high = peaks[15]
    assert (low, high) == (pytest.approx(-0.05, abs=0.001), pytest.approx(0.05, abs=0.001))
    assert len(Take(np.ones(3, np.float32), 8000).peaks(100)) == 100  # more columns than frames


def test_as_a_file(take: Take) -> None:
    sound, rate = soundfile.read(io.BytesIO(take.between(1.0, 2.0).wav()), dtype="float32")
    assert (rate, len(sound)) == (48_000, 48_000)
    assert float(abs(sound).max()) == pytest.approx(0.05, abs=0.001)


def test_stereo_is_mixed_down() -> None:
    file = io.BytesIO()
    soundfile.write(file, np.array([[0.5, -0.5], [0.25, 0.25]]), 8000, format="WAV", subtype="FLOAT")
    assert Take.of_file(file.getvalue()).sound.tolist() == [0.0, 0.25]


def test_steps_back_and_forth() -> None:
    history = TakeHistory()
    assert (history.take, history.can_undo, history.can_redo) == (None, False, False)
    history.undo()
    one, two, three = (Take(np.zeros(n, np.float32), 8000) for n in (1, 2, 3))
    history.put(one)
    history.put(two)
    history.undo()
    assert (history.take, history.can_undo, history.can_redo) == (one, False, True)
    history.redo()
    assert history.take is two
    history.undo()
    history.put(three)  # what was taken back is gone
    assert (history.take, history.can_redo) == (three, False)
