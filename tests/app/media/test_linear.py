"""L16: samples in network byte order."""

from __future__ import annotations

import numpy as np
import pytest

from app.media.linear import LinearDecoder, LinearEncoder
from app.media.voice_codec import CodecError


def test_sixteen_kilohertz_pass_unchanged_in_network_byte_order() -> None:
    sound = np.array([0, 1, -1, 258, 32_767, -32_768] + [0] * 154, np.int16)
    payload = LinearEncoder(16_000, 10).encode(sound)
    assert payload[:12] == bytes.fromhex("0000 0001 ffff 0102 7fff 8000")
    assert (LinearDecoder(16_000).decode(payload) == sound).all()


def test_eight_kilohertz_are_half_as_many() -> None:
    assert len(LinearEncoder(8000, 20).encode(np.zeros(320, np.int16))) == 320
    assert len(LinearDecoder(8000).decode(bytes(320))) == 320


def test_half_a_sample_is_an_error() -> None:
    with pytest.raises(CodecError, match="3 bytes"):
        LinearDecoder(16_000).decode(b"abc")
