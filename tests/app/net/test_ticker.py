"""The media clock, under a clock of its own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from itertools import pairwise
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.net.ticker import INTERVAL, Ticker, TickSchedule


class Timer:
    """A timer of the loop below."""

    def __init__(self, at: float, call: Callable[[], None]) -> None:
        self.at, self.call, self.is_cancelled = at, call, False

    def cancel(self) -> None:
        self.is_cancelled = True


class Loop:
    """An event loop that has timers only; each fires `late` seconds after its time."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.late = 0.0
        self.timers: list[Timer] = []

    def clock(self) -> float:
        return self.now

    def call_later(self, delay: float, call: Callable[[], None]) -> Timer:
        assert delay >= 0
        timer = Timer(self.now + delay, call)
        self.timers.append(timer)
        return timer

    def fire(self) -> None:
        timer = self.timers.pop(0)
        self.now = timer.at + self.late
        if not timer.is_cancelled:
            timer.call()


def ticker(loop: Loop) -> Ticker:
    return Ticker(cast(asyncio.AbstractEventLoop, loop), clock=loop.clock)


def test_ticks_keep_to_absolute_deadlines() -> None:
    loop = Loop()
    loop.late = 0.003
    heard: list[tuple[int, float]] = []
    clock = ticker(loop)
    clock.subscribe(lambda number: heard.append((number, loop.now)))
    for _ in range(100):
        loop.fire()
    assert [number for number, _ in heard] == list(range(1, 101))
    assert heard[-1][1] == pytest.approx(1000 + 100 * INTERVAL + 0.003)
    found = clock.lateness()
    assert (found.ticks, found.skipped) == (100, 0)
    assert (found.p50_ms, found.worst_ms) == (pytest.approx(3.0), pytest.approx(3.0))


def test_it_runs_only_while_somebody_listens() -> None:
    loop = Loop()
    clock = ticker(loop)
    assert not loop.timers
    heard: list[int] = []
    first = clock.subscribe(heard.append)
    second = clock.subscribe(lambda number: heard.append(-number))
    loop.fire()
    first()
    loop.fire()
    second()
    loop.fire()  # the cancelled timer
    assert heard == [1, -1, -2]
    assert not loop.timers
    first()
    clock.subscribe(heard.append)
    loop.fire()
    assert heard[-1] == 1


def test_a_listener_may_end_itself_and_a_failing_one_harms_nobody(caplog: pytest.LogCaptureFixture) -> None:
    loop = Loop()
    clock = ticker(loop)
    heard: list[int] = []

    def fail(number: int) -> None:
        raise ValueError(number)

    def once(number: int) -> None:
        heard.append(number)
        leave()

    clock.subscribe(fail)
    leave = clock.subscribe(once)
    clock.subscribe(heard.append)
    with caplog.at_level(logging.CRITICAL, logger="app.net.ticker"):
        loop.fire()
        loop.fire()
    assert heard == [1, 1, 2]
    clock.stop()
    loop.fire()
    assert heard == [1, 1, 2]


def test_a_loop_that_fires_early_does_not_tick_early() -> None:
    schedule = TickSchedule(0.0)
    assert schedule.tick(0.0190) is None
    assert schedule.tick(0.0196) == 1  # within what loops round
    assert schedule.lateness().worst_ms == 0.0
    assert schedule.wake_at == pytest.approx(0.040)


def test_missed_ticks_are_made_up_for_without_a_burst() -> None:
    schedule = TickSchedule(0.0)
    at = 0.100  # four and a bit too late
    times = []
    for _ in range(8):
        assert schedule.tick(at) is not None
        times.append(at)
        at = schedule.wake_at
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert min(gaps) >= INTERVAL / 2 - 1e-9
    assert schedule.wake_at == pytest.approx(9 * INTERVAL, abs=INTERVAL)
    assert schedule.lateness().skipped == 0


def test_a_long_stop_is_skipped() -> None:
    schedule = TickSchedule(0.0)
    assert schedule.tick(10.0) == 500
    found = schedule.lateness()
    assert (found.ticks, found.skipped) == (1, 499)
    assert schedule.wake_at == pytest.approx(10.020)


@given(st.lists(st.floats(0, 0.5), max_size=200))
def test_numbers_only_rise_and_never_run_ahead_of_the_clock(delays: list[float]) -> None:
    schedule = TickSchedule(0.0)
    last = 0
    for delay in delays:
        now = schedule.wake_at + delay
        number = schedule.tick(now)
        assert number is not None
        assert last < number <= now / INTERVAL + 1e-6
        last = number
    found = schedule.lateness()
    assert found.ticks + found.skipped == last
    assert found.p50_ms <= found.p95_ms <= found.p99_ms <= found.worst_ms


def test_no_ticks_no_lateness() -> None:
    assert TickSchedule(0.0).lateness().p99_ms == 0.0


async def test_it_ticks_on_a_real_loop() -> None:
    loop = asyncio.get_running_loop()
    clock = Ticker(loop, interval=0.001)
    third = loop.create_future()
    clock.subscribe(lambda number: third.set_result(number) if number >= 3 and not third.done() else None)
    assert await third >= 3
    clock.stop()
