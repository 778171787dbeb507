"""Time that passes only when nothing is left to do: for stacks, and for asyncio programs."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from heapq import heappop, heappush
from math import inf, nextafter
from typing import Any, TypeVar

import app.net.dns_client  # noqa: F401  a resolver would load it on a thread, for which virtual time does not wait

T = TypeVar("T")


class VirtualTime:
    """A clock and a list of things to do at given times; `run` jumps from one to the next.

    Things due at the same moment are done in the order they were asked for.
    """

    def __init__(self, start: float = 1000.0) -> None:
        self.now = start
        self._heap: list[tuple[float, int, Callable[[], None]]] = []
        self._serial = 0

    def __call__(self) -> float:
        return self.now

    def __len__(self) -> int:
        return len(self._heap)

    def at(self, when: float, action: Callable[[], None]) -> None:
        """Do `action` at `when`, or now, if that is past."""
        self._serial += 1
        heappush(self._heap, (max(when, self.now), self._serial, action))

    def after(self, delay: float, action: Callable[[], None]) -> None:
        """Do `action` in `delay` seconds."""
        self.at(self.now + delay, action)

    def next_at(self) -> float | None:
        """When the next thing is due."""
        return self._heap[0][0] if self._heap else None

    def step(self) -> bool:
        """Do the next thing, at its time; False where there is none."""
        if not self._heap:
            return False
        when, _, action = heappop(self._heap)
        self.now = max(self.now, when)
        action()
        return True

    def run(self, until: float | None = None, most: int = 1_000_000) -> None:
        """Do all that is due until then (None = all there is). AssertionError where it never ends."""
        for _ in range(most):
            due = self.next_at()
            if due is None or (until is not None and due > until):
                break
            self.step()
        else:
            raise AssertionError(f"still busy after {most} steps")
        if until is not None:
            self.now = max(self.now, until)


class _JumpingSelector(selectors.BaseSelector):
    """Looks at the real sockets without waiting, and moves the clock where asyncio would wait."""

    def __init__(self) -> None:
        self.now = 0.0
        self._real = selectors.DefaultSelector()

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._real.unregister(fileobj)

    def modify(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.modify(fileobj, events, data)

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = self._real.select(0)
        if ready:
            return ready
        if timeout is None:
            # Nothing is scheduled: only another thread or a real socket can go on. Look again soon.
            return self._real.select(0.05)
        if timeout > 0:
            self.now = max(self.now + timeout, nextafter(self.now, inf))
        return []

    def close(self) -> None:
        self._real.close()

    def get_map(self) -> Any:
        return self._real.get_map()


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """An event loop whose `time()` jumps to the next timer as soon as nothing is ready: no test sleeps.

    `asyncio.sleep(3600)` returns at once, an hour later. Sockets work, but the clock does not wait for them:
    use it with `Wire`, or where all traffic is answered in the same turn of the loop. A thread's answer
    (`run_in_executor`) is waited for only while no timer is armed.
    """

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)
        self._clock_resolution = 1e-6

    def time(self) -> float:
        """Seconds since the loop was made, in its own time."""
        return self._jumping.now

    def advance(self, seconds: float) -> None:
        """Let time pass without running anything; timers due meanwhile run in the next turn."""
        self._jumping.now += seconds


@contextmanager
def virtual_loop() -> Iterator[VirtualTimeLoop]:
    """Make a loop for one test, and close it with all its tasks."""
    loop = VirtualTimeLoop()
    try:
        yield loop
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end in virtual time."""
    with virtual_loop() as loop:
        return loop.run_until_complete(main)
