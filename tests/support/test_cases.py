"""The makers of cases make what they say."""

from __future__ import annotations

from tests.support.cases import FOLDER, answer, findings_of, made, named, reading, register


def test_every_case_file_says_what_it_is_about_and_what_is_expected() -> None:
    paths = list(FOLDER.glob("*.json"))
    assert len(paths) > 150
    assert all({"about", "expect"} <= set(named(path.stem)) for path in paths)


def test_a_made_register_and_its_answer_belong_together() -> None:
    login = reading(register(), answer("403 Forbidden")).login
    assert login is not None
    assert login.failure is not None
    assert made(register()).messages[0].is_out


def test_the_configuration_of_a_file_can_be_changed() -> None:
    assert findings_of("R07-no-password")[0].cause == "password_missing"
    assert findings_of("R07-no-password", password="x") == ()
