"""Reading and writing cases: tolerant of what is missing, clear about nonsense, silent about secrets."""

from __future__ import annotations

import json

import pytest

from app.diagnosis.case import Case, CaseError


def test_everything_may_be_missing() -> None:
    case = Case.from_json({"unknown": 1})
    assert (dict(case.config), dict(case.dns), case.messages, case.socket_errors, case.rtp) == (
        {},
        {},
        (),
        (),
        (),
    )


def test_null_is_as_good_as_missing() -> None:
    given = {"config": None, "dns": None, "messages": None, "socket_errors": None, "rtp": None}
    assert Case.from_json(given) == Case.from_json({})


def test_a_case_survives_being_written_and_read() -> None:
    given = {
        "config": {"user": "100", "password": "secret"},
        "dns": {"Example.NET.": ["192.0.2.1"], "b": "nxdomain"},
        "messages": [{"t": 1.5, "dir": "out", "peer": "192.0.2.1:5060/udp", "text": "OPTIONS\n", "more": 1}],
        "socket_errors": [{"t": 2, "peer": "192.0.2.1:5060/tcp", "error": "refused"}],
        "rtp": [{"local": "10.0.0.1:4000", "sent": 3}],
    }
    case = Case.from_json(given)
    assert case.dns["example.net"] == ("192.0.2.1",)
    again = Case.from_json(json.loads(json.dumps(case.to_json())))
    assert again.to_json() == case.to_json()
    assert again.messages == case.messages


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ([], "a case"),
        ("text", "a case"),
        ({"config": []}, "config"),
        ({"dns": "nxdomain"}, "dns"),
        ({"messages": {}}, "messages"),
        ({"messages": ["REGISTER"]}, "message 0"),
        ({"messages": [{"dir": "sideways", "text": ""}]}, "sideways"),
        ({"messages": [{"dir": "in", "text": 5}]}, "text"),
        ({"messages": [{"dir": "in", "text": "", "t": "noon"}]}, "“t” of entry 0"),
        ({"messages": [{"dir": "in", "text": "", "t": float("nan")}]}, "nan"),
        ({"messages": [{}] * 20_001}, "20000"),
        ({"rtp": "none"}, "rtp"),
        ({"rtp": [1]}, "leg"),
    ],
)
def test_nonsense_is_named(given: object, part: str) -> None:
    with pytest.raises(CaseError, match=part):
        Case.from_json(given)


@pytest.mark.parametrize(
    ("rtp", "names"),
    [
        ([{"sent": 1}, {"sent": 2}], [None, None]),
        ({"phone": {"sent": 1}, "carrier": {"sent": 2}}, ["phone", "carrier"]),
        ({"sent": 1}, [None]),
        ({}, []),
    ],
)
def test_legs_come_as_a_list_by_name_or_alone(rtp: object, names: list[str | None]) -> None:
    assert [leg.get("leg") for leg in Case.from_json({"rtp": rtp}).rtp] == names


def test_a_masked_case_has_no_password_and_still_says_that_there_is_one() -> None:
    given = {
        "config": {"password": "hunter2", "user": "4930123456"},
        "messages": [{"dir": "in", "text": "abc"}],
    }
    case = Case.from_json(given).masked(str.upper, lambda text: text[:2] + "x")
    assert dict(case.config) == {"password": "***", "user": "49x"}
    assert case.messages[0].text == "ABC"
    assert Case.from_json({"config": {"password": ""}}).masked(str).config["password"] == ""
