"""What is told beside the values."""

from __future__ import annotations

from datetime import date

from app.services.carrier_advice import FACT_LABELS, STALE_AFTER_MONTHS, Topic, advice, unverified_facts
from app.services.carrier_template import Facts, Way
from app.services.carriers import template, templates

TODAY = date(2026, 11, 23)


def told(name: str, topic: Topic, way: Way | None = None, today: date = TODAY) -> list[str]:
    carrier = template(name)
    found = advice(carrier, way or carrier.auth[0], {}, today)
    return [each.words.en for each in found if each.topic is topic]


def test_everyone_is_told_to_compare_with_the_order_paper() -> None:
    for carrier in templates():
        first = advice(carrier, carrier.auth[0], {}, TODAY)[0]
        assert first.topic is Topic.ORDER_PAPER


def test_a_template_grows_stale() -> None:
    assert STALE_AFTER_MONTHS == 12
    assert told("ovh", Topic.STALE, today=date(2027, 11, 30)) == []
    (sentence,) = told("ovh", Topic.STALE, today=date(2027, 12, 1))
    assert "2026-11, 13 months ago" in sentence


def test_facts_that_nobody_checked_are_named() -> None:
    assert told("sonetel", Topic.UNVERIFIED) == ["Not verified: transport, port, codecs."]
    assert told("ovh", Topic.UNVERIFIED) == []
    assert told("zadarma", Topic.UNVERIFIED) == []
    (by_address,) = told("zadarma", Topic.UNVERIFIED, Way.IP)
    assert "way of authentication" in by_address
    assert told("twilio", Topic.UNVERIFIED) == ["Not verified: TLS as transport."]
    bandwidth = template("bandwidth")
    labels = [each.en for each in unverified_facts(bandwidth, Way.IP, bandwidth.facts[Way.IP])]
    assert {"server", "transport", "codecs"} <= set(labels)


def test_every_fact_has_a_name_in_both_languages() -> None:
    assert set(FACT_LABELS) == set(Facts.__dataclass_fields__)
    assert all(words.en and words.zh for words in FACT_LABELS.values())


def test_forbidden_settings_and_steps_at_the_carrier_are_named() -> None:
    assert any("proxy must be set" in each for each in told("sonetel", Topic.FORBIDDEN))
    assert any("CLIP no screening" in each for each in told("sipgate-trunking", Topic.PORTAL))
    assert any("optical modem" in each for each in told("china-telecom-ims", Topic.REMARK))
    assert told("sonetel", Topic.TEST_NUMBER) == [
        "To try it, call sip:echo@sip.sonetel.com: you should hear yourself."
    ]


def test_what_else_is_needed_here() -> None:
    assert any("private network" in each for each in told("china-telecom-ims", Topic.SETUP))
    assert any("country code" in each and "here 1" in each for each in told("flowroute", Topic.SETUP))
    by_address = told("flowroute", Topic.SETUP, Way.IP)
    assert any("technical prefix and a star" in each for each in by_address)
    assert any("fixed public IP" in each for each in by_address)
    assert any("SRTP" in each for each in told("swisscom-sbcon", Topic.SETUP))
    assert any("in-band" in each for each in told("china-mobile-ims", Topic.SETUP))
    assert any("once only" in each for each in told("voipfone", Topic.SETUP))
    assert told("dus-net", Topic.SETUP) == []
