"""What a password is good for at the door of a room."""

from __future__ import annotations

import pytest

from app.services.conference_room import Admission, ConferenceRoom

OPEN = ConferenceRoom(number="8000")
CLOSED = ConferenceRoom(number="8000", password="1234", moderator_password="9876")
LED = ConferenceRoom(number="8000", moderator_password="9876")
UNREADABLE = ConferenceRoom(number="8000", password_problem="The key is gone.")


@pytest.mark.parametrize(
    ("room", "password", "admission"),
    [
        (OPEN, "", Admission.PARTY),
        (OPEN, "whatever", Admission.PARTY),
        (CLOSED, "", Admission.WRONG),
        (CLOSED, "123", Admission.WRONG),
        (CLOSED, "1234", Admission.PARTY),
        (CLOSED, "9876", Admission.MODERATOR),
        (LED, "", Admission.PARTY),
        (LED, "9876", Admission.MODERATOR),
        (UNREADABLE, "", Admission.WRONG),
    ],
)
def test_admission(room: ConferenceRoom, password: str, admission: Admission) -> None:
    assert room.admission(password) is admission


def test_who_is_asked() -> None:
    assert [room.asks_password for room in (OPEN, CLOSED, LED, UNREADABLE)] == [False, True, False, True]


def test_passwords_are_not_in_its_text() -> None:
    assert "1234" not in repr(CLOSED)
    assert "9876" not in repr(CLOSED)
