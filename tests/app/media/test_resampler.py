"""Streams and whole sounds at another rate, compared with libsoxr at its best."""

from __future__ import annotations

import numpy as np
import pytest
import soxr

from app.media.resampler import DELAY_MS, Resampler, convert
from app.media.samples import Samples

RATIOS = [(8000, 16_000), (16_000, 8000), (48_000, 16_000), (16_000, 48_000)]


def chirp(rate: int, highest: float, seconds: float = 1.0) -> Samples:
    """A tone that rises to its highest."""
    at = np.arange(int(rate * seconds)) / rate
    return np.rint(12_000 * np.sin(np.pi * highest / seconds * at * at)).astype(np.int16)


def streamed(sound: Samples, from_rate: int, to_rate: int, piece: int) -> Samples:
    resampler = Resampler(from_rate, to_rate)
    return np.concatenate([resampler.process(sound[at : at + piece]) for at in range(0, len(sound), piece)])


@pytest.mark.parametrize(("from_rate", "to_rate"), RATIOS)
def test_a_stream_is_what_libsoxr_makes_of_the_whole_and_two_milliseconds_late(
    from_rate: int, to_rate: int
) -> None:
    sound = chirp(from_rate, 0.42 * min(from_rate, to_rate))
    ours = streamed(sound, from_rate, to_rate, from_rate // 50)
    best = soxr.resample(sound, from_rate, to_rate, quality="VHQ")
    late = to_rate * DELAY_MS // 1000
    assert len(ours) == len(best)
    difference = ours[late:].astype(float) - best[: len(best) - late]
    middle = slice(to_rate // 50, -to_rate // 50)
    assert 20 * np.log10(best.std() / difference[middle].std()) > 50
    assert not ours[: late // 2].any()


@pytest.mark.parametrize(("from_rate", "to_rate"), [(16_000, 8000), (48_000, 16_000)])
def test_what_the_lower_rate_cannot_hold_is_not_folded_into_it(from_rate: int, to_rate: int) -> None:
    at = np.arange(from_rate) / from_rate
    sound = np.rint(12_000 * np.sin(2 * np.pi * 0.6 * to_rate * at)).astype(np.int16)
    ours = streamed(sound, from_rate, to_rate, from_rate // 50)
    assert np.abs(ours[to_rate // 10 :]).max() < 8  # 60 dB below


@pytest.mark.parametrize(("from_rate", "to_rate"), RATIOS)
def test_the_size_of_the_pieces_changes_nothing(from_rate: int, to_rate: int) -> None:
    sound = chirp(from_rate, 0.4 * min(from_rate, to_rate), 0.12)
    whole = Resampler(from_rate, to_rate).process(sound)
    ratio = max(1, from_rate // to_rate)
    for piece in (from_rate // 100, from_rate // 50, 37 * ratio, ratio):
        pieces = streamed(sound, from_rate, to_rate, piece)
        assert len(pieces) == len(whole)
        assert np.abs(pieces.astype(int) - whole).max() <= 1  # sums in another order


def test_nothing_gives_nothing_and_leaves_the_stream_alone() -> None:
    sound = chirp(8000, 1000, 0.04)
    resampler = Resampler(8000, 16_000)
    first = resampler.process(sound[:160])
    assert len(resampler.process(sound[:0])) == 0
    rest = resampler.process(sound[160:])
    assert (np.concatenate((first, rest)) == streamed(sound, 8000, 16_000, 160)).all()


def test_the_loudest_sound_is_not_turned_round() -> None:
    loud = np.where(np.arange(800) // 8 % 2, 32_767, -32_768).astype(np.int16)
    ours = streamed(loud, 8000, 16_000, 160)[64:]
    turns = int((np.diff((ours >= 0).astype(int)) != 0).sum())
    assert turns == pytest.approx(len(ours) / 16, abs=2)
    assert ours.max() == 32_767
    assert ours.min() == -32_768


def test_two_streams_do_not_hear_each_other() -> None:
    one, other = Resampler(8000, 16_000), Resampler(8000, 16_000)
    one.process(np.full(160, 20_000, np.int16))
    assert not other.process(np.zeros(160, np.int16)).any()


@pytest.mark.parametrize(("from_rate", "to_rate"), [(8000, 8000), (44_100, 16_000), (8000, 12_000)])
def test_other_ratios_are_refused(from_rate: int, to_rate: int) -> None:
    with pytest.raises(ValueError, match="no whole ratio"):
        Resampler(from_rate, to_rate)


@pytest.mark.parametrize("rate", [8000, 11_025, 22_050, 44_100, 48_000, 96_000])
def test_a_whole_sound_of_any_rate_is_converted_without_delay(rate: int) -> None:
    at = np.arange(rate) / rate
    sound = np.rint(8000 * np.sin(2 * np.pi * 1000 * at)).astype(np.int16)
    ours = convert(sound, rate)
    assert len(ours) == 16_000
    wanted = 8000 * np.sin(2 * np.pi * 1000 * np.arange(16_000) / 16_000)
    assert np.abs(ours - wanted)[1000:-1000].max() < 12


def test_a_sound_of_the_right_rate_is_left_as_it_is() -> None:
    sound = chirp(16_000, 1000, 0.1)
    assert convert(sound, 16_000) is sound
