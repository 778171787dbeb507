"""G.711: mu-law and A-law by table, bit for bit as the recommendation has them (ITU-T G.711)."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from app.media.resampler import Resampler
from app.media.samples import RATE, Samples
from app.media.voice_codec import LONGEST_MS, CodecError

_RATE = 8000
_LONGEST = _RATE * LONGEST_MS // 1000
_MU_BIAS = 33  # G.711 table 2: the segments begin at 33 * 2**n - 33


class G711Encoder:
    """House sound -> mu-law or A-law."""

    __slots__ = ("_resampler", "_size", "_table")

    def __init__(self, law: str, ptime_ms: int) -> None:
        self._table = encoding_table(law)
        self._resampler = Resampler(RATE, _RATE)
        self._size = RATE * ptime_ms // 1000

    def encode(self, sound: Samples) -> bytes:
        """One packet; CodecError for another length than was agreed."""
        if len(sound) != self._size:
            raise CodecError(f"{len(sound)} samples instead of {self._size}")
        return self._table.take(self._resampler.process(sound).view(np.uint16)).tobytes()


class G711Decoder:
    """mu-law or A-law -> house sound."""

    __slots__ = ("_resampler", "_table")

    def __init__(self, law: str) -> None:
        self._table = decoding_table(law).astype(np.float32)
        self._resampler = Resampler(_RATE, RATE)

    def decode(self, payload: bytes) -> Samples:
        """One packet of any length; CodecError."""
        if not 0 < len(payload) <= _LONGEST:
            raise CodecError(f"{len(payload)} bytes are no packet of G.711")
        return self._resampler.process(self._table.take(np.frombuffer(payload, np.uint8)))


@cache
def decoding_table(law: str) -> Samples:
    """Code -> 16-bit sample: the recommendation's 14 bits (mu) or 13 bits (A), left-justified."""
    codes = np.arange(256)
    if law == "pcma":
        codes ^= 0x55  # even bits are inverted on the line
        sign, chord, step = codes & 0x80, codes >> 4 & 7, codes & 15
        levels = np.where(chord == 0, 2 * step + 1, (2 * step + 33) << np.maximum(chord - 1, 0))
        return np.where(sign, levels << 3, -levels << 3).astype(np.int16)
    codes ^= 0xFF  # all bits are
    sign, chord, step = codes & 0x80, codes >> 4 & 7, codes & 15
    levels = ((2 * step + _MU_BIAS) << chord) - _MU_BIAS
    return np.where(sign, -levels << 2, levels << 2).astype(np.int16)


@cache
def encoding_table(law: str) -> npt.NDArray[np.uint8]:
    """16-bit sample, seen as unsigned -> code."""
    samples = np.arange(65_536, dtype=np.int32).astype(np.uint16).view(np.int16).astype(np.int32)
    if law == "pcma":
        # 13 bits; a value on a decision level belongs to the interval above it in magnitude (table 1a, 1b)
        values = samples >> 3
        size = np.where(values >= 0, values, -values - 1)
        chord = np.maximum(np.floor(np.log2(np.maximum(size, 1))).astype(np.int32) - 4, 0)
        step = np.where(chord == 0, size >> 1, size >> np.maximum(chord, 1)) & 15
        codes = np.where(values >= 0, 0x80, 0) | chord << 4 | step
        return np.asarray(codes ^ 0x55, np.uint8)
    values = samples >> 2
    size = np.minimum(np.where(values >= 0, values, -values - 1), 8158) + _MU_BIAS
    chord = np.floor(np.log2(size)).astype(np.int32) - 5
    step = size >> (chord + 1) & 15
    codes = np.where(values >= 0, 0, 0x80) | chord << 4 | step
    return np.asarray(codes ^ 0xFF, np.uint8)
