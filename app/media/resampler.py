"""From one sample rate to another: streams packet by packet with 2 ms delay, whole sounds by libsoxr.

libsoxr works in blocks: at 8 -> 16 kHz a stream comes out of it 60 ms at a time (docs/sound.md). What is
heard live goes through a linear-phase filter as a matrix product instead, one call of BLAS a packet; a
test compares it with libsoxr.
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
# As arrays they are cheaper than Python's numbers
_LOWEST: _Floats = np.array(-32_768, np.float32)
_HIGHEST: _Floats = np.array(32_767, np.float32)


class Resampler:
    """One stream from one rate to another, where one is a whole multiple of the other.

    Every call gives all the sound it was given, `DELAY_MS` late. ValueError for other rates.
    """

    __slots__ = ("_bench", "_down", "_matrices", "_rates", "_up")

    def __init__(self, from_rate: int, to_rate: int) -> None:
        self._up, self._down, taps = _filter(from_rate, to_rate)
        self._matrices = _matrices(from_rate, to_rate)
        self._rates = from_rate, to_rate
        past: _Floats = np.zeros(len(taps[0]) - 1, np.float32)
        self._bench = _Bench(0, past, self._down, self._matrices[0])

    def process(self, sound: npt.NDArray[Any]) -> Samples:
        """The next piece, of any length that divides by the ratio; samples of 16 bits in any number type."""
        count = len(sound)
        bench = self._bench
        if bench.count != count:
            if count % (_BLOCK * self._down) or not count:
                return self._odd(sound)
            bench = self._bench = _Bench(count, bench.past, self._down, self._matrices[0])
        bench.piece[...] = sound
        bench.rows[...] = bench.windows
        up = self._up
        made = np.empty(count * up // self._down, np.int16)
        if up == 1:
            made[...] = bench.filtered(self._matrices[0])
        else:
            made[::up] = bench.middle  # a Nyquist filter leaves these as they are
            for phase, matrix in enumerate(self._matrices, 1):
                made[phase::up] = bench.filtered(matrix)
        bench.past[...] = bench.end
        return made

    def _odd(self, sound: npt.NDArray[Any]) -> Samples:
        """The same for a length that is no whole number of blocks: rare, so it may be dear."""
        past = self._bench.past
        line = np.concatenate((past, sound.astype(np.float32)))
        count = len(sound)
        past[...] = line[count:]
        phases = [
            _rounded(np.convolve(line, taps, "valid")[: count : self._down]).astype(np.int16)
            for taps in _filter(*self._rates)[2]
        ]
        if self._up == 1:
            return phases[0]
        middle = len(past) // 2
        untouched = line[middle : middle + count].astype(np.int16)
        made: Samples = np.stack((untouched, *phases), axis=1).reshape(-1)
        return made


class _Bench:
    """Room to filter pieces of one length in, laid out once: past samples, then the piece."""

    __slots__ = ("count", "end", "middle", "output", "past", "piece", "product", "rows", "windows")

    def __init__(self, count: int, past: _Floats, down: int, matrix: _Floats) -> None:
        keep = len(past)
        line: _Floats = np.concatenate((past, np.zeros(count, np.float32)))
        self.count = count
        self.past, self.piece, self.end = line[:keep], line[keep:], line[count:]
        self.middle = line[keep // 2 : keep // 2 + count]
        shape = (count // (_BLOCK * down), len(matrix))
        self.windows = as_strided(line, shape, (_BLOCK * down * line.itemsize, line.itemsize))
        self.rows: _Floats = np.empty(shape, np.float32)
        self.product: _Floats = np.empty((shape[0], _BLOCK), np.float32)
        self.output = self.product.reshape(-1)

    def filtered(self, matrix: _Floats) -> _Floats:
        """What one phase of the filter makes of the rows; valid until the next."""
        np.matmul(self.rows, matrix, self.product)  # unlike `dot`, it keeps the interpreter's lock
        return _rounded(self.output)


def convert(sound: Samples, from_rate: int, to_rate: int = RATE) -> Samples:
    """A whole sound at another rate, without delay; any rates."""
    if from_rate == to_rate:
        return sound
    import soxr

    converted: Samples = soxr.resample(sound, from_rate, to_rate, quality="HQ")
    return converted


def _rounded(line: _Floats) -> _Floats:
    """Whole numbers that fit 16 bits, in the same place."""
    np.rint(line, line)
    np.maximum(line, _LOWEST, line)
    np.minimum(line, _HIGHEST, line)
    return line


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
