"""L16: samples as they are, in network byte order (RFC 3551 4.5.11)."""

from __future__ import annotations

import numpy as np

from app.media.resampler import Resampler
from app.media.samples import RATE, Samples
from app.media.voice_codec import LONGEST_MS, CodecError


class LinearEncoder:
    """House sound -> L16 at 16 or 8 kHz."""

    __slots__ = ("_resampler", "_size")

    def __init__(self, sample_rate: int, ptime_ms: int) -> None:
        self._resampler = None if sample_rate == RATE else Resampler(RATE, sample_rate)
        self._size = RATE * ptime_ms // 1000

    def encode(self, sound: Samples) -> bytes:
        """One packet; CodecError for another length than was agreed."""
        if len(sound) != self._size:
            raise CodecError(f"{len(sound)} samples instead of {self._size}")
        if self._resampler is not None:
            sound = self._resampler.process(sound)
        return sound.astype(">i2").tobytes()


class LinearDecoder:
    """L16 at 16 or 8 kHz -> house sound."""

    __slots__ = ("_longest", "_resampler")

    def __init__(self, sample_rate: int) -> None:
        self._resampler = None if sample_rate == RATE else Resampler(sample_rate, RATE)
        self._longest = 2 * sample_rate * LONGEST_MS // 1000

    def decode(self, payload: bytes) -> Samples:
        """One packet of any even length; CodecError."""
        if not 0 < len(payload) <= self._longest or len(payload) % 2:
            raise CodecError(f"{len(payload)} bytes are no packet of L16")
        sound = np.frombuffer(payload, ">i2")
        return sound.astype(np.int16) if self._resampler is None else self._resampler.process(sound)
