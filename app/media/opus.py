"""Opus by libopus: mono voice at 16 kHz out, whatever there is in (RFC 6716, RFC 7587).

Samples go in and out as bytes: numpy, where it copies, gives the interpreter's lock away.
"""

from __future__ import annotations

import ctypes

import numpy as np

from app.media import opus_library
from app.media.samples import RATE, Samples
from app.media.voice_codec import CodecError

_VOIP = 2048
_SET_BITRATE, _SET_COMPLEXITY, _SET_FEC, _SET_LOSS = 4002, 4010, 4012, 4014
_COMPLEXITY = 5  # 9 costs half as much again and is not heard with one voice
_LOST_PERCENT = 5  # expected: how much a packet says again of the one before it
_LONGEST_WRITTEN = 3 * 1277  # RFC 6716 3.2.1, 3.2.5: 60 ms are three frames, each as long as can be
_LONGEST_READ = 1275 * 48 + 100  # 48 frames of 2.5 ms
_MOST = RATE * 120 // 1000  # RFC 6716 3.2.5: of one packet
_STEP = RATE // 400  # 2.5 ms: losses are made up for in whole ones
_PROBLEMS = {
    -1: "bad argument",
    -2: "too little room",
    -3: "internal error",
    -4: "invalid packet",
    -5: "not implemented",
    -6: "invalid state",
    -7: "no memory",
}


def checked(result: int) -> int:
    """What a function of libopus returned; CodecError where it is one of its error codes."""
    if result < 0:
        raise CodecError(f"Opus: {_PROBLEMS.get(result, f'error {result}')}")
    return result


class OpusEncoder:
    """House sound -> Opus for voice, with in-band error correction, without discontinuous transmission."""

    __slots__ = ("_encode", "_output", "_size", "_state")

    def __init__(self, ptime_ms: int, bitrate: int) -> None:
        library = opus_library.needed()
        self._state = ctypes.create_string_buffer(checked(library.opus_encoder_get_size(1)))
        checked(library.opus_encoder_init(self._state, RATE, 1, _VOIP))
        for request, value in (
            (_SET_BITRATE, bitrate),
            (_SET_COMPLEXITY, _COMPLEXITY),
            (_SET_FEC, 1),
            (_SET_LOSS, _LOST_PERCENT),
        ):
            checked(library.opus_encoder_ctl(self._state, request, ctypes.c_int32(value)))
        self._encode = library.opus_encode
        self._size = RATE * ptime_ms // 1000
        self._output = ctypes.create_string_buffer(_LONGEST_WRITTEN)

    def encode(self, sound: Samples) -> bytes:
        """One packet; CodecError for another length than was agreed."""
        samples = sound.tobytes()
        if len(samples) != 2 * self._size:
            raise CodecError(f"{len(sound)} samples instead of {self._size}")
        output = self._output
        count = self._encode(self._state, samples, self._size, output, _LONGEST_WRITTEN)
        return ctypes.string_at(output, checked(count))


class OpusDecoder:
    """Any Opus, mono or stereo, 2.5 to 120 ms a packet -> house sound; libopus mixes stereo down."""

    __slots__ = ("_decode", "_output", "_state")

    def __init__(self) -> None:
        library = opus_library.needed()
        self._state = ctypes.create_string_buffer(checked(library.opus_decoder_get_size(1)))
        checked(library.opus_decoder_init(self._state, RATE, 1))
        self._decode = library.opus_decode
        self._output = ctypes.create_string_buffer(2 * _MOST)

    def decode(self, payload: bytes) -> Samples:
        """One packet; CodecError."""
        return self._decoded(payload, _MOST, 0)

    def make_up(self, count: int, following: bytes | None) -> Samples:
        """`count` samples of lost sound, rounded up to 2.5 ms; CodecError.

        `following` is the packet that comes right after them: the last of them are taken from it where it
        carries them (RFC 6716 2.1.7). It is to be decoded after this.
        """
        count = min(-(-count // _STEP) * _STEP, _MOST)
        if following is None:
            return self._sound(self._decode(self._state, None, 0, self._output, count, 0))
        return self._decoded(following, count, 1)

    def _decoded(self, payload: bytes, most: int, wants_earlier: int) -> Samples:
        length = len(payload)
        if not 0 < length <= _LONGEST_READ:
            raise CodecError(f"{length} bytes are no packet of Opus")
        return self._sound(self._decode(self._state, payload, length, self._output, most, wants_earlier))

    def _sound(self, count: int) -> Samples:
        made: Samples = np.frombuffer(ctypes.string_at(self._output, 2 * checked(count)), np.int16)
        return made
