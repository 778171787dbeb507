"""The schema's own small questions."""

from __future__ import annotations

import dataclasses
from datetime import date

from app.services.carrier_template import (
    CarrierTemplate,
    Facts,
    Grade,
    Source,
    Status,
    Transport,
    Way,
    Words,
)

CATALOGUE = Source(grade=Grade.CATALOGUE, what="a catalogue", read_on="2026-11")
BELIEF = Source(grade=Grade.KNOWLEDGE, what="belief", read_on="2026-11", facts=("codecs",))
TEMPLATE = CarrierTemplate(
    id="x",
    label=Words("Example", "示例"),
    country="",
    auth=(Way.REGISTRATION,),
    sources=(BELIEF, CATALOGUE),
)


def test_words_come_in_both_languages() -> None:
    assert TEMPLATE.label.in_language("zh_CN") == "示例"
    assert TEMPLATE.label.in_language("en") == TEMPLATE.label.in_language("fr") == "Example"


def test_each_fact_has_a_source() -> None:
    assert TEMPLATE.source_of("codecs") is BELIEF
    assert TEMPLATE.source_of("port") is TEMPLATE.main_source is CATALOGUE


def test_the_main_source_decides_the_status() -> None:
    found = {}
    for grade in Grade:
        source = dataclasses.replace(CATALOGUE, grade=grade)
        found[grade] = dataclasses.replace(TEMPLATE, sources=(source,)).status
    assert found == {
        "O": Status.CHECKED,
        "V": Status.COMMUNITY,
        "C": Status.COMMUNITY,
        "K": Status.UNVERIFIED,
    }


def test_age_is_counted_in_months() -> None:
    assert CATALOGUE.age_months(date(2026, 11, 30)) == 0
    assert CATALOGUE.age_months(date(2028, 1, 1)) == 14


def test_only_what_says_something_is_given() -> None:
    assert Facts().given() == ()
    facts = Facts(server="sip.example.com", transports=(Transport.UDP,), session_timer=False)
    assert facts.given() == ("server", "transports", "session_timer")
