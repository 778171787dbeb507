"""Who hears whom in a conference, and how loud."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.media.mixer import limited, mix, mix_minus
from app.media.samples import FRAME, RATE, SILENCE, Samples


def tone(hertz: float, amplitude: float = 5000) -> Samples:
    return np.rint(amplitude * np.sin(2 * np.pi * hertz * np.arange(FRAME) / RATE)).astype(np.int16)


def level(frame: Samples, hertz: float) -> float:
    wave = np.exp(-2j * np.pi * hertz * np.arange(FRAME) / RATE)
    return float(2 * abs(frame.astype(float) @ wave) / FRAME)


@pytest.mark.parametrize("parties", [2, 3, 10])
def test_everyone_hears_the_others_and_not_himself(parties: int) -> None:
    tones = {number: 200.0 + 250 * number for number in range(parties)}  # whole periods a frame
    heard = mix_minus({number: tone(hertz, 2000) for number, hertz in tones.items()})
    for listener, frame in heard.items():
        for speaker, hertz in tones.items():
            assert level(frame, hertz) == pytest.approx(0 if speaker == listener else 2000, abs=20)


def test_who_is_alone_hears_silence() -> None:
    assert not mix_minus({"one": tone(400)})["one"].any()
    assert mix_minus({}) == {}


def test_those_who_are_silent_share_one_frame_and_the_speaker_hears_nothing() -> None:
    said = tone(400)
    heard = mix_minus({"speaker": said, "one": SILENCE, "other": SILENCE})
    assert not heard["speaker"].any()
    assert (heard["one"] == said).all()
    assert heard["one"] is heard["other"]
    assert not any(frame.any() for frame in mix_minus({1: SILENCE, 2: SILENCE}).values())


def test_silence_that_is_another_array_is_heard_as_silence_too() -> None:
    said, quiet = tone(400), np.zeros(FRAME, np.int16)
    heard = mix_minus({"speaker": said, "quiet": quiet})
    assert not heard["speaker"].any()
    assert (heard["quiet"] == said).all()


@given(st.lists(st.integers(-32_768, 32_767), min_size=1, max_size=40))
def test_what_is_said_is_never_turned_round_however_many_speak(values: list[int]) -> None:
    frames = {number: np.full(FRAME, value, np.int16) for number, value in enumerate(values)}
    for number, frame in mix_minus(frames).items():
        others = sum(values) - values[number]
        assert np.sign(frame[0]) == np.sign(others)
        assert abs(int(frame[0])) <= max(abs(others), 0)


def test_the_limit_is_soft_and_leaves_ordinary_sound_alone() -> None:
    sums = np.arange(-400_000, 400_001, 16, np.int32)
    bent = limited(sums).astype(int)
    inside = np.abs(sums) <= 24_000
    assert (bent[inside] == sums[inside]).all()
    assert (np.diff(bent) >= 0).all()
    assert (np.diff(bent) <= 17).all()  # no step
    assert bent.max() < 32_767
    assert (bent == -bent[::-1]).all()


def test_a_plain_sum_for_a_recording() -> None:
    one, other = tone(400, 3000), tone(700, 2000)
    assert (mix([one, other]) == one + other).all()
    assert mix([]) is SILENCE
