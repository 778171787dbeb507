"""Requests and answers find each other: by branch, by CSeq, in any order, however often."""

from __future__ import annotations

from app.diagnosis import Case
from app.diagnosis.reading import Reading
from tests.support.cases import answer, made, reading, register


def test_repetitions_are_one_exchange() -> None:
    read = reading(register(), register(), register(), answer("200 OK"), answer("200 OK"))
    (exchange,) = read.exchanges
    assert len(exchange.copies) == 2
    assert len(exchange.answers) == 2
    assert exchange.duration == 1.0
    assert exchange.status == 200


def test_another_branch_is_another_try() -> None:
    first, second = reading(
        register(branch="z9hG4bKa"), register(branch="z9hG4bKb"), answer("200 OK", branch="z9hG4bKb")
    ).exchanges
    assert first.is_silent
    assert second.status == 200


def test_an_answer_whose_branch_was_changed_goes_to_the_last_try() -> None:
    read = reading(register(branch="z9hG4bKa"), answer("200 OK", branch="z9hG4bKchanged"))
    assert read.exchanges[0].status == 200


def test_a_2xx_counts_more_than_an_earlier_refusal() -> None:
    read = reading(register(), answer("503 No"), answer("200 OK"))
    assert read.exchanges[0].status == 200
    assert [seen.index for seen in read.exchanges[0].outcome] == [0, 2]


def test_messages_are_put_in_order_of_time_and_keep_their_index() -> None:
    content = made(register(), answer("200 OK")).to_json()
    content["messages"].reverse()
    read = Reading(Case.from_json(content))
    assert [seen.index for seen in read.seen] == [1, 0]
    del content["messages"][0]["t"]
    assert [seen.index for seen in Reading(Case.from_json(content)).seen] == [0, 1]
