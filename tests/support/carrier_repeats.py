"""How the simulated carrier repeats what it sends until it is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

T1, T2 = 0.5, 4.0
GIVE_UP = 64 * T1


class Repeater:
    """Sends at once and then again after T1, 2 T1 … until stopped; `gave_up` is called after 64 T1."""

    def __init__(
        self,
        send: Callable[[], None],
        gave_up: Callable[[], None],
        *,
        longest: float = T2,
        once: bool = False,
    ) -> None:
        self._send = send
        self._gave_up = gave_up
        self._longest = longest
        self._loop = asyncio.get_running_loop()
        self._wait = T1
        self._end = self._loop.call_later(GIVE_UP, self._give_up)
        self._timer: asyncio.TimerHandle | None = None
        self.is_running = True
        send()
        if not once:  # a reliable transport repeats for us
            self._timer = self._loop.call_later(self._wait, self._again)

    def _again(self) -> None:
        self._send()
        self._wait = min(self._wait * 2, self._longest)
        self._timer = self._loop.call_later(self._wait, self._again)

    def _give_up(self) -> None:
        self.stop()
        self._gave_up()

    def calm(self) -> None:
        """Send no more, but go on waiting."""
        if self._timer is not None:
            self._timer.cancel()

    def stop(self) -> None:
        """It was answered."""
        self.is_running = False
        self.calm()
        self._end.cancel()
