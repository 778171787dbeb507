from __future__ import annotations

import pytest

from app.calls.causes import (
    COMPLETED_ELSEWHERE,
    HUNG_UP,
    Cause,
    Outcome,
    Why,
    best_status,
    bye_reason,
    outcome_of,
    status_for_caller,
)


@pytest.mark.parametrize(
    ("statuses", "best"),
    [
        ([], 480),
        ([486], 486),
        ([480, 486], 486),  # who is busy on one device is busy
        ([408, 503], 480),  # devices that were never reached
        ([486, 603], 603),  # RFC 3261 16.7: a 6xx wins
        ([488, 500], 488),
        ([500, 408], 500),
        ([404], 480),  # a device that does not know its own number is unavailable, the number is not unknown
        ([302, 407], 480),
    ],
)
def test_the_best_answer_of_all_devices(statuses: list[int], best: int) -> None:
    assert best_status(statuses) == best


@pytest.mark.parametrize(("status", "told"), [(486, 486), (503, 480), (301, 480), (606, 606), (415, 415)])
def test_what_the_caller_is_told(status: int, told: int) -> None:
    assert status_for_caller(status) == told


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (404, Outcome.NOT_FOUND),
        (486, Outcome.BUSY),
        (600, Outcome.BUSY),
        (480, Outcome.NO_ANSWER),
        (603, Outcome.REFUSED),
        (488, Outcome.REFUSED),
        (500, Outcome.FAILED),
        (487, Outcome.CANCELLED),
    ],
)
def test_the_word_in_the_record(status: int, outcome: Outcome) -> None:
    assert outcome_of(status) is outcome


def test_the_reason_for_the_other_leg() -> None:
    assert bye_reason(HUNG_UP) == ""
    assert bye_reason(COMPLETED_ELSEWHERE) == 'SIP;cause=200;text="Call completed elsewhere"'
    assert bye_reason(Cause(Why.LOST, 408, 'No "ACK"')) == "SIP;cause=408;text=\"No 'ACK'\""
    assert bye_reason(Cause(Why.REMOTE, 200, "", "Q.850;cause=16")) == "Q.850;cause=16"
