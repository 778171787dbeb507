"""Makes the tones of the telephone from a line of text: 400+450*400 0*200 400+450*400 0*2000.

Each piece is a sound and its length in milliseconds. A sound is one or more frequencies in Hz that sound
together (350+440), one that another swells (400x25: 400 Hz, modulated with 25 Hz), or 0 for silence.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np

from app.media.samples import FRAME_MS, RATE, Samples

LEVEL = (
    0.1  # RMS of full scale: -20 dB, about -14 dBm0; ITU-T E.180 6 asks for -5 to -15 dBm0 at the exchange
)

_PIECE = re.compile(r"(?:(\d+)x(\d+)|(\d+(?:\+\d+)*))\*(\d+)")
_FADE = RATE * 4 // 1000  # at the ends of a beep, so that nothing clicks
_MOST_MS = 60_000


@dataclass(frozen=True, slots=True)
class _Piece:
    frequencies: tuple[int, ...]  # none: silence
    swell: int  # 0: steady
    ms: int


def make_tone(text: str) -> Samples:
    """One round of a tone, ready to be repeated without a gap: whole frames of 20 ms.

    ValueError for a text that is no tone.
    """
    pieces = _read(text)
    total = sum(piece.ms for piece in pieces)
    rounds = FRAME_MS // math.gcd(total, FRAME_MS)
    is_steady = len(pieces) == 1
    once = [_sound(piece, has_fades=not is_steady) for piece in pieces]
    return np.concatenate(once * rounds)


def check_tone(text: str) -> None:
    """Raise ValueError for a text that is no tone."""
    _read(text)


def _read(text: str) -> list[_Piece]:
    pieces = []
    for part in text.split():
        found = _PIECE.fullmatch(part)
        if found is None:
            raise ValueError(f"“{part}” is no tone: write FREQUENCY+FREQUENCY*MILLISECONDS")
        carrier, swell, together, ms = found.groups()
        frequencies = tuple(int(each) for each in (carrier or together).split("+") if int(each))
        if any(each >= RATE // 2 for each in frequencies):
            raise ValueError(f"“{part}” is higher than can be sent")
        pieces.append(_Piece(frequencies, int(swell or 0), int(ms)))
    total = sum(piece.ms for piece in pieces)
    if not 0 < total <= _MOST_MS:
        raise ValueError(f"“{text}” is no tone: it must take at most {_MOST_MS // 1000} seconds")
    return pieces


def _sound(piece: _Piece, *, has_fades: bool) -> Samples:
    count = RATE * piece.ms // 1000
    if not piece.frequencies:
        return np.zeros(count, np.int16)
    time = np.arange(count) / RATE
    wave = np.sum([np.sin(2 * np.pi * each * time) for each in piece.frequencies], axis=0)
    if piece.swell:
        wave = wave * (1 + 0.9 * np.sin(2 * np.pi * piece.swell * time))
    wave *= LEVEL / math.sqrt(float(np.mean(wave**2)))
    if has_fades and count > 2 * _FADE:
        slope = np.linspace(0.0, 1.0, _FADE)
        wave[:_FADE] *= slope
        wave[-_FADE:] *= slope[::-1]
    samples: Samples = np.rint(wave * 32767).astype(np.int16)
    return samples
