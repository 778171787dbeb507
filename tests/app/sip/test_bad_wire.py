"""Calls over a bad wire: each completes or fails cleanly, and nothing is left."""

from __future__ import annotations

import pytest

from tests.support.robots import Run, run_calls
from tests.support.wire import Weather


def check(run: Run) -> None:
    for robot in (run.caller, run.callee):
        for session, story in robot.told.items():
            assert story.count("Ended") == 1, (session, story)
            assert story[-1] == "Ended"
        assert robot.node.stack.is_idle, robot.name
        assert robot.node.stack.next_event() is None
        assert robot.node.stack.deadline() is None


@pytest.mark.parametrize("block", range(10))
def test_calls_at_twenty_percent_loss(block: int) -> None:
    for seed in range(block * 40, block * 40 + 40):
        weather = Weather(loss=0.2, repeat=0.1, reorder=0.1, seed=seed)
        check(run_calls(seed, weather))


def test_calls_on_a_clear_wire() -> None:
    for seed in range(1000, 1100):
        run = run_calls(seed, Weather())
        check(run)


def test_many_calls_at_once() -> None:
    for seed in range(2000, 2010):
        check(run_calls(seed, Weather(loss=0.2, repeat=0.2, reorder=0.2, late=0.7, seed=seed), calls=20))


def test_every_short_pattern_of_loss() -> None:
    """All ways to lose some of the first eight datagrams of one call."""
    for pattern in range(256):
        fate = tuple(bool(pattern >> bit & 1) for bit in range(8))
        check(run_calls(7, Weather(fate=fate)))
