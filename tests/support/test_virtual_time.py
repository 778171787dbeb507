"""Time that jumps: no test waits for it."""

from __future__ import annotations

import asyncio
import time

import pytest

from tests.support.virtual_time import VirtualTime, run, virtual_loop


def test_things_are_done_in_order_at_their_time() -> None:
    clock = VirtualTime(start=10.0)
    done: list[tuple[str, float]] = []
    clock.after(2, lambda: done.append(("b", clock.now)))
    clock.after(1, lambda: done.append(("a", clock.now)))
    clock.at(0, lambda: done.append(("past", clock())))
    clock.after(1, lambda: clock.after(0, lambda: done.append(("inner", clock.now))))
    clock.run(until=11.5)
    assert done == [("past", 10), ("a", 11), ("inner", 11)]
    assert clock.now == 11.5
    assert clock.next_at() == 12
    clock.run()
    assert done[-1] == ("b", 12)
    assert not clock.step()
    assert len(clock) == 0


def test_what_never_ends_is_an_error() -> None:
    clock = VirtualTime()

    def again() -> None:
        clock.after(1, again)

    again()
    with pytest.raises(AssertionError, match="still busy"):
        clock.run(most=100)


def test_a_loop_sleeps_a_year_in_no_time() -> None:
    year = 365 * 24 * 3600.0

    async def main() -> tuple[float, list[str]]:
        loop = asyncio.get_running_loop()
        order: list[str] = []

        async def after(delay: float, name: str) -> None:
            await asyncio.sleep(delay)
            order.append(name)

        async with asyncio.TaskGroup() as group:
            group.create_task(after(year, "late"))
            group.create_task(after(1, "soon"))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(60):
                await asyncio.Event().wait()
        return loop.time(), order

    began = time.monotonic()
    passed, order = run(main())
    assert passed == pytest.approx(year + 60)
    assert order == ["soon", "late"]
    assert time.monotonic() - began < 3600


def test_another_thread_is_waited_for() -> None:
    async def main() -> int:
        return await asyncio.to_thread(lambda: 42)

    assert run(main()) == 42


def test_tasks_left_behind_are_cancelled_with_the_loop() -> None:
    seen: list[str] = []

    async def forever() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            seen.append("cancelled")
            raise

    with virtual_loop() as loop:
        task = loop.create_task(forever())
        loop.call_later(5, loop.stop)
        loop.run_forever()
        assert loop.time() == pytest.approx(5)
        loop.advance(5)
        assert loop.time() == pytest.approx(10)
    assert task.cancelled()
    assert seen == ["cancelled"]
