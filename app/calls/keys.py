"""Keys of one leg, each once: many phones send a key by RTP and by INFO as well."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

# How far the two reports of one key may be apart: INFO is sent when the key is let go, and may be lost twice.
_APART_S = 5.0
_MOST = 64  # keys remembered: who presses more within that time is a machine


class Keys:
    """Tells a key that came on both ways from a key that was pressed twice.

    Each report of one way is held against the unmatched ones of the other. A phone that has once been caught
    sending both is believed by RTP alone (`is_sure`: it agreed to telephone-event), as late as its INFO may
    come.
    """

    __slots__ = ("_clock", "_heard", "_says_twice")

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._heard: tuple[deque[tuple[str, float]], deque[tuple[str, float]]] = (
            deque(maxlen=_MOST),
            deque(maxlen=_MOST),
        )
        self._says_twice = False

    def by_sound(self, key: str, *, is_sure: bool) -> bool:
        """A key in the stream; False where INFO has told it already."""
        if self._says_twice and is_sure:
            return True
        return self._is_new(key, 0, is_sure=is_sure)

    def by_signal(self, key: str, *, is_sure: bool) -> bool:
        """A key in an INFO; False where the stream has told it, or will."""
        if self._says_twice and is_sure:
            return False
        return self._is_new(key, 1, is_sure=is_sure)

    def _is_new(self, key: str, way: int, *, is_sure: bool) -> bool:
        now = self._clock()
        mine, others = self._heard[way], self._heard[1 - way]
        while others and now - others[0][1] > _APART_S:
            others.popleft()
        twin = next((each for each in others if each[0] == key), None)
        if twin is None:
            mine.append((key, now))
            while len(mine) > 1 and now - mine[0][1] > _APART_S:
                mine.popleft()
            return True
        others.remove(twin)
        self._says_twice = self._says_twice or is_sure
        return False
