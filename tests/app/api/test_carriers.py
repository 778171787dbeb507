"""The door to the carrier templates, and the page made of them."""

from __future__ import annotations

from datetime import date

import pytest

from app.api import carriers, records
from app.errors import UserError
from tests.support import carriers_document


def test_from_the_list_to_a_record() -> None:
    found = carriers.list_templates()
    assert len(found) >= 25
    sonetel = carriers.get_template("sonetel")
    assert sonetel in found
    assert [question.key for question in carriers.questions(sonetel)] == ["email", "password"]
    applied = carriers.apply(sonetel, {"email": "abc@gmail.com", "password": "x"}, date(2026, 11, 23))
    assert applied.kind == "line"
    assert records.validate("line", {**applied.values, "name": "sonetel-1"}) == ()
    assert not [each for each in applied.notices if each.topic is carriers.Topic.STALE]
    late = carriers.apply(sonetel, {"email": "abc@gmail.com", "password": "x"}, date(2028, 1, 1))
    assert [each for each in late.notices if each.topic is carriers.Topic.STALE]


def test_today_is_the_day_unless_another_is_given() -> None:
    applied = carriers.apply(carriers.get_template("anveo-direct"), {})
    assert applied.kind == "trunk"
    assert applied.values["address"] == "sbc.anveo.com"


def test_questions_follow_the_way() -> None:
    twilio = carriers.get_template("twilio")
    assert [each.key for each in carriers.questions(twilio)] == ["way", "name"]
    assert "user" in [each.key for each in carriers.questions(twilio, "call")]
    with pytest.raises(UserError, match="does not offer"):
        carriers.questions(twilio, "registration")


def test_an_edited_record_is_looked_at_again() -> None:
    values = {"user": "abc", "domain": "gmail.com", "proxy": ""}
    (error,) = carriers.violations("sonetel", "line", values)
    assert error.field == "proxy"
    assert carriers.violations("sonetel", "line", {**values, "proxy": "sip.sonetel.com"}) == ()


def test_the_page_is_made_of_the_templates() -> None:
    on_disk = carriers_document.DOCUMENT.read_text(encoding="utf-8")
    assert on_disk == carriers_document.text(), "run python -m tests.support.carriers_document"
