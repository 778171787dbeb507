"""Plays the music on hold: a slow round of chords, written for OpenMSS, that ends where it begins.

Soft sounds between 200 and 2500 Hz, which is what a telephone carries. Notes ring on over the end into the
beginning, so that the loop has no seam.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float32]

LEVEL_DB = -26.0  # RMS below full scale: quieter than the announcements
BEAT_S = 0.8
_BEATS = 4  # a bar
_SEED = 4

# One bar each: the bass, the chord, and the melody by beats (None: the note before rings on), as MIDI notes.
_SONG: tuple[tuple[int, tuple[int, ...], tuple[int | None, ...]], ...] = (
    (48, (60, 64, 67, 71), (79, None, 76, 74)),
    (45, (60, 64, 67, 69), (76, None, None, 72)),
    (53, (60, 65, 69, 72), (77, 76, 72, 69)),
    (55, (59, 62, 67, 69), (74, None, None, None)),
    (52, (59, 64, 67, 71), (79, None, 83, 79)),
    (45, (60, 64, 67, 72), (76, None, 72, 76)),
    (50, (60, 62, 65, 69), (77, None, 74, 69)),
    (55, (59, 62, 65, 71), (71, None, 74, None)),
    (48, (60, 64, 67, 71), (72, 74, 76, 79)),
    (57, (60, 64, 69, 72), (84, None, 81, 76)),
    (53, (60, 65, 69, 76), (77, None, 81, 79)),
    (50, (57, 60, 65, 69), (76, None, 74, None)),
    (52, (59, 64, 67, 74), (71, 74, 76, 79)),
    (57, (61, 64, 67, 73), (76, None, 73, None)),
    (50, (60, 62, 65, 69), (74, 77, 81, 77)),
    (55, (59, 62, 65, 67), (79, None, 77, 74)),
    (48, (60, 64, 67, 74), (76, None, None, 72)),
    (53, (60, 65, 69, 72), (69, None, 72, 77)),
    (50, (57, 60, 65, 69), (76, None, 74, 72)),
    (55, (59, 62, 67, 71), (71, None, 74, None)),
)


def music(rate: int) -> Sound:
    """The whole round, at a rate."""
    bar = round(BEAT_S * _BEATS * rate)
    beat = bar // _BEATS
    loop = np.zeros(bar * len(_SONG))
    chance = np.random.default_rng(_SEED)
    for number, (bass, chord, melody) in enumerate(_SONG):
        start = number * bar
        _add(loop, start, _pad(bass + 12, 4.2, rate, chance) * 0.25)
        for note in chord:
            _add(loop, start, _pad(note, 4.2, rate, chance) * 0.3)
        for step, note in enumerate((*chord, *reversed(chord))):
            soft = 0.3 + 0.08 * chance.random()
            _add(loop, start + step * beat // 2, _pluck(note + 12, 1.6, rate) * soft)
        for step, sung in enumerate(melody):
            if sung is not None:
                _add(loop, start + step * beat, _pluck(sung, 2.6, rate) * 0.85)
    # The echo of a room, around the end too.
    for delay_s, share in ((0.089, 0.22), (0.137, 0.17), (0.211, 0.12), (0.317, 0.08)):
        loop += share * np.roll(loop, round(delay_s * rate))
    loop *= 10 ** (LEVEL_DB / 20) / np.sqrt(np.mean(loop**2))
    return loop.astype(np.float32)


def _add(loop: npt.NDArray[np.float64], start: int, note: npt.NDArray[np.float64]) -> None:
    """Put a note into the loop; what goes beyond its end goes on at the beginning."""
    places = (start + np.arange(len(note))) % len(loop)
    loop[places] += note  # a note is shorter than the loop: no place comes twice


def _hertz(note: int) -> float:
    return 440.0 * 2 ** ((note - 69) / 12)


def _pad(note: int, seconds: float, rate: int, chance: np.random.Generator) -> npt.NDArray[np.float64]:
    """A soft, swelling sound: three voices slightly apart, few overtones."""
    time = np.arange(round(seconds * rate)) / rate
    wave = np.zeros(len(time))
    for apart in (-0.0015, 0.0, 0.0015):
        for overtone, share in ((1, 1.0), (2, 0.5), (3, 0.25), (4, 0.12)):
            pitch = _hertz(note) * overtone * (1 + apart)
            wave += share * np.sin(2 * np.pi * (pitch * time + chance.random()))
    rise, fall = 0.7, 1.0
    envelope = np.minimum(1.0, time / rise) * np.minimum(1.0, (seconds - time) / fall)
    return wave / 3 * np.sin(envelope * np.pi / 2) ** 2


def _pluck(note: int, seconds: float, rate: int) -> npt.NDArray[np.float64]:
    """A struck string that dies away, its overtones sooner."""
    time = np.arange(round(seconds * rate)) / rate
    wave = np.zeros(len(time))
    for overtone, share in ((1, 1.0), (2, 0.5), (3, 0.22), (4, 0.1)):
        pitch = _hertz(note) * overtone
        if pitch < rate * 0.45:
            wave += share * np.sin(2 * np.pi * pitch * time) * np.exp(-time * (1.6 + 1.1 * overtone))
    attack = np.minimum(1.0, time / 0.012)
    release = np.minimum(1.0, (seconds - time) / 0.2)
    return wave * attack * release
