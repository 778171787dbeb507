"""One heap of deadlines, where cancelling is cheap."""

from __future__ import annotations

from enum import StrEnum
from random import Random

from app.sip.timers import Timers


class Kind(StrEnum):
    A = "A"
    B = "B"


class Owner:
    def __init__(self, timers: Timers) -> None:
        self.timers = timers
        self.fired: list[tuple[StrEnum, float]] = []
        self.again = False

    def on_timer(self, kind: StrEnum, now: float) -> None:
        self.fired.append((kind, now))
        if self.again:
            self.again = False
            self.timers.start(now, self, Kind.B)


def test_timers_fire_in_order_and_only_when_due() -> None:
    timers = Timers()
    owner = Owner(timers)
    timers.start(2.0, owner, Kind.B)
    timers.start(1.0, owner, Kind.A)
    assert timers.deadline() == 1.0
    timers.tick(0.5)
    assert owner.fired == []
    timers.tick(2.5)
    assert owner.fired == [(Kind.A, 2.5), (Kind.B, 2.5)]
    assert timers.deadline() is None
    assert len(timers) == 0


def test_a_timer_set_for_now_by_a_timer_fires_in_the_same_tick() -> None:
    timers = Timers()
    owner = Owner(timers)
    owner.again = True
    timers.start(1.0, owner, Kind.A)
    timers.tick(1.0)
    assert [kind for kind, _ in owner.fired] == [Kind.A, Kind.B]


def test_cancelled_timers_neither_fire_nor_count() -> None:
    timers = Timers()
    owner = Owner(timers)
    timer = timers.start(1.0, owner, Kind.A)
    later = timers.start(2.0, owner, Kind.B)
    assert timer.is_live
    timers.cancel(timer)
    timers.cancel(timer)
    timers.cancel(None)
    assert not timer.is_live
    assert len(timers) == 1
    assert timers.deadline() == 2.0
    timers.tick(1.5)
    assert owner.fired == []
    timers.tick(2.0)
    timers.cancel(later)
    assert owner.fired == [(Kind.B, 2.0)]
    assert len(timers) == 0


def test_the_heap_forgets_what_was_cancelled() -> None:
    timers = Timers()
    owner = Owner(timers)
    random = Random(1)
    kept = [timers.start(random.random(), owner, Kind.A) for _ in range(100)]
    for _ in range(5000):
        timers.cancel(timers.start(random.random() + 10, owner, Kind.B))
        assert len(timers) == 100
    assert len(timers._heap) < 2000
    timers.tick(1.0)
    assert len(owner.fired) == len(kept)
    assert len(timers) == 0
