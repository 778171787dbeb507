"""The auth-form finder's plan: documented forms only, none twice, spaced, never on after a 403."""

from __future__ import annotations

import pytest

from app.diagnosis import Case
from app.diagnosis.forms import MOST_FORMS, SPACING_S, candidates, is_worth_going_on, names_tried
from tests.support.cases import named

TELECOM = {"user": "+8612345678", "domain": "gd.ctcims.cn", "auth_user_with_domain": False}


def test_an_ims_number_is_tried_with_its_domain_first() -> None:
    forms = candidates(TELECOM)
    assert [each.username for each in forms] == [
        "+8612345678@gd.ctcims.cn",
        "8612345678@gd.ctcims.cn",
        "8612345678",
    ]
    assert forms[0].fields == {"auth_id": "", "auth_user_with_domain": True}
    assert forms[1].fields == {"auth_id": "8612345678", "auth_user_with_domain": True}


def test_the_name_configured_now_is_not_repeated() -> None:
    names = [each.username for each in candidates({**TELECOM, "auth_user_with_domain": "yes"})]
    assert "+8612345678@gd.ctcims.cn" not in names
    assert "+8612345678" in names


def test_what_the_template_documents_comes_first_and_what_was_tried_not_at_all() -> None:
    forms = candidates(TELECOM, ["number", "e-mail"], tried=["+8612345678@GD.ctcims.cn"])
    assert [each.key for each in forms] == ["number", "number@domain"]


def test_an_account_that_is_a_name() -> None:
    forms = candidates({"user": "e12345p0", "domain": "sipgate.de", "email": "me@example.net"})
    assert [each.username for each in forms] == ["e12345p0@sipgate.de", "me@example.net"]
    assert forms[1].fields == {"auth_id": "me@example.net", "auth_user_with_domain": False}


def test_tries_are_spaced_and_few() -> None:
    many = candidates({"user": "12345678", "domain": "d.example", "email": "a@b"}, ["account", "nonsense"])
    assert len(many) <= MOST_FORMS
    assert [each.wait_s for each in many] == [0.0] + [SPACING_S] * (len(many) - 1)


def test_without_an_account_there_is_nothing_to_try() -> None:
    assert candidates({}) == ()


@pytest.mark.parametrize(
    ("statuses", "goes_on"),
    [([], True), ([401], True), ([401, 407], True), ([403], False), ([401, 200], False)],
)
def test_when_to_stop(statuses: list[int], goes_on: bool) -> None:
    assert is_worth_going_on(statuses) is goes_on


def test_names_that_a_trace_shows_as_refused() -> None:
    assert names_tried(Case.from_json(named("R14-ctcims"))) == ("+8612345678",)
    assert names_tried(Case.from_json(named("R09-same-nonce"))) == ("4930111222",)
    assert names_tried(Case.from_json(named("R08-stale-true"))) == ()
    assert names_tried(Case.from_json({})) == ()
