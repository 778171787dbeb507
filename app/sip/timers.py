"""All deadlines of a stack in one heap; cancelling only marks, the heap forgets later."""

from __future__ import annotations

from enum import StrEnum
from heapq import heapify, heappop, heappush
from typing import Protocol

_COMPACT_ABOVE = 512  # cancelled entries worth a sweep


class TimerOwner(Protocol):
    """What a timer wakes."""

    def on_timer(self, kind: StrEnum, now: float) -> None:
        """The deadline named `kind` has come."""


class Timer:
    """One deadline. `owner` is None once it fired or was cancelled."""

    __slots__ = ("kind", "owner", "when")

    def __init__(self, when: float, owner: TimerOwner, kind: StrEnum) -> None:
        self.when = when
        self.owner: TimerOwner | None = owner
        self.kind = kind

    @property
    def is_live(self) -> bool:
        """Whether it will still fire."""
        return self.owner is not None


class Timers:
    """The heap of (when, serial, timer): equal deadlines fire in the order they were set."""

    __slots__ = ("_dead", "_heap", "_serial")

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Timer]] = []
        self._serial = 0
        self._dead = 0

    def __len__(self) -> int:
        """How many deadlines are live."""
        return len(self._heap) - self._dead

    def start(self, when: float, owner: TimerOwner, kind: StrEnum) -> Timer:
        """Call `owner.on_timer(kind, now)` at the first tick not before `when`."""
        timer = Timer(when, owner, kind)
        self._serial += 1
        heappush(self._heap, (when, self._serial, timer))
        return timer

    def cancel(self, timer: Timer | None) -> None:
        """Forget a deadline; harmless where it is None, fired or cancelled already."""
        if timer is None or timer.owner is None:
            return
        timer.owner = None
        self._dead += 1
        if self._dead > _COMPACT_ABOVE and self._dead * 2 > len(self._heap):
            self._heap = [entry for entry in self._heap if entry[2].owner is not None]
            heapify(self._heap)
            self._dead = 0

    def deadline(self) -> float | None:
        """The earliest live deadline."""
        heap = self._heap
        while heap:
            if heap[0][2].owner is not None:
                return heap[0][0]
            heappop(heap)
            self._dead -= 1
        return None

    def tick(self, now: float) -> None:
        """Fire, in order, every deadline not after `now`, those set meanwhile included."""
        while self._heap and self._heap[0][0] <= now:
            timer = heappop(self._heap)[2]
            owner = timer.owner
            if owner is None:
                self._dead -= 1
                continue
            timer.owner = None
            owner.on_timer(timer.kind, now)
