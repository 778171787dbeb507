"""Makes the sound of the keys of a telephone (ITU-T Q.23), at 8 kHz."""

from __future__ import annotations

import numpy as np

from tests.support.tones import RATE, Samples, mulaw_encode, tone

_KEYPAD = ("123", "456", "789", "*0#")
_LOW, _HIGH = (697, 770, 852, 941), (1209, 1336, 1477)
_LONG_S, _PAUSE_S = 0.12, 0.12
_FRAME = RATE // 50


def sound_of(keys: str, *, before_s: float = 0.0) -> Samples:
    """The keys one after the other, with pauses between."""
    parts = [np.zeros(round(RATE * before_s), np.int16)]
    for key in keys:
        row = next(row for row, line in enumerate(_KEYPAD) if key in line)
        low, high = _LOW[row], _HIGH[_KEYPAD[row].index(key)]
        parts.append(tone(low, _LONG_S, 6000) + tone(high, _LONG_S, 6000))
        parts.append(np.zeros(round(RATE * _PAUSE_S), np.int16))
    found: Samples = np.concatenate(parts)
    return found


def payloads_of(keys: str) -> list[tuple[int, bytes]]:
    """The same as payload types and payloads of G.711 mu-law, 20 ms each."""
    samples = sound_of(keys)
    frames = samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME)
    return [(0, mulaw_encode(frame)) for frame in frames]
