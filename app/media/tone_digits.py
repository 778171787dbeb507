"""Keys heard as tones: in-band DTMF, within the limits of ITU-T Q.24 and deaf to speech.

Windows of 20 ms, one every 10 ms, are looked at for the eight frequencies. Three in a row must agree; how the
phase turns from one to the next tells each frequency to a few hertz; and the two tones must be nearly all
there is to hear.
"""

from __future__ import annotations

from math import atan2, cos, pi, sin

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import as_strided

from app.media.samples import FRAME, RATE, Samples

_Floats = npt.NDArray[np.float32]

_LOW, _HIGH = (697, 770, 852, 941), (1209, 1336, 1477, 1633)  # ITU-T Q.23
_KEYS = ("123A", "456B", "789C", "*0#D")
_HOP = FRAME // 2
_HOP_S = _HOP / RATE
_TOLERANCE = 0.025  # Q.24: up to 1.5 % off is a key, from 3.5 % on none
_QUIETEST = 400.0  # amplitude of one tone: -38 dB of full scale
_TWIST = 10**0.7, 10**-1.0  # power of the high tone to that of the low one: 7 dB to -10 dB
_PURE, _HALF_PURE = 0.82, 0.3  # what part of the sound the tones must be, their offset allowed for or not
_EDGE = 10**-0.23  # power of the first and last window to that of the middle one: rejects 24 ms, takes 40
_GONE = 0.1  # power below which a tone has ended
_PAUSE = 3  # windows; bridges interruptions of 10 ms, hears pauses of 40

_HANN: _Floats = np.hanning(FRAME + 2)[1:-1].astype(np.float32)
_SCALE = 2 / float(_HANN.sum())  # product -> amplitude
_ENERGY = _SCALE * _SCALE * float(np.square(_HANN).sum()) / 2  # squared product -> windowed energy


def _matrix() -> _Floats:
    """Windowed cosines of the eight frequencies, then their sines."""
    angles = 2 * np.pi * np.outer(np.arange(FRAME) / RATE, _LOW + _HIGH)
    return np.hstack((np.cos(angles), -np.sin(angles))).astype(np.float32) * _HANN[:, np.newaxis]


_WAVES = np.ascontiguousarray(_matrix())
_SQUARED_HANN = np.square(_HANN)


class _Window:
    """What 20 ms have of the two strongest tones; `energy` is that of all there is."""

    __slots__ = ("energy", "high", "high_power", "high_tone", "low", "low_power", "low_tone")

    def __init__(self, waves: list[float], powers: list[float], energy: float) -> None:
        self.low_power = max(powers[:4])
        self.high_power = max(powers[4:])
        self.low = powers.index(self.low_power)
        self.high = powers.index(self.high_power, 4)
        self.low_tone = complex(waves[self.low], waves[self.low + 8])
        self.high_tone = complex(waves[self.high], waves[self.high + 8])
        self.energy = energy


class ToneDigits:
    """Hears the keys of one stream, each once, when 40 ms of it have been heard."""

    __slots__ = ("_absent", "_before", "_down", "_earlier", "_line", "_rows", "_strength", "_windows")

    def __init__(self) -> None:
        self._line: _Floats = np.zeros(_HOP + FRAME, np.float32)
        step = self._line.itemsize
        self._windows = as_strided(self._line, (2, FRAME), (_HOP * step, step))
        self._rows: _Floats = np.empty((2, FRAME), np.float32)
        self._before: _Window | None = None
        self._earlier: _Window | None = None
        self._down = ""  # the key that is held
        self._strength = 0.0
        self._absent = 0

    def take(self, frame: Samples) -> str:
        """The next 20 ms: "", or the key that has just been recognised."""
        line, rows = self._line, self._rows
        line[:_HOP] = line[FRAME:]
        line[_HOP:] = frame
        rows[...] = self._windows
        waves = np.matmul(rows, _WAVES)  # unlike `dot`, it keeps the interpreter's lock
        squares = np.square(waves)
        first, second = (squares[:, :8] + squares[:, 8:]).tolist()
        np.multiply(rows, rows, rows)
        energies = np.matmul(rows, _SQUARED_HANN).tolist()
        return self._next(waves[0], first, energies[0]) or self._next(waves[1], second, energies[1])

    def _next(self, waves: _Floats, powers: list[float], energy: float) -> str:
        window = None
        if (max(powers[:4]) + max(powers[4:])) * _ENERGY > _HALF_PURE * energy:
            window = _Window(waves.tolist(), powers, energy)
        earlier, before = self._earlier, self._before
        self._earlier, self._before = before, window
        key = ""
        if earlier is not None and before is not None and window is not None:
            key = _key_of(earlier, before, window)
        if self._down:
            self._let_go(window)
        if not key or key == self._down:
            return ""
        assert before is not None
        self._down, self._absent = key, 0
        self._strength = min(before.low_power, before.high_power)
        return key

    def _let_go(self, window: _Window | None) -> None:
        """See whether the key that is down has been released."""
        is_heard = (
            window is not None
            and _KEYS[window.low][window.high - 4] == self._down
            and min(window.low_power, window.high_power) > _GONE * self._strength
        )
        self._absent = 0 if is_heard else self._absent + 1
        if self._absent >= _PAUSE:
            self._down = ""


def _key_of(first: _Window, middle: _Window, last: _Window) -> str:
    """The key that three windows are of, or ""."""
    low, high = middle.low, middle.high
    if first.low != low or last.low != low or first.high != high or last.high != high:
        return ""
    if min(middle.low_power, middle.high_power) * _SCALE * _SCALE < _QUIETEST * _QUIETEST:
        return ""
    if min(first.low_power, last.low_power) < _EDGE * middle.low_power:
        return ""
    if min(first.high_power, last.high_power) < _EDGE * middle.high_power:
        return ""
    low_off = _offset(first.low_tone, middle.low_tone, last.low_tone, _LOW[low])
    high_off = _offset(first.high_tone, middle.high_tone, last.high_tone, _HIGH[high - 4])
    if abs(low_off) > _TOLERANCE * _LOW[low] or abs(high_off) > _TOLERANCE * _HIGH[high - 4]:
        return ""
    low_power = middle.low_power / _response(low_off)
    high_power = middle.high_power / _response(high_off)
    if not _TWIST[1] <= high_power / low_power <= _TWIST[0]:
        return ""
    if (low_power + high_power) * _ENERGY < _PURE * middle.energy:
        return ""
    return _KEYS[low][high - 4]


def _offset(first: complex, middle: complex, last: complex, frequency: int) -> float:
    """How many hertz a tone is off its frequency, from how its phase turns over two hops."""
    expected = 2 * pi * frequency * _HOP_S
    turn = complex(cos(expected), -sin(expected))
    one, two = middle * first.conjugate() * turn, last * middle.conjugate() * turn
    mean = one / (abs(one) or 1.0) + two / (abs(two) or 1.0)
    return atan2(mean.imag, mean.real) / (2 * pi * _HOP_S)


def _response(off: float) -> float:
    """The window's power response so many hertz beside a frequency."""
    bins = off * FRAME / RATE
    if abs(bins) < 1e-6:
        return 1.0
    amplitude = sin(pi * bins) / (pi * bins * (1 - bins * bins))
    return amplitude * amplitude
