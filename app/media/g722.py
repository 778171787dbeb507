"""G.722 at 64 kbit/s through PyAV: 16 kHz sound, a byte for two samples (ITU-T G.722, RFC 3551 4.5.2)."""

from __future__ import annotations

from typing import Any, cast

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.error import FFmpegError
from av.packet import Packet

from app.media.samples import RATE, Samples
from app.media.voice_codec import LONGEST_MS, CodecError

_LONGEST = RATE // 2 * LONGEST_MS // 1000


class G722Encoder:
    """House sound -> G.722."""

    __slots__ = ("_context", "_frame", "_input", "_size")

    def __init__(self, ptime_ms: int) -> None:
        self._size = RATE * ptime_ms // 1000
        self._context = av.CodecContext.create("g722", "w")
        self._context.sample_rate = RATE
        self._context.layout = "mono"
        self._context.format = "s16"
        self._context.options = {"frame_size": str(self._size)}
        self._context.open()
        self._frame = AudioFrame("s16", "mono", self._size)  # used again and again: the encoder copies it
        self._frame.sample_rate = RATE
        self._input: Samples = np.frombuffer(cast(Any, self._frame.planes[0]), np.int16)

    def encode(self, sound: Samples) -> bytes:
        """One packet; CodecError for another length than was agreed."""
        if len(sound) != self._size:
            raise CodecError(f"{len(sound)} samples instead of {self._size}")
        self._input[:] = sound
        self._frame.pts = None
        return b"".join(map(bytes, self._context.encode(self._frame)))


class G722Decoder:
    """G.722 -> house sound."""

    __slots__ = ("_context",)

    def __init__(self) -> None:
        self._context = av.CodecContext.create("g722", "r")
        self._context.sample_rate = RATE
        self._context.layout = "mono"
        self._context.open()

    def decode(self, payload: bytes) -> Samples:
        """One packet of any length; CodecError."""
        if not 0 < len(payload) <= _LONGEST:
            raise CodecError(f"{len(payload)} bytes are no packet of G.722")
        try:
            frame = self._context.decode(Packet(payload))[0]
        except (FFmpegError, IndexError) as error:
            raise CodecError(f"G.722: {error}") from error
        decoded: Samples = np.frombuffer(cast(Any, frame.planes[0]), np.int16, frame.samples)
        return decoded
