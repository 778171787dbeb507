"""R07 to R15: variants of the cases that must tip the judgement."""

from __future__ import annotations

import pytest

from app.diagnosis import Case, diagnose
from tests.support.cases import answer, findings_of, made, named, register


def test_a_configuration_without_a_word_about_the_password_has_none() -> None:
    content = named("R07-no-password")
    del content["config"]["password"]
    assert [each.cause for each in diagnose(Case.from_json(content))] == ["password_missing"]
    content["config"] = {}
    assert diagnose(Case.from_json(content)) == ()  # nothing is known of the line at all


def test_an_ims_name_with_its_domain_leaves_the_password() -> None:
    findings = findings_of("R09-ims", auth_user_with_domain=True)
    assert [(each.cause, each.field) for each in findings] == [("password_refused", "password")]


def test_a_separate_authentication_name_is_not_doubted_twice() -> None:
    assert [each.cause for each in findings_of("R09-same-nonce", auth_id="4930111222")] == [
        "password_refused"
    ]


@pytest.mark.parametrize(
    ("reason", "cause", "field"),
    [
        ("Forbidden", "from_not_known", "from_user"),
        ("User not provisioned", "from_not_known", "from_user"),
        ("Domain not served here", "from_not_known", "from_domain"),
        ("Source address not allowed", "source_not_allowed", None),
        ("Too many registration attempts, blocked", "account_blocked", None),
        ("Account disabled", "account_blocked", None),
    ],
)
def test_reasons_of_a_403_without_challenge(reason: str, cause: str, field: str | None) -> None:
    finding = diagnose(made(register(), answer(f"403 {reason}"), user="100", domain="example.net"))[0]
    assert (finding.cause, finding.field) == (cause, field)


@pytest.mark.parametrize(
    ("reason", "first"),
    [
        ("Forbidden", "auth_user_form"),
        ("Forbidden (Bad auth)", "auth_user_form"),
        ("", "auth_user_form"),
        ("Wrong password", "password_refused"),
        ("Invalid credentials", "password_refused"),
        ("Authentication user name unknown", "auth_user_form"),
        ("Account locked", "account_blocked"),
    ],
)
def test_reasons_of_a_403_after_the_login(reason: str, first: str) -> None:
    content = named("R14-ctcims")
    content["messages"][-1]["text"] = content["messages"][-1]["text"].replace(
        "403 Forbidden", f"403 {reason}"
    )
    assert diagnose(Case.from_json(content))[0].cause == first


def test_a_403_to_a_later_registration_counts() -> None:
    content = named("R08-stale-true")
    content["messages"][-1]["text"] = content["messages"][-1]["text"].replace("200 OK", "403 Forbidden")
    assert diagnose(Case.from_json(content))[0].id == "R14"


def test_a_login_that_is_being_made_is_not_refused_yet() -> None:
    """The nonce is new, and the next REGISTER is on its way."""
    content = named("R08-two-heads")
    del content["messages"][-1]
    assert diagnose(Case.from_json(content)) == ()
