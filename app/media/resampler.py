"""From one sample rate to another: streams packet by packet with 2 ms delay, whole sounds by libsoxr.

libsoxr works in blocks: at 8 -> 16 kHz a stream comes out of it 60 ms at a time (docs/sound.md). What is heard
live goes through a linear-phase filter as a matrix product instead, one call of BLAS a packet; a test
compares it with libsoxr.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import as_strided

from app.media.samples import RATE, Samples

_Floats = npt.NDArray[np.float32]

DELAY_MS = 2
_BLOCK = 40  # outputs of one row of the matrix product
_BETA = 7.0  # of the Kaiser window: 70 dB


class Resampler:
    """One stream from one rate to another, where one is a whole multiple of the other.

    Every call gives all the sound it was given, `DELAY_MS` late. ValueError for other rates.
    """

    __slots__ = ("_down", "_matrices", "_past", "_taps", "_up")

    def __init__(self, from_rate: int, to_rate: int) -> None:
        self._up, self._down, self._taps = _filter(from_rate, to_rate)
        self._matrices = _matrices(from_rate, to_rate)
        self._past: _Floats = np.zeros(len(self._taps[0]) - 1, np.float32)

    def process(self, sound: npt.NDArray[Any]) -> Samples:
        """The next piece, of any length that divides by the ratio; samples of 16 bits in any number type."""
        count = len(sound)
        keep = len(self._past)
        line = np.empty(keep + count, np.float32)
        line[:keep] = self._past
        line[keep:] = sound
        self._past = line[count:]
        if self._up == 1:
            return _rounded(self._filtered(line, 0, count // self._down))
        made = np.empty(count * self._up, np.int16)
        middle = keep // 2
        made[:: self._up] = line[middle : middle + count]  # a Nyquist filter leaves these as they are
        for phase in range(1, self._up):
            made[phase :: self._up] = _rounded(self._filtered(line, phase - 1, count))
        return made

    def _filtered(self, line: _Floats, phase: int, count: int) -> _Floats:
        """`count` outputs of one phase of the filter."""
        blocks, rest = divmod(count, _BLOCK)
        if rest:  # an odd length: rare, so it may be dear
            return np.convolve(line, self._taps[phase], "valid")[:: self._down]
        matrix = self._matrices[phase]
        step = line.itemsize
        rows = as_strided(line, (blocks, len(matrix)), (_BLOCK * self._down * step, step))
        return np.dot(rows.copy(), matrix).reshape(-1)


def convert(sound: Samples, from_rate: int, to_rate: int = RATE) -> Samples:
    """A whole sound at another rate, without delay; any rates."""
    if from_rate == to_rate:
        return sound
    import soxr

    converted: Samples = soxr.resample(sound, from_rate, to_rate, quality="HQ")
    return converted


def _rounded(line: _Floats) -> Samples:
    np.rint(line, out=line)
    np.maximum(line, -32768.0, out=line)
    np.minimum(line, 32767.0, out=line)
    return line.astype(np.int16)


@cache
def _filter(from_rate: int, to_rate: int) -> tuple[int, int, list[_Floats]]:
    """Up, down, and the taps of each phase that has work to do, turned round for convolution."""
    up, down = max(1, to_rate // from_rate), max(1, from_rate // to_rate)
    if from_rate * up != to_rate * down or up == down:
        raise ValueError(f"no whole ratio: {from_rate} Hz to {to_rate} Hz")
    ratio, fast = up * down, max(from_rate, to_rate)
    half = fast * DELAY_MS // 1000
    at = np.arange(-half, half + 1)
    taps = np.sinc(at / ratio) * np.kaiser(2 * half + 1, _BETA)
    if down > 1:
        return up, down, [(taps / taps.sum()).astype(np.float32)]
    phases = []
    for phase in range(1, up):
        own = taps[phase::up]  # half + 1 divides by `up`
        phases.append((own / own.sum()).astype(np.float32))
    return up, down, phases


@cache
def _matrices(from_rate: int, to_rate: int) -> list[_Floats]:
    """Each phase as the matrix that makes `_BLOCK` outputs at once."""
    _, down, phases = _filter(from_rate, to_rate)
    made = []
    for taps in phases:
        matrix = np.zeros(((_BLOCK - 1) * down + len(taps), _BLOCK), np.float32)
        for output in range(_BLOCK):
            matrix[output * down : output * down + len(taps), output] = taps[::-1]
        made.append(matrix)
    return made
