"""The lock on what is guessed at: when, how long, and what ends it."""

from __future__ import annotations

from app.services.guesses import LOCKED_S, LONGEST_S, WINDOW_S, Guesses


class Scene:
    def __init__(self) -> None:
        self.now = 1000.0
        self.locks: list[tuple[str, float]] = []
        self.guesses = Guesses(3, lambda key, seconds: self.locks.append((key, seconds)), lambda: self.now)

    def guess(self, times: int = 3) -> None:
        for _ in range(times):
            self.guesses.note_wrong("8000")


def test_what_is_guessed_at_is_locked_and_nothing_else() -> None:
    scene = Scene()
    scene.guess(2)
    assert not scene.guesses.is_locked("8000")
    scene.guess(1)
    assert scene.guesses.is_locked("8000")
    assert not scene.guesses.is_locked("8001")
    scene.now += LOCKED_S
    assert not scene.guesses.is_locked("8000")


def test_each_lock_lasts_twice_as_long_as_the_one_before_it_to_a_day() -> None:
    scene = Scene()
    for _ in range(9):
        scene.guess()
        scene.now += scene.locks[-1][1]
    assert [seconds / 60 for _, seconds in scene.locks] == [15, 30, 60, 120, 240, 480, 960, 1440, 1440]
    scene.now += LONGEST_S
    scene.guess()
    assert scene.locks[-1] == ("8000", LOCKED_S)


def test_mistakes_are_forgotten_in_time_and_by_the_right_one() -> None:
    scene = Scene()
    scene.guess(2)
    scene.guesses.note_right("8000")
    scene.guess(2)
    scene.now += WINDOW_S + 1
    scene.guess(2)
    assert scene.locks == []
