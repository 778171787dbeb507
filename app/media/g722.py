"""G.722 at 64 kbit/s by libg722: 16 kHz sound, a byte for two samples (ITU-T G.722, RFC 3551 4.5.2)."""

from __future__ import annotations

import numpy as np
from G722 import G722

from app.media.samples import RATE, Samples
from app.media.voice_codec import LONGEST_MS, CodecError

_BITS_A_SECOND = 64_000
_LONGEST = RATE // 2 * LONGEST_MS // 1000


class G722Encoder:
    """House sound -> G.722."""

    __slots__ = ("_encode", "_size")

    def __init__(self, ptime_ms: int) -> None:
        self._size = RATE * ptime_ms // 1000
        self._encode = G722(RATE, _BITS_A_SECOND).encode

    def encode(self, sound: Samples) -> bytes:
        """One packet; CodecError for another length than was agreed."""
        if len(sound) != self._size:
            raise CodecError(f"{len(sound)} samples instead of {self._size}")
        payload: bytes = self._encode(np.ascontiguousarray(sound, np.int16))
        return payload


class G722Decoder:
    """G.722 -> house sound."""

    __slots__ = ("_decode",)

    def __init__(self) -> None:
        self._decode = G722(RATE, _BITS_A_SECOND, False).decode  # False: an array, made anew each time

    def decode(self, payload: bytes) -> Samples:
        """One packet of any length; CodecError."""
        if not 0 < len(payload) <= _LONGEST:
            raise CodecError(f"{len(payload)} bytes are no packet of G.722")
        decoded: Samples = np.frombuffer(self._decode(payload), np.int16)
        return decoded
