"""The rules that speak where all others are silent: no refusal is left without a word."""

from __future__ import annotations

import pytest

from app.diagnosis import Case, diagnose
from tests.support.cases import named


def refused_with(name: str, status: int) -> Case:
    """A case whose last answer has another status."""
    content = named(name)
    last = next(each for each in reversed(content["messages"]) if each["text"].startswith("SIP/2.0"))
    last["text"] = f"SIP/2.0 {status} Said So\n" + last["text"].partition("\n")[2]
    return Case.from_json(content)


REFUSALS = {*range(400, 424), *range(480, 495), *range(500, 506), 580, 600, 603, 699} - {401, 407, 423}


@pytest.mark.parametrize("status", sorted(REFUSALS))
def test_a_refused_registration_is_always_explained(status: int) -> None:
    assert diagnose(refused_with("X26-600", status))


@pytest.mark.parametrize("status", [404, 408, 480, 486, 600, 603])
def test_a_call_that_nobody_takes_is_no_finding(status: int) -> None:
    assert diagnose(refused_with("X27-not-declined", status)) == ()


@pytest.mark.parametrize("status", [400, 413, 414, 416, 485, 489, 493, 505, 513, 580, 699])
def test_a_call_refused_for_no_reason_is_told(status: int) -> None:
    assert diagnose(refused_with("X27-not-declined", status))
