"""A conference's sound: everyone hears the sum of the others, softly kept within 16 bits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from app.media.samples import SILENCE, Samples

K = TypeVar("K")
_Sums = npt.NDArray[np.int32]

_KNEE = 24_000  # up to here nothing is changed: -2.7 dB of full scale
_ROOM = 32_767 - _KNEE


def mix(frames: Iterable[Samples]) -> Samples:
    """The sum of frames of one length; silence for none."""
    total = _total(frames)
    return SILENCE if total is None else limited(total)


def mix_minus(frames: Mapping[K, Samples]) -> dict[K, Samples]:
    """For each party the sum of what the others say, in frames of one length; who is alone hears silence.

    Whose frame is SILENCE itself is not added, and all those share one result.
    """
    speaking = {key: frame for key, frame in frames.items() if frame is not SILENCE}
    total = _total(speaking.values())
    if total is None:
        return dict.fromkeys(frames, SILENCE)
    if len(speaking) == 1:
        only = next(iter(speaking))
        return {key: SILENCE if key == only else speaking[only] for key in frames}
    everyone = limited(total)
    return {key: limited(total - speaking[key]) if key in speaking else everyone for key in frames}


def limited(total: _Sums) -> Samples:
    """A sum of sounds in 16 bits: what is louder than the knee is bent toward full scale, never cut off."""
    highest = int(total.max(initial=0))
    lowest = int(total.min(initial=0))
    if highest <= _KNEE and lowest >= -_KNEE:
        return total.astype(np.int16)
    size = np.abs(total).astype(np.float32)
    over = np.maximum(size - _KNEE, 0)
    bent = np.minimum(size, _KNEE) + over * _ROOM / (over + _ROOM)  # slope 1 at the knee
    return np.copysign(bent, total).astype(np.int16)


def _total(frames: Iterable[Samples]) -> _Sums | None:
    total: _Sums | None = None
    for frame in frames:
        if total is None:
            total = frame.astype(np.int32)
        else:
            total += frame
    return total
