"""The kind of conference rooms: passwords that can be dialled, and that do not make everybody a moderator."""

from __future__ import annotations

import pytest

from app.db.tables.conference import KIND
from app.services.conference_room import Announce

ROOM = {"number": "8000"}


def codes(**values: object) -> list[str]:
    errors, _ = KIND.check("8000", {**ROOM, **values}, None)
    return [error.code for error in errors]


def test_a_room_needs_only_a_number() -> None:
    errors, values = KIND.check("8000", ROOM, None)
    assert errors == []
    assert (values["announce"], values["music_alone"], values["max_parties"]) == ("tones", True, 0)
    field = KIND.spec.field("announce")
    assert field is not None
    assert [choice.value for choice in field.choices] == list(Announce)


@pytest.mark.parametrize("field", ["password", "moderator_password"])
@pytest.mark.parametrize("value", ["12a4", "*12", "12345678901234567", " 1"])
def test_passwords_are_digits(field: str, value: str) -> None:
    assert codes(**{field: value}) != []


@pytest.mark.parametrize("number", ["80 00", "8*", "+80", ""])
def test_numbers_that_cannot_be_dialled_behind_the_code(number: str) -> None:
    errors, _ = KIND.check(number, {"number": number}, None)
    assert errors


def test_the_moderator_has_a_password_of_its_own() -> None:
    assert codes(password="1234", moderator_password="1234") == ["conference.same_password"]
    assert codes(password="1234", moderator_password="9876") == []


def test_a_room_that_nobody_gets_into_is_mentioned() -> None:
    assert [each.code for each in KIND.warnings({"locked": True, "moderator_password": ""})] == [
        "conference.locked"
    ]
    assert KIND.warnings({"locked": True, "moderator_password": "99"}) == []
    assert KIND.warnings({"locked": False}) == []
