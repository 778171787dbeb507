"""Packets of Opus as other phones may send them: any rate, length, number of channels, application."""

from __future__ import annotations

import ctypes

import numpy as np
import pytest

from app.media import opus_library

APPLICATIONS = {"voip": 2048, "audio": 2049, "low delay": 2051}
LONGEST = 1275 * 6 + 7


def foreign_packets(
    channels: int, frame_ms: float, rate: int = 48_000, application: str = "voip"
) -> list[bytes]:
    """What another Opus sends in a second: a tone of 500 Hz on each channel."""
    library = opus_library.load()
    if library is None:
        pytest.fail(f"the tests of Opus need {opus_library.NAME} (on Debian: libopus0)")
    state = ctypes.create_string_buffer(library.opus_encoder_get_size(channels))
    assert library.opus_encoder_init(state, rate, channels, APPLICATIONS[application]) == 0
    size = int(rate * frame_ms / 1000)
    wave = 8000 * np.sin(2 * np.pi * 500 * np.arange(rate) / rate)
    output = ctypes.create_string_buffer(LONGEST)
    packets = []
    for at in range(0, rate - size + 1, size):
        sound = np.repeat(wave[at : at + size], channels).astype(np.int16)
        count = library.opus_encode(state, sound.tobytes(), size, output, LONGEST)
        assert count > 0
        packets.append(ctypes.string_at(output, count))
    return packets
