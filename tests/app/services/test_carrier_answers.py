"""Questions in the carrier's words, and answers that will not do."""

from __future__ import annotations

import pytest

from app.errors import UserError
from app.services.carrier_answers import checked, chosen_way, questions
from app.services.carrier_template import Way
from app.services.carriers import template


def keys(name: str, way: Way | None = None) -> list[str]:
    return [question.key for question in questions(template(name), way)]


def test_only_what_the_carrier_gives_is_asked_for() -> None:
    assert keys("sonetel") == ["email", "password"]
    assert keys("ovh") == ["server", "number", "password"]
    assert keys("anveo-direct") == []


def test_where_there_is_a_choice_of_ways_it_is_asked_first() -> None:
    assert keys("twilio") == ["way", "name"]
    assert keys("twilio", Way.CALL) == ["way", "name", "user", "password"]
    way = questions(template("twilio"))[0]
    assert [choice.value for choice in way.choices] == ["ip", "call"]
    assert way.default == "ip"
    assert chosen_way(template("twilio"), {}) is Way.IP
    assert chosen_way(template("twilio"), {"way": "call"}) is Way.CALL
    with pytest.raises(UserError, match="does not offer “registration”") as raised:
        chosen_way(template("twilio"), {"way": "registration"})
    assert raised.value.field == "way"


def test_a_private_network_asks_for_card_and_name_server() -> None:
    assert keys("china-telecom-ims") == [
        "number",
        "password",
        "domain",
        "proxy",
        "bind_address",
        "dns_server",
    ]
    assert keys("china-mobile-ims", Way.IP) == ["way", "proxy"]


def test_the_labels_are_the_carriers_words() -> None:
    labels = {question.key: question.label for question in questions(template("localphone"))}
    assert labels["sip_id"].en == labels["sip_id"].zh == "SIP ID"
    labels = {question.key: question.label for question in questions(template("telstra-sip-connect"))}
    assert labels["auth_id"].zh == "鉴权 ID"


def test_answers_are_trimmed_and_completed() -> None:
    found = checked(template("sipgate"), {"sip_id": " e12345p0 ", "password": " with space "})
    assert found == {"market": "sipgate.de", "sip_id": "e12345p0", "password": " with space "}
    found = checked(template("ovh"), {"server": "sip3.ovh.fr", "number": "+33 (0) 9-12", "password": "x"})
    assert found["number"] == "+330912"


@pytest.mark.parametrize(
    ("name", "answers", "code", "field"),
    [
        ("sonetel", {"password": "x"}, "carrier.answer_missing", "email"),
        ("sonetel", {"email": "abc", "password": "x"}, "carrier.answer_unfit", "email"),
        ("sonetel", {"email": "a@b.cd"}, "carrier.answer_missing", "password"),
        ("sonetel", {"shoe": "x"}, "carrier.answer_unknown", "shoe"),
        ("sipgate", {"market": "sipgate.fr", "sip_id": "x"}, "carrier.answer_unfit", "market"),
        ("sipgate", {"sip_id": "ann@example.com", "password": "x"}, "carrier.answer_unfit", "sip_id"),
        ("voip-ms", {"pop": "voip.ms.example.com"}, "carrier.answer_unfit", "pop"),
        ("bandwidth", {"server": "edge example"}, "carrier.answer_unfit", "server"),
        ("ovh", {"server": "sip.ovh.fr", "number": "twelve"}, "carrier.answer_unfit", "number"),
        (
            "swisscom-sbcon",
            {"domain": "a.b", "proxy": "a:b:c", "user": "1", "password": "x"},
            "carrier.answer_unfit",
            "proxy",
        ),
    ],
)
def test_an_answer_that_will_not_do_is_refused(
    name: str, answers: dict[str, str], code: str, field: str
) -> None:
    with pytest.raises(UserError) as raised:
        checked(template(name), answers)
    assert (raised.value.code, raised.value.field) == (code, field)


def test_a_secret_is_not_repeated_in_the_refusal() -> None:
    answers = {"pop": "newyork1.voip.ms", "user": "123456", "password": "hunter#2"}
    with pytest.raises(UserError) as raised:
        checked(template("voip-ms"), answers)
    assert raised.value.field == "password"
    assert "hunter" not in str(raised.value)
    assert "hunter" not in str(raised.value.details)


def test_an_answer_to_another_way_s_question_does_no_harm() -> None:
    answers = {"name": "office", "user": "left over"}
    assert checked(template("twilio"), answers) == {"way": "ip", "name": "office"}


def test_a_local_address_is_an_address() -> None:
    answers = {"number": "+8612345678", "password": "x", "domain": "gd.ctcims.cn", "proxy": "10.0.0.1"}
    assert checked(template("china-telecom-ims"), {**answers, "bind_address": "10.0.0.2"})
    with pytest.raises(UserError) as raised:
        checked(template("china-telecom-ims"), {**answers, "bind_address": "eth1"})
    assert raised.value.field == "bind_address"
