"""The templates that come with the program."""

from __future__ import annotations

import re

import pytest

from app.errors import UserError
from app.services.carrier_template import CarrierTemplate, Transport, Way
from app.services.carriers import ids, template, templates

ALL = templates()


def named(carrier: CarrierTemplate) -> str:
    return carrier.id


def test_there_are_the_carriers_that_were_promised() -> None:
    assert len(ids()) >= 25
    assert {"sonetel", "china-telecom-ims", "china-mobile-ims", "china-unicom-ims", "twilio"} <= set(ids())
    assert sorted(each.id for each in ALL) == list(ids())
    names = [each.label.en.casefold() for each in ALL]
    assert names == sorted(names)
    assert template("sonetel") is template("sonetel")


@pytest.mark.parametrize("name", ["carrot", "../carriers/sonetel", ""])
def test_an_unknown_one_is_refused(name: str) -> None:
    with pytest.raises(UserError, match="no carrier template") as raised:
        template(name)
    assert raised.value.code == "carrier.unknown"


@pytest.mark.parametrize("carrier", ALL, ids=named)
def test_a_template_is_complete_in_both_languages(carrier: CarrierTemplate) -> None:
    texts = [carrier.label, *carrier.portal_steps, *carrier.remarks]
    texts += [each.why for each in carrier.forbidden] + [each.what for each in carrier.test_numbers]
    for question in carrier.questions:
        texts += [question.label, *([question.help] if question.help else [])]
        texts += [choice.label for choice in question.choices]
    assert all(words.en.strip() and words.zh.strip() for words in texts)
    assert not [words for words in texts if re.search(r"[\u4e00-\u9fff]", words.en)]
    for words in (*carrier.portal_steps, *carrier.remarks, *(each.why for each in carrier.forbidden)):
        assert re.search(r"[\u4e00-\u9fff]", words.zh)
    assert re.fullmatch(r"|[A-Z]{2}", carrier.country)
    assert bool(carrier.calling_code) == bool(carrier.country)


@pytest.mark.parametrize("carrier", ALL, ids=named)
def test_a_template_can_be_asked_and_connected(carrier: CarrierTemplate) -> None:
    for way in carrier.auth:
        assert carrier.facts[way].transports[0] is not Transport.WSS
        asked = [each for each in carrier.questions if not each.ways or way in each.ways]
        assert any(each.key == "password" for each in asked) is (way is not Way.IP)
        assert all(each.example or each.default or each.shape == "secret" for each in asked if each.required)


@pytest.mark.parametrize("carrier", ALL, ids=named)
def test_every_source_says_what_was_read(carrier: CarrierTemplate) -> None:
    for source in carrier.sources:
        assert source.what
        assert not source.url or source.url.startswith("https://")
