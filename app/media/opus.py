"""Opus through PyAV and libopus: mono voice at 16 kHz out, whatever there is in (RFC 6716, RFC 7587)."""

from __future__ import annotations

from typing import Any, cast

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.error import FFmpegError
from av.packet import Packet

from app.media.resampler import Resampler
from app.media.samples import RATE, Samples
from app.media.voice_codec import CodecError

_DECODED_RATE = 48_000  # the only one the binding decodes to
_LONGEST = 1275 * 48 + 100  # RFC 6716 3.2.5: 48 frames of 2.5 ms, each as long as can be
_OPTIONS = {
    "application": "voip",
    "vbr": "constrained",
    "fec": "1",
    "packet_loss": "5",  # percent expected: how much a packet says again of the one before it
    "compression_level": "5",  # 9 costs half as much again and is not heard with one voice
}


class OpusEncoder:
    """House sound -> Opus with in-band error correction, without discontinuous transmission."""

    __slots__ = ("_context", "_frame", "_input", "_size")

    def __init__(self, ptime_ms: int, bitrate: int) -> None:
        self._size = RATE * ptime_ms // 1000
        self._context = av.CodecContext.create("libopus", "w")
        self._context.sample_rate = RATE
        self._context.layout = "mono"
        self._context.format = "s16"
        self._context.bit_rate = bitrate
        self._context.options = {**_OPTIONS, "frame_duration": str(ptime_ms)}
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


class OpusDecoder:
    """Any Opus, mono or stereo, 2.5 to 120 ms a packet -> house sound.

    The binding gives no access to in-band error correction: a lost packet is concealed like any other.
    """

    __slots__ = ("_context", "_resampler")

    def __init__(self) -> None:
        self._context = av.CodecContext.create("libopus", "r")
        self._context.sample_rate = _DECODED_RATE
        self._context.layout = "mono"  # libopus mixes stereo down
        self._context.open()
        self._resampler = Resampler(_DECODED_RATE, RATE)

    def decode(self, payload: bytes) -> Samples:
        """One packet; CodecError."""
        if not 0 < len(payload) <= _LONGEST:
            raise CodecError(f"{len(payload)} bytes are no packet of Opus")
        try:
            frame = self._context.decode(Packet(payload))[0]
        except (FFmpegError, IndexError) as error:
            raise CodecError(f"Opus: {error}") from error
        return self._resampler.process(np.frombuffer(cast(Any, frame.planes[0]), np.int16, frame.samples))
