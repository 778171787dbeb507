"""R16 to R21: how the complaint is worded, and what was set already."""

from __future__ import annotations

import pytest

from app.diagnosis import Case, diagnose
from tests.support.cases import answer, findings_of, made, named, register


@pytest.mark.parametrize(
    ("status", "header"),
    [
        ("400 Bad Request", "P-Registrar-Error: Invalid CSeq number"),
        ("400 Invalid CSeq", "Server: x"),
        ("500 Server Internal Error", 'Warning: 399 host "CSeq out of order"'),
        ("400 Bad Request", "X-Error-Reason: cseq number not expected"),
        ("403 Forbidden", "P-Registrar-Error: Invalid CSeq number"),
    ],
)
def test_cseq_is_complained_of_in_many_places(status: str, header: str) -> None:
    content = named("R17-cseq")
    text = content["messages"][-1]["text"].replace("400 Bad Request", status)
    content["messages"][-1]["text"] = text.replace("P-Registrar-Error: Invalid CSeq number", header)
    findings = diagnose(Case.from_json(content))
    assert ("cseq_call_id", "register_call_id", "new") in [(f.cause, f.field, f.value) for f in findings]


def test_a_body_may_say_it_too() -> None:
    way, text = answer("400 Bad Request", 2)
    case = made(register(), answer("401 U"), register(2), (way, text + "Invalid CSeq number"), user="100")
    assert diagnose(case)[0].cause == "cseq_call_id"


def test_min_expires_that_is_adopted_at_the_moment_is_no_fault() -> None:
    content = named("R16-not-adopted-once")
    content["messages"] = content["messages"][:3]
    assert diagnose(Case.from_json(content)) == ()


def test_a_423_without_min_expires_still_gives_advice() -> None:
    case = made(register(), answer("423 Interval Too Brief"), user="100")
    assert [(f.cause, f.value) for f in diagnose(case)] == [("expires_too_short", 3600)]


def test_user_phone_is_not_blamed_for_a_complaint_about_something_else() -> None:
    content = named("R18-400")
    content["messages"][5]["text"] = content["messages"][5]["text"].replace(
        "Bad Request", "Missing Contact header"
    )
    assert [(f.cause, f.field) for f in diagnose(Case.from_json(content))] == [("call_refused", None)]


@pytest.mark.parametrize(
    ("status", "is_trouble"), [(500, True), (502, True), (503, True), (504, True), (599, False)]
)
def test_trouble_of_the_carrier(status: int, is_trouble: bool) -> None:
    findings = diagnose(made(register(), answer(f"{status} No"), user="100"))
    assert ([f.cause for f in findings] == ["carrier_trouble"]) is is_trouble
    assert all(finding.field is None for finding in findings)


def test_the_proxy_is_to_be_changed_where_there_is_one() -> None:
    assert findings_of("X04-moved", proxy="old.example.net")[0].field == "proxy"
    assert findings_of("X05-loop", proxy="old.example.net")[0].field == "proxy"
