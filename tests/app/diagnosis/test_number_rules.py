"""R19, I01, I03, I04: whose number, in which form; misdialling is nobody's fault."""

from __future__ import annotations

import pytest

from app.diagnosis import Case, diagnose
from tests.support.cases import findings_of, named


def test_digits_of_the_same_form_are_misdialled() -> None:
    content = named("I03-plus-wanted")
    for each in content["messages"]:
        each["text"] = each["text"].replace("030555666", "+4930555666")
    assert diagnose(Case.from_json(content)) == ()


def test_short_numbers_are_services_or_misdialled() -> None:
    content = named("I03-plus-wanted")
    for each in content["messages"]:
        each["text"] = each["text"].replace("030555666", "10086")
    assert diagnose(Case.from_json(content)) == ()


def test_a_carrier_that_takes_the_form_once_takes_it_always() -> None:
    content = named("I03-not-misdialled")
    for each in content["messages"]:
        each["text"] = each["text"].replace("+4930555", "030555")
    content["config"]["number_form"] = ""
    assert diagnose(Case.from_json(content)) == ()


@pytest.mark.parametrize(
    "status", ["403 Forbidden", "404 Not Found", "484 Address Incomplete", "416 Unsupported"]
)
def test_user_phone_at_a_china_mobile_ims(status: str) -> None:
    content = named("R19-user-phone")
    content["messages"][5]["text"] = content["messages"][5]["text"].replace("404 Not Found", status)
    assert (diagnose(Case.from_json(content))[0].field) == "user_phone"


def test_user_phone_is_not_missing_where_it_was_sent() -> None:
    content = named("R19-user-phone")
    for each in content["messages"][4:]:
        each["text"] = each["text"].replace(
            "138000@ims.bj.chinamobile.com SIP", "138000@ims.bj.chinamobile.com;user=phone SIP"
        )
    assert diagnose(Case.from_json(content)) == ()


def test_the_caller_is_known_by_p_associated_uri_too() -> None:
    content = named("I01-extension-shown")
    content["messages"][3]["text"] = content["messages"][3]["text"].replace(
        "Contact:", "P-Associated-URI: <sip:101@sip.example.net>\nContact:"
    )
    assert [f.cause for f in diagnose(Case.from_json(content))] == ["call_forbidden"]


def test_the_number_form_names_what_the_carrier_uses() -> None:
    assert findings_of("I03-plus-wanted")[0].value == "+E164"
    assert findings_of("I03-plus-wanted", number_form="national")[0].value == "+E164"
