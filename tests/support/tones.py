"""Makes tones and hears them again: WAV files, G.711 mu-law, Goertzel's filter."""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 8000
Samples = NDArray[np.int16]


def tone(hertz: float, seconds: float, amplitude: int = 8000) -> Samples:
    """A sine at 8 kHz."""
    moments = np.arange(int(RATE * seconds)) / RATE
    samples: Samples = (amplitude * np.sin(2 * math.pi * hertz * moments)).astype(np.int16)
    return samples


def write_wav(path: Path, samples: Samples) -> Path:
    """Write one channel of 16 bits at 8 kHz."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.astype("<i2").tobytes())
    return path


def read_wav(path: Path) -> Samples:
    """Read what `write_wav` writes, and the same while it is still being written: to the file's end."""
    data = path.read_bytes()
    start = data.find(b"data") + 8
    if start < 8 or len(data) <= start:  # the header is not there yet
        return np.zeros(0, np.int16)
    channels, rate = struct.unpack_from("<HI", data, 22)
    assert (channels, rate) == (1, RATE)
    return np.frombuffer(data[start : len(data) - (len(data) - start) % 2], "<i2").astype(np.int16)


def share_of(samples: Samples, hertz: float) -> float:
    """How much of the sound's energy is in this frequency: 1 = a pure tone, 0 = none of it, or silence."""
    signal = samples.astype(np.float64)
    energy = float(np.dot(signal, signal))
    if energy < len(signal) * 100:  # below an amplitude of some 14: silence
        return 0.0
    moments = np.arange(len(signal)) * (2 * math.pi * hertz / RATE)
    real, imaginary = np.dot(signal, np.cos(moments)), np.dot(signal, np.sin(moments))
    return float(2 * (real * real + imaginary * imaginary) / (len(signal) * energy))


def seconds_of(samples: Samples, hertz: float, least: float = 0.8) -> float:
    """For how long the tone is heard, in windows of 20 ms: a gap or a splice costs only its own windows."""
    size = RATE // 50
    windows = [samples[start : start + size] for start in range(0, len(samples) - size + 1, size)]
    return sum(share_of(window, hertz) >= least for window in windows) / 50


def mulaw_encode(samples: Samples) -> bytes:
    """G.711 mu-law."""
    magnitude = np.minimum(np.abs(samples.astype(np.int32)), 32635) + 132
    exponent = np.floor(np.log2(magnitude)).astype(np.int32) - 7
    mantissa = (magnitude >> (exponent + 3)) & 0x0F
    sign = np.where(samples < 0, 0x80, 0)
    return bytes((~(sign | (exponent << 4) | mantissa) & 0xFF).astype(np.uint8))


def mulaw_decode(data: bytes) -> Samples:
    """The samples of G.711 mu-law."""
    code = ~np.frombuffer(data, np.uint8).astype(np.int32) & 0xFF
    magnitude = ((((code & 0x0F) << 3) + 132) << ((code >> 4) & 7)) - 132
    return np.where(code & 0x80, -magnitude, magnitude).astype(np.int16)
