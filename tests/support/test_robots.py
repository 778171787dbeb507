"""The same seed makes the same calls, and many seeds make many kinds of them."""

from __future__ import annotations

from collections import Counter

from tests.support.exercised import Exercised
from tests.support.robots import run_calls, sdp
from tests.support.wire import Weather


def stories(seed: int) -> list[list[str]]:
    run = run_calls(seed, Weather(loss=0.1, seed=seed))
    return [story for robot in (run.caller, run.callee) for story in robot.told.values()]


def test_a_run_can_be_repeated() -> None:
    assert stories(5) == stories(5)


def test_runs_are_of_many_kinds() -> None:
    told = Counter(name for seed in range(100) for story in stories(seed) for name in story)
    for name in (
        "Accepted",
        "Rejected",
        "Cancelled",
        "Confirmed",
        "OfferReceived",
        "AnswerReceived",
        "Progressed",
    ):
        assert told[name] > 10, name
    assert told["Ended"] == 200


def test_a_description_tells_its_maker() -> None:
    assert b"o=alice 1 3 " in sdp("alice", 3)


def test_an_exercised_table_knows_what_was_missed() -> None:
    table = Exercised({("A", "x"): 1, ("A", "y"): 2})
    assert table.get(("A", "x")) == 1
    assert table.get(("B", "x"), "none") == "none"
    assert table.missed == ["A y"]
