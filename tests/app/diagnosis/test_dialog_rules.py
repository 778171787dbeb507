"""I07, I08 and kin: how long, how often, and what came in between."""

from __future__ import annotations

import pytest

from app.diagnosis import Case, diagnose
from tests.support.cases import named


def test_a_call_that_simply_lasted_that_long_ends_with_a_refresh_in_between() -> None:
    assert diagnose(Case.from_json(named("I08-not-refreshed"))) == ()


@pytest.mark.parametrize(
    ("lasted", "is_blamed"), [(30, False), (110, False), (125, True), (180, True), (400, False)]
)
def test_the_moment_counts(lasted: float, is_blamed: bool) -> None:
    content = named("I08-expired")
    content["messages"][-1]["t"] = 12 + lasted
    assert bool(diagnose(Case.from_json(content))) is is_blamed


def test_a_bye_that_says_so_needs_no_moment() -> None:
    content = named("I08-expired")
    bye = content["messages"][-1]
    bye["t"] = 40
    bye["text"] = bye["text"].replace("\nCSeq", '\nReason: SIP;cause=408;text="Session timer expired"\nCSeq')
    assert [f.cause for f in diagnose(Case.from_json(content))] == ["session_timer_ran_out"]


def test_the_public_address_is_offered_where_it_is_known() -> None:
    content = named("I07-no-ack")
    for each in content["messages"][:4]:
        each["text"] = each["text"].replace(
            ";rport;branch=z9hG4bKreg-12", ";rport=5;received=203.0.113.7;branch=z9hG4bKreg-12"
        )
    finding = next(f for f in diagnose(Case.from_json(content)) if f.cause == "ack_not_received")
    assert finding.value in ("203.0.113.7", None)
    assert finding.field == "public_address"


def test_two_repetitions_that_end_well_are_the_weather() -> None:
    assert diagnose(Case.from_json(named("I07-not-lossy"))) == ()
