"""The media clock: a call every 20 ms on the engine's loop, by absolute deadlines, and how late it was."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

logger = logging.getLogger(__name__)

INTERVAL = 0.020
_REMEMBERED = 4_096  # latenesses: the last 80 seconds
_MOST_BEHIND = 10  # ticks that are made up for; beyond that they are skipped
_EARLY = 0.0005  # event loops round to milliseconds

OnTick = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """How late the latest ticks were, in milliseconds. `ticks` and `skipped` count from the start."""

    ticks: int
    skipped: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    worst_ms: float


class TickSchedule:
    """When the next tick is due. Pure: the time is an argument.

    A late tick does not move those after it. Missed ticks are made up for at most twice as fast as the clock
    runs, so that no peer gets a burst; more than `_MOST_BEHIND` of them are skipped, their numbers too.
    """

    def __init__(self, now: float, interval: float = INTERVAL) -> None:
        self._start, self._interval = now, interval
        self._number = 1
        self._wake_at = now + interval
        self._late: deque[float] = deque(maxlen=_REMEMBERED)
        self._count = self._skipped = 0

    @property
    def wake_at(self) -> float:
        """When to call `tick` next."""
        return self._wake_at

    def tick(self, now: float) -> int | None:
        """The number of the tick that is due, None where the call came early. Moves on to the next one."""
        due = self._start + self._number * self._interval
        if now < self._wake_at - _EARLY:
            return None
        self._late.append(max(0.0, now - due))
        behind = int((now - due) / self._interval)
        if behind > _MOST_BEHIND:
            self._skipped += behind
            self._number += behind
            due += behind * self._interval
        number = self._number
        self._count += 1
        self._number += 1
        self._wake_at = max(due + self._interval, now + self._interval / 2)
        return number

    def lateness(self, latest: int = _REMEMBERED) -> Lateness:
        """The statistics so far, of so many ticks at most."""
        ordered = sorted(list(self._late)[-latest:])

        def percentile(share: float) -> float:
            return 1000.0 * ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0

        return Lateness(
            ticks=self._count,
            skipped=self._skipped,
            p50_ms=percentile(0.50),
            p95_ms=percentile(0.95),
            p99_ms=percentile(0.99),
            worst_ms=percentile(1.0),
        )


class Ticker:
    """Calls each subscriber with the tick's number; it runs only while there is one. One loop, one thread."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        *,
        interval: float = INTERVAL,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._loop, self._interval, self._clock = loop, interval, clock
        self._listeners: tuple[OnTick, ...] = ()
        self._schedule = TickSchedule(clock(), interval)
        self._timer: asyncio.TimerHandle | None = None

    def subscribe(self, listener: OnTick) -> Callable[[], None]:
        """Call `listener` on every tick from the next one on; the returned call ends it."""
        self._listeners = (*self._listeners, listener)
        if self._timer is None:
            self._schedule = TickSchedule(self._clock(), self._interval)
            self._arm()

        def unsubscribe() -> None:
            self._listeners = tuple(known for known in self._listeners if known is not listener)
            if not self._listeners:
                self.stop()

        return unsubscribe

    def stop(self) -> None:
        """Forget every subscriber and let the timer go."""
        self._listeners = ()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def lateness(self, latest: int = _REMEMBERED) -> Lateness:
        """How late the latest ticks were, at most those since the clock last started."""
        return self._schedule.lateness(latest)

    def _arm(self) -> None:
        self._timer = self._loop.call_later(max(0.0, self._schedule.wake_at - self._clock()), self._wake)

    def _wake(self) -> None:
        self._timer = None
        number = self._schedule.tick(self._clock())
        if number is not None:
            for listener in self._listeners:
                try:
                    listener(number)
                except Exception:
                    logger.exception("a listener of the media clock failed")
        if self._listeners and self._timer is None:
            self._arm()
