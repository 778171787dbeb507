"""I02, I05, I06, I09, I10: which side refused, and with what it could live."""

from __future__ import annotations

from app.diagnosis import Case, diagnose
from tests.support.cases import findings_of, named


def test_an_incoming_call_with_no_common_codec() -> None:
    content = named("I05-no-codec")
    for each in content["messages"][4:]:
        each["dir"] = {"in": "out", "out": "in"}[each["dir"]]
    content["config"]["codecs"] = "PCMA"
    finding = diagnose(Case.from_json(content))[0]
    assert (finding.cause, finding.value) == ("no_common_codec", "G729")


def test_a_488_despite_a_common_codec_is_not_about_codecs() -> None:
    content = named("I05-no-codec")
    content["messages"][5]["text"] = content["messages"][5]["text"].replace("PCMA/8000", "G729/8000")
    assert diagnose(Case.from_json(content)) == ()


def test_a_did_that_differs_in_writing_only_is_the_account() -> None:
    content = named("I10-to")
    for each in content["messages"]:
        each["text"] = each["text"].replace("e12345p0", "493055512")
    content["config"]["user"] = "493055512"
    assert diagnose(Case.from_json(content)) == ()


def test_a_network_that_is_silent_to_one_call_only() -> None:
    content = named("I09-network")
    content["messages"] = content["messages"][:5]
    assert diagnose(Case.from_json(content)) == ()  # one INVITE, and the trace ends


def test_the_login_of_calls_is_compared_with_that_of_registrations() -> None:
    assert findings_of("I02-domain-form")[0].details["good"] == "+8612345678@gd.ctcims.cn"
