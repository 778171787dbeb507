"""Gathers the sound of one or two sides tick by tick, and hands it on in batches: appends, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Samples = npt.NDArray[np.int16]

BATCH = 50  # ticks of 20 ms
FRAME = 320  # samples of a tick
FRAME_BYTES = 2 * FRAME

Frames = list[tuple[int, "Samples"]]


@dataclass(frozen=True, slots=True)
class Batch:
    """What was heard from tick `first` on, before tick `end`: each side's frames, else silence."""

    first: int
    end: int
    sides: tuple[Frames, ...]

    @property
    def bytes(self) -> int:
        """How much memory it holds."""
        return FRAME_BYTES * sum(len(frames) for frames in self.sides)


class Recorder:
    """One or two sides, each with a sink. `take(batch)` gets the sound once a second, and the rest at `stop`.

    Time runs on while a side is silent, or `is_silent` (a held call: neither music nor the room of who is
    waiting is kept); while paused it stands still.
    """

    def __init__(self, sides: int, take: Callable[[Batch], None]) -> None:
        self._take = take
        self._frames: tuple[Frames, ...] = tuple([] for _ in range(sides))
        self._first: int | None = None  # the first tick not handed on yet
        self._latest = 0
        self._is_stopped = False
        self.is_paused = False
        self.is_silent = False

    def sink(self, side: int) -> Callable[[int, Samples], None]:
        """What takes the sound of a side."""
        frames = self._frames[side]

        def hear(tick: int, sound: Samples) -> None:
            if self._is_stopped or self.is_paused:
                return
            if self._first is None:
                self._first = self._latest = tick
            elif tick < self._first:
                return  # the other side is a batch ahead: does not happen on one clock
            elif tick - self._first >= BATCH:
                self._hand_on(tick)
            if tick > self._latest:
                self._latest = tick
            if not self.is_silent:
                frames.append((tick, sound))

        return hear

    def pause(self) -> None:
        """Leave out what comes from now on."""
        self._finish_stretch()
        self.is_paused = True

    def resume(self) -> None:
        """Go on where the recording stood."""
        self.is_paused = False

    def stop(self) -> None:
        """Hand on what is left, and take no more."""
        self._finish_stretch()
        self._is_stopped = True

    def _finish_stretch(self) -> None:
        if self._first is not None:
            self._hand_on(self._latest + 1)
            self._first = None

    def _hand_on(self, end: int) -> None:
        """Everything before tick `end`: the other side of that tick may be still to come."""
        first = self._first
        assert first is not None
        sides = tuple(list(frames) for frames in self._frames)
        for frames in self._frames:
            frames.clear()
        self._first = end
        self._take(Batch(first, end, sides))
