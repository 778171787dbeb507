"""Counts wrong PINs and passwords that are dialled, and locks for a while what is guessed at."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

WINDOW_S = 900.0
LOCKED_S = 900.0  # the first time; each lock that soon follows another lasts twice as long
LONGEST_S = 86_400.0


class Guesses:
    """What is guessed at has a key. `on_lock(key, seconds)` is told of each lock; `clock` gives seconds."""

    def __init__(self, most: int, on_lock: Callable[[str, float], None], clock: Callable[[], float]) -> None:
        self._most = most
        self._on_lock = on_lock
        self._clock = clock
        self._wrong: dict[str, deque[float]] = {}
        self._locked: dict[str, tuple[float, float]] = {}  # until when the latest lock holds, and its length

    def is_locked(self, key: str) -> bool:
        """Whether nothing opens it for the time being."""
        until, _ = self._locked.get(key, (0.0, 0.0))
        return self._clock() < until

    def note_wrong(self, key: str) -> None:
        """Count a wrong one."""
        now = self._clock()
        times = self._wrong.setdefault(key, deque())
        while times and now - times[0] > WINDOW_S:
            times.popleft()
        times.append(now)
        if len(times) < self._most:
            return
        del self._wrong[key]
        until, before = self._locked.get(key, (0.0, 0.0))
        is_soon = before > 0 and now < until + LONGEST_S
        seconds = min(2 * before, LONGEST_S) if is_soon else LOCKED_S
        self._locked[key] = (now + seconds, seconds)
        self._on_lock(key, seconds)

    def note_right(self, key: str) -> None:
        """Forget the mistakes that came before: it was the owner's own."""
        self._wrong.pop(key, None)
