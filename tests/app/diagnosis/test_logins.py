"""Attempts of a login belong together, across Call-IDs; refusals are told from refreshed nonces."""

from __future__ import annotations

import pytest

from app.diagnosis.logins import Login, lifetime_asked, refusals_of
from tests.support.cases import answer, reading, register

OK = "Contact: <sip:100@198.51.100.20:5060>;expires=3600"


def challenge(nonce: str, stale: str = "") -> str:
    return f'WWW-Authenticate: Digest realm="r", nonce="{nonce}"' + (f", stale={stale}" if stale else "")


def authorization(nonce: str) -> str:
    return f'Authorization: Digest username="100", realm="r", nonce="{nonce}", uri="sip:r", response="x"'


def login(*messages: tuple[str, str]) -> Login:
    found = reading(*messages).login
    assert found is not None
    return found


def test_new_call_ids_are_one_login() -> None:
    one = login(
        register(call_id="a"),
        answer("401 U", 1, challenge("n"), call_id="a"),
        register(1, authorization("n"), call_id="b"),
        answer("200 OK", 1, OK, call_id="b"),
    )
    assert len(one.attempts) == 2
    assert one.is_registered
    assert one.recent == ()
    assert one.failure is None


def test_what_failed_before_a_success_is_history() -> None:
    one = login(
        register(),
        answer("403 No"),
        register(2),
        answer("200 OK", 2, OK),
        register(3),
        answer("503 Later", 3),
    )
    assert [each.status for each in one.recent] == [503]
    assert one.success is None
    assert not one.is_registered


def test_the_unanswered_end() -> None:
    one = login(register(), answer("200 OK", 1, OK), register(2), register(2))
    assert [len(each.copies) for each in one.silence] == [1]
    assert not one.is_registered
    assert one.success is not None


@pytest.mark.parametrize(
    ("first", "second", "stale", "refused"),
    [
        ("n1", "n1", "", True),
        ("n1", "n1", "false", True),
        ("n1", "n2", "", True),  # the nonce just given was answered
        ("n1", "n2", "true", False),
    ],
)
def test_refusals(first: str, second: str, stale: str, refused: bool) -> None:
    attempts = login(
        register(),
        answer("401 U", 1, challenge(first)),
        register(2, authorization(first)),
        answer("401 U", 2, challenge(second, stale)),
    ).attempts
    assert bool(refusals_of(attempts)) is refused


def test_an_old_nonce_is_refreshed_not_refused() -> None:
    attempts = login(register(1, authorization("old")), answer("401 U", 1, challenge("new"))).attempts
    assert refusals_of(attempts) == []


def test_the_lifetime_asked_for() -> None:
    assert lifetime_asked(login(register()).attempts[0].request) == 3600
