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
    said = list(frames)
    return limited(np.array(said, np.int32).sum(axis=0, dtype=np.int32)) if said else SILENCE


def mix_minus(frames: Mapping[K, Samples]) -> dict[K, Samples]:
    """For each party the sum of what the others say, in frames of one length; who is alone hears silence.

    Whose frame is SILENCE itself is not added, and all those share one result.
    """
    speaking = [key for key, frame in frames.items() if frame is not SILENCE]
    if not speaking:
        return dict.fromkeys(frames, SILENCE)
    if len(speaking) == 1:
        only = speaking[0]
        return {key: SILENCE if key == only else frames[only] for key in frames}
    said = np.array([frames[key] for key in speaking], np.int32)
    total = said.sum(axis=0, dtype=np.int32)
    heard = dict.fromkeys(frames, SILENCE)
    if len(speaking) < len(frames):
        everyone = limited(total)
        heard = dict.fromkeys(frames, everyone)
    heard.update(zip(speaking, limited(total - said), strict=True))
    return heard


def limited(total: _Sums) -> Samples:
    """Sums of sounds in 16 bits: what is louder than the knee is bent toward full scale, never cut off."""
    highest = int(total.max(initial=0))
    lowest = int(total.min(initial=0))
    if highest <= _KNEE and lowest >= -_KNEE:
        return total.astype(np.int16)
    size = np.abs(total).astype(np.float32)
    over = np.maximum(size - _KNEE, 0)
    bent = np.minimum(size, _KNEE) + over * _ROOM / (over + _ROOM)  # slope 1 at the knee
    return np.copysign(bent, total).astype(np.int16)
