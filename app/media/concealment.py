"""What is heard in place of lost sound: the last pitch period again, fading (as in G.711 Appendix I)."""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt

from app.media.samples import RATE, Samples

_Floats = npt.NDArray[np.float32]

KEPT = RATE * 50 // 1000  # samples that are looked back on
FADED = RATE * 60 // 1000  # when nothing is left (Appendix I)
_HOLD = RATE * 10 // 1000  # as loud as before
_SHORTEST, _LONGEST = RATE // 400, RATE * 15 // 1000  # pitch periods: 400 to 67 Hz
_MATCHED = RATE * 20 // 1000  # how much is compared to find the pitch
_JOIN = RATE * 5 // 1000  # over which heard sound comes in again
_SETTLE = RATE * 2 // 1000  # over which the step between the last sample and the repetition goes away
_SPREAD = 2  # periods that are repeated in turn, lest one alone buzzes

_RISE: _Floats = (np.arange(1, _JOIN + 1) / (_JOIN + 1)).astype(np.float32)
_SETTLING: _Floats = np.linspace(1, 0, _SETTLE, dtype=np.float32)


class Concealment:
    """Remembers the end of one stream and goes on with it where nothing comes.

    `remember` costs next to nothing: the work is done when something is lost.
    """

    __slots__ = ("_cycle", "_made", "_past", "_step", "is_concealing", "remember")

    def __init__(self) -> None:
        self._past: deque[Samples] = deque(maxlen=12)
        self._cycle: _Floats | None = None  # what is being repeated
        self._step = 0.0
        self._made = 0
        self.is_concealing = False  # the sound given last was made up
        self.remember = self._past.append  # takes sound that was heard; each packet comes here

    @property
    def is_faded(self) -> bool:
        """Whether there is nothing left to repeat."""
        return self._made >= FADED

    def past(self, count: int = KEPT) -> Samples:
        """The last samples that were heard or made up, at most so many."""
        return np.concatenate(self._past)[-count:] if self._past else np.zeros(0, np.int16)

    def conceal(self, count: int) -> Samples:
        """`count` samples in place of the lost ones that come next."""
        made = self._go_on(count).astype(np.int16)
        self._past.append(made)
        return made

    def join(self, sound: Samples) -> Samples:
        """The first sound that is heard again, faded in over what would have been made up."""
        count = min(_JOIN, len(sound))
        rise = _RISE if count == _JOIN else np.linspace(0, 1, count + 2, dtype=np.float32)[1:-1]
        joined = sound.copy()
        made = self._go_on(count)
        joined[:count] = np.rint(made + (sound[:count] - made) * rise)
        self._end()
        return joined

    def forget(self) -> None:
        """Begin anew."""
        self._past.clear()
        self._end()

    def _end(self) -> None:
        self._cycle = None
        self._made = 0
        self.is_concealing = False

    def _go_on(self, count: int) -> _Floats:
        if self._made >= FADED:
            return np.zeros(count, np.float32)
        if self._cycle is None:
            self._begin()
        assert self._cycle is not None
        at = np.arange(self._made, self._made + count)
        made = self._cycle[at % len(self._cycle)]
        if self._made < _SETTLE:
            settling = _SETTLING[self._made : self._made + count]
            made[: len(settling)] += self._step * settling
        self._made += count
        loudness = np.clip(1 - (at - _HOLD) / (FADED - _HOLD), 0, 1)
        fading: _Floats = np.clip(made * loudness, -32768, 32767).astype(np.float32)
        return fading

    def _begin(self) -> None:
        """Take the last periods for repetition, their end drawn over to what came before their beginning."""
        past = self.past().astype(np.float32)
        if len(past) < _MATCHED + _LONGEST:
            past = np.concatenate((np.zeros(_MATCHED + _LONGEST - len(past), np.float32), past))
        period, likeness = pitch_of(past)
        length = period * _SPREAD if likeness < 0.8 else period  # a clear pitch is repeated as it is
        cycle = past[-length:].copy()
        before = past[: len(past) - length]
        overlap = min(period // 4, len(before))
        fade = np.linspace(0, 1, overlap + 2, dtype=np.float32)[1:-1]
        cycle[-overlap:] += (before[-overlap:] - cycle[-overlap:]) * fade
        self._step = float(past[-1] - before[-1])
        self._cycle = cycle
        self.is_concealing = True


def pitch_of(past: _Floats) -> tuple[int, float]:
    """The pitch period at the end of a sound, in samples, and how like the periods are: 1 = the same."""
    now = past[-_MATCHED:]
    before = past[-_MATCHED - _LONGEST : -_SHORTEST]
    products = np.correlate(before, now, "valid")  # the first is the longest period
    energy = np.concatenate(((0.0,), np.cumsum(np.square(before, dtype=np.float64))))
    energies = energy[_MATCHED:] - energy[:-_MATCHED]
    own = float(np.dot(now, now))
    likeness = products / np.sqrt(np.maximum(energies * own, 1.0))
    best = float(likeness.max())
    # A multiple of the period is as like as the period itself: the shortest one that is about as like
    index = int(np.flatnonzero(likeness >= 0.97 * best)[-1]) if best > 0 else 0
    while 0 < index < len(likeness) - 1 and likeness[index - 1] > likeness[index]:
        index -= 1  # up to the top of that hill
    return _LONGEST - index, best
