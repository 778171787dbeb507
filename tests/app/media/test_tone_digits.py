"""Keys in the sound, up to the limits of ITU-T Q.24 and no further; speech is none."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pytest

from app.media.g711 import G711Decoder, G711Encoder
from app.media.samples import FRAME, RATE
from app.media.tone_digits import ToneDigits

Wave = npt.NDArray[np.float64]

LOW, HIGH = (697, 770, 852, 941), (1209, 1336, 1477, 1633)
ROWS = ("123A", "456B", "789C", "*0#D")
KEYS = "".join(ROWS)
OFFSETS_MS = (0.0, 2.7, 5.0, 8.1, 11.3, 14.9, 18.6)  # where in a frame the key is pressed


def frequencies(key: str) -> tuple[int, int]:
    row = next(number for number, keys in enumerate(ROWS) if key in keys)
    return LOW[row], HIGH[ROWS[row].index(key)]


def key_tone(
    key: str,
    ms: float,
    *,
    off: tuple[float, float] = (0.0, 0.0),
    amplitudes: tuple[float, float] = (6000, 6000),
    phase: float = 0.5,
) -> Wave:
    """A key's two tones, each so far off (0.01 = 1 %)."""
    low, high = frequencies(key)
    at = np.arange(int(ms * RATE / 1000)) / RATE
    one = amplitudes[0] * np.sin(2 * np.pi * low * (1 + off[0]) * at + phase)
    return np.asarray(one + amplitudes[1] * np.sin(2 * np.pi * high * (1 + off[1]) * at + 2 * phase))


def pause(ms: float) -> Wave:
    return np.zeros(int(ms * RATE / 1000))


def keys_in(*waves: Wave) -> str:
    """What is recognised in these, one after the other, and silence behind them."""
    whole = np.concatenate((*waves, pause(100)))
    sound = np.clip(np.rint(whole), -32_768, 32_767).astype(np.int16)
    ear = ToneDigits()
    return "".join(ear.take(sound[at : at + FRAME]) for at in range(0, len(sound) - FRAME + 1, FRAME))


def dialled(keys: Iterable[str], tone_ms: float, pause_ms: float) -> Wave:
    return np.concatenate([wave for key in keys for wave in (key_tone(key, tone_ms), pause(pause_ms))])


@pytest.mark.parametrize("offset", OFFSETS_MS)
def test_every_key_of_forty_milliseconds_with_forty_between(offset: float) -> None:
    assert keys_in(pause(offset), dialled(KEYS, 40, 40)) == KEYS


def test_a_key_that_is_held_is_one_key() -> None:
    assert keys_in(key_tone("7", 3000)) == "7"


def test_the_same_key_again_is_another_key_after_forty_milliseconds_and_not_after_ten() -> None:
    for offset in OFFSETS_MS:
        assert keys_in(pause(offset), key_tone("5", 60), pause(40), key_tone("5", 60)) == "55"
        assert keys_in(pause(offset), key_tone("5", 60), pause(10), key_tone("5", 60)) == "5"


def test_keys_that_follow_one_another_without_a_pause() -> None:
    assert keys_in(key_tone("1", 60), key_tone("9", 60), key_tone("D", 60)) == "19D"


@pytest.mark.parametrize("ms", [10, 20, 23, 24])
def test_what_is_too_short_is_no_key(ms: float) -> None:
    assert [keys_in(pause(offset), key_tone("5", ms)) for offset in OFFSETS_MS] == [""] * len(OFFSETS_MS)


SIDES = [(1, 0), (0, 1), (1, 1), (-1, 0), (0, -1), (-1, -1), (1, -1), (-1, 1)]


@pytest.mark.parametrize("key", KEYS)
def test_frequencies_up_to_one_and_a_half_percent_off_are_taken(key: str) -> None:
    for low, high in SIDES:
        tones = key_tone(key, 40, off=(0.015 * low, 0.015 * high))
        assert [keys_in(pause(offset), tones) for offset in OFFSETS_MS] == [key] * len(OFFSETS_MS)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("share", [0.035, 0.04, 0.05, 0.07])
def test_frequencies_three_and_a_half_percent_off_and_more_are_not(key: str, share: float) -> None:
    for low, high in SIDES:
        assert keys_in(key_tone(key, 200, off=(share * low, share * high))) == ""


@pytest.mark.parametrize(
    ("twist_db", "is_taken"), [(-8, True), (-4, True), (0, True), (4, True), (14, False)]
)
def test_how_much_louder_one_tone_may_be(twist_db: int, is_taken: bool) -> None:
    """`twist_db`: the high tone against the low one; Q.24 has networks that give -8 to +4 dB."""
    ratio = 10 ** (twist_db / 20)
    amplitudes = (5000 / max(ratio, 1), 5000 * min(ratio, 1))
    found = "".join(keys_in(key_tone(key, 50, amplitudes=amplitudes)) for key in KEYS)
    assert found == (KEYS if is_taken else "")


@pytest.mark.parametrize(("level_db", "is_taken"), [(-6, True), (-25, True), (-36, True), (-50, False)])
def test_how_quiet_a_key_may_be(level_db: int, is_taken: bool) -> None:
    """Each tone against the loudest sample there is; the telephone network's 0 dBm0 is at -3 dB."""
    amplitude = 32_767 * 10 ** (level_db / 20)
    found = "".join(keys_in(key_tone(key, 50, amplitudes=(amplitude, amplitude))) for key in KEYS)
    assert found == (KEYS if is_taken else "")


def test_keys_are_heard_through_noise() -> None:
    wave = dialled(KEYS * 4, 50, 50)
    noise = np.random.default_rng(8).normal(0, 6000 / 10 ** (15 / 20), len(wave))
    assert keys_in(wave + noise) == KEYS * 4


@pytest.mark.parametrize("law", ["pcmu", "pcma"])
def test_keys_are_heard_through_g711(law: str) -> None:
    wave = np.rint(np.concatenate((pause(6), dialled(KEYS, 60, 60), pause(200)))).astype(np.int16)
    encoder, decoder, ear = G711Encoder(law, 20), G711Decoder(law), ToneDigits()
    frames = [wave[at : at + FRAME] for at in range(0, len(wave) - FRAME + 1, FRAME)]
    assert "".join(ear.take(decoder.decode(encoder.encode(frame))) for frame in frames) == KEYS


def test_one_tone_alone_or_a_third_beside_two_is_no_key() -> None:
    low, high = key_tone("5", 300, amplitudes=(6000, 0)), key_tone("5", 300, amplitudes=(0, 6000))
    third = key_tone("5", 300) + 5000 * np.sin(2 * np.pi * 440 * np.arange(300 * 16) / RATE)
    assert keys_in(low) == keys_in(high) == keys_in(third) == ""


def test_call_progress_tones_are_no_keys() -> None:
    at = np.arange(2 * RATE) / RATE
    for pair in ((350, 440), (440, 480), (480, 620), (425, 425), (941, 941), (697, 941), (1209, 1633)):
        assert keys_in(sum(4000 * np.sin(2 * np.pi * hertz * at) for hertz in pair)) == ""


def speech(seed: int, seconds: float) -> Wave:
    """A synthetic talker: syllables of gliding pitch through three gliding formants, and hissing between.

    Its harmonics sweep across all eight frequencies, each formant across its range.
    """
    generator = np.random.default_rng(seed)
    pieces = []
    while sum(map(len, pieces)) < seconds * RATE:
        count = int(generator.uniform(0.08, 0.4) * RATE)
        at = np.linspace(0, 1, count)
        pitch = generator.uniform(85, 320) * (1 + generator.uniform(-0.3, 0.3) * at)
        turns = 2 * np.pi * np.cumsum(pitch) / RATE
        formants = [
            (np.interp(at, (0, 1), generator.uniform(low, high, 2)), width)
            for low, high, width in ((250, 950, 70), (850, 2300, 90), (1900, 3200, 140))
        ]
        wave = np.zeros(count)
        for number in range(1, 40):
            hertz = number * pitch
            gain = sum(1 / (1 + ((hertz - centre) / width) ** 2) for centre, width in formants)
            wave += gain * (hertz < 3600) * np.sin(number * turns + number * number)
        envelope = np.minimum(1, 8 * np.minimum(at, 1 - at))
        pieces.append(wave / np.abs(wave).max() * envelope * generator.uniform(2000, 20_000))
        pieces.append(
            generator.normal(0, generator.uniform(20, 800), int(generator.uniform(0.02, 0.2) * RATE))
        )
    return np.concatenate(pieces)


@pytest.mark.parametrize("seed", range(4))
def test_half_a_minute_of_talk_is_no_key(seed: int) -> None:
    assert keys_in(speech(seed, 30)) == ""


def test_a_whistle_through_all_frequencies_is_no_key() -> None:
    at = np.arange(10 * RATE) / RATE
    low = 6000 * np.sin(2 * np.pi * (600 + 20 * at) * at)
    assert keys_in(low) == ""


def test_a_key_pressed_while_somebody_talks_softly_is_heard() -> None:
    talk = speech(3, 3)
    talk *= 500 / np.abs(talk).max()
    wave = np.concatenate((pause(300), dialled("1234567890*#", 80, 80), pause(300)))
    assert keys_in(wave + talk[: len(wave)]) == "1234567890*#"


def test_silence_and_full_scale_square_waves_are_borne() -> None:
    assert keys_in(pause(500)) == ""
    square = np.where(np.arange(RATE) // 9 % 2, 32_767.0, -32_768.0)
    assert keys_in(square) == ""
