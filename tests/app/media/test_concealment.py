"""What is heard in place of lost sound: level, continuity, fading."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from app.media.concealment import FADED, Concealment, pitch_of
from app.media.samples import FRAME, RATE, Samples


def sine(hertz: float, seconds: float = 1.0, amplitude: float = 8000) -> Samples:
    return np.rint(amplitude * np.sin(2 * np.pi * hertz * np.arange(int(RATE * seconds)) / RATE)).astype(
        np.int16
    )


def voice(hertz: float, seconds: float = 1.0) -> Samples:
    """A buzz with formants, as vowels are made."""
    at = np.arange(int(RATE * seconds)) / RATE
    weights = {n: 1 / (1 + ((n * hertz - 600) / 300) ** 2) + 0.05 for n in range(1, int(3000 / hertz))}
    wave = sum(weight * np.sin(2 * np.pi * n * hertz * at + n * n) for n, weight in weights.items())
    return np.rint(8000 * wave / np.abs(wave).max()).astype(np.int16)


def with_losses(sound: Samples, lost: set[int]) -> Samples:
    concealment, heard = Concealment(), []
    for number in range(len(sound) // FRAME):
        piece = sound[number * FRAME : (number + 1) * FRAME]
        if number in lost:
            heard.append(concealment.conceal(FRAME))
            continue
        if concealment.is_concealing:
            piece = concealment.join(piece)
        concealment.remember(piece)
        heard.append(piece)
    return np.concatenate(heard)


def steepest(sound: Samples) -> int:
    return int(np.abs(np.diff(sound.astype(int))).max())


@pytest.mark.parametrize("hertz", [80, 110, 150, 237, 391, 440, 1000, 3000])
def test_a_lost_frame_of_a_tone_keeps_level_and_continuity(hertz: int) -> None:
    said = sine(hertz)
    heard = with_losses(said, {10, 20, 30})
    for number in (10, 20, 30):
        lost = heard[number * FRAME : (number + 1) * FRAME]
        assert lost.std() == pytest.approx(said.std(), rel=0.15)
    assert steepest(heard) < 1.15 * steepest(said)


@pytest.mark.parametrize("hertz", [90, 125, 210, 310])
def test_a_lost_frame_of_a_voice_is_the_voice(hertz: int) -> None:
    said = voice(hertz)
    heard = with_losses(said, {25})
    lost, meant = heard[25 * FRAME : 26 * FRAME], said[25 * FRAME : 26 * FRAME]
    assert np.corrcoef(lost, meant)[0, 1] > 0.9
    assert steepest(heard) < 1.3 * steepest(said)


def test_without_concealment_the_same_loss_is_a_click() -> None:
    said = sine(391)
    blank = said.copy()
    blank[10 * FRAME + 7 : 11 * FRAME + 7] = 0
    assert steepest(blank) > 3 * steepest(said)


def test_a_long_loss_fades_to_silence_and_never_grows() -> None:
    heard = with_losses(voice(125), set(range(20, 30)))
    levels = [heard[n * FRAME : (n + 1) * FRAME].std() for n in range(19, 30)]
    assert all(later <= 1.1 * earlier for earlier, later in pairwise(levels))
    assert levels[1] > 0.7 * levels[0]
    assert levels[2] < 0.8 * levels[0]
    assert levels[-1] == 0
    assert not heard[20 * FRAME + FADED : 30 * FRAME].any()


def test_noise_stays_noise_of_its_level() -> None:
    noise = np.random.default_rng(5).normal(0, 2000, RATE).astype(np.int16)
    heard = with_losses(noise, {20})
    assert heard[20 * FRAME : 21 * FRAME].std() == pytest.approx(2000, rel=0.3)


def test_a_stream_that_begins_with_a_loss_begins_with_silence() -> None:
    concealment = Concealment()
    assert not concealment.conceal(FRAME).any()
    joined = concealment.join(sine(400, 0.02))
    assert joined[0] == 0
    assert (joined[100:] == sine(400, 0.02)[100:]).all()


def test_the_first_few_samples_are_enough_to_go_on_with() -> None:
    concealment = Concealment()
    concealment.remember(sine(400, 0.01))
    assert len(concealment.conceal(FRAME)) == FRAME


def test_pieces_of_any_length_are_made() -> None:
    said = voice(140)
    at_once, bit_by_bit = Concealment(), Concealment()
    for concealment in (at_once, bit_by_bit):
        concealment.remember(said[:4000])
    pieces = np.concatenate([bit_by_bit.conceal(count) for count in (1, 7, 100, 212, 320)])
    assert (pieces == at_once.conceal(640)).all()


def test_a_forgotten_stream_is_not_heard_in_the_next() -> None:
    concealment = Concealment()
    concealment.remember(voice(140))
    concealment.conceal(FRAME)
    concealment.forget()
    assert not concealment.is_concealing
    assert not concealment.conceal(FRAME).any()


@pytest.mark.parametrize("hertz", [80, 100, 160, 200, 320])
def test_the_pitch_of_a_voice_is_found(hertz: int) -> None:
    period, likeness = pitch_of(voice(hertz).astype(np.float32))
    assert period == pytest.approx(RATE / hertz, abs=1.5)
    assert likeness > 0.95
