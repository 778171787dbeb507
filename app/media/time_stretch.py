"""A little less or more of a sound, without a click: a pitch period left out or heard twice, as in WSOLA."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.media.samples import RATE, Samples

_Floats = npt.NDArray[np.float32]

OVERLAP = RATE * 10 // 1000  # over which one place fades into the other
SHORTEST, LONGEST = RATE * 25 // 10_000, RATE * 15 // 1000  # what can be left out or put in at once
NEEDED = LONGEST + OVERLAP  # samples to shorten
_QUIET = 60.0  # RMS; below it any place fits any other

_FADE: _Floats = np.linspace(0, 1, OVERLAP + 2, dtype=np.float32)[1:-1]


def shorten(sound: Samples, most: int, likeness: float) -> Samples | None:
    """`sound`, at least NEEDED long, without up to `most` samples of its beginning.

    None where no two places are as like as `likeness`; 1 = the same, 0 = nothing in common.
    """
    line = sound[:NEEDED].astype(np.float32)
    shift = _best(line[:OVERLAP], line[SHORTEST : OVERLAP + min(most, LONGEST)], likeness)
    if shift is None:
        return None
    shift += SHORTEST
    made = sound[shift:].copy()
    made[:OVERLAP] = np.rint(line[:OVERLAP] + (line[shift : shift + OVERLAP] - line[:OVERLAP]) * _FADE)
    return made


def lengthen(past: Samples, sound: Samples, most: int, likeness: float) -> Samples | None:
    """`sound`, at least OVERLAP long, with up to `most` samples more at its beginning; None as in `shorten`.

    `past` is what was heard just before; what is put in comes from there.
    """
    reach = min(most, LONGEST)
    if len(past) < reach or reach < SHORTEST:
        return None
    line = np.concatenate((past[-reach:], sound[:OVERLAP])).astype(np.float32)
    now = line[reach:]
    place = _best(now, line[: reach + OVERLAP - SHORTEST], likeness)
    if place is None:
        return None
    joined = np.rint(now + (line[place : place + OVERLAP] - now) * _FADE).astype(np.int16)
    rest = np.concatenate((past[-reach:], sound))[place + OVERLAP :]
    longer: Samples = np.concatenate((joined, rest))
    return longer


def _best(wanted: _Floats, line: _Floats, likeness: float) -> int | None:
    """Where in `line` it is most like what is wanted; None if nowhere enough so."""
    if len(line) < OVERLAP:
        return None
    own = float(np.dot(wanted, wanted))
    if own < _QUIET * _QUIET * OVERLAP:
        return len(line) - OVERLAP if float(np.abs(line).max()) < 4 * _QUIET else None
    products = np.correlate(line, wanted, "valid")
    energy = np.concatenate(((0.0,), np.cumsum(np.square(line, dtype=np.float64))))
    energies = energy[OVERLAP:] - energy[:-OVERLAP]
    found = products / np.sqrt(np.maximum(energies * own, 1.0))
    best = int(found.argmax())
    return best if found[best] >= likeness else None
