"""What a mailbox may be set to, and what is kept of its PIN."""

from __future__ import annotations

import pytest

from app.db.kind import SaveContext
from app.db.pin_hash import is_pin
from app.db.tables.extension import KIND
from app.db.tables.extension_voice_mail import is_easy

KNOWN = {"number": "100", "enabled": True}


def errors_of(known: bool = False, **values: object) -> list[tuple[str, str | None]]:
    given = values if known else {"password": "tR7-oak-93", **values}
    errors, _ = KIND.check("100", given, dict(KNOWN) if known else None)
    return [(error.code, error.field) for error in errors]


@pytest.mark.parametrize("pin", ["123", "12a4", "12345678901", "４７１１"])
def test_a_pin_is_dialled(pin: str) -> None:
    assert [field for _, field in errors_of(voicemail_pin=pin)] == ["voicemail_pin"]


@pytest.mark.parametrize(("pin", "easy"), [("0000", True), ("1234", True), ("4321", True), ("4711", False)])
def test_pins_that_are_tried_first(pin: str, easy: bool) -> None:
    assert is_easy(pin) is easy
    assert errors_of(voicemail_pin=pin) == ([("voicemail.pin_easy", "voicemail_pin")] if easy else [])


def test_only_the_hash_of_a_pin_is_kept() -> None:
    _, values = KIND.check("100", {"password": "tR7-oak-93", "voicemail_pin": "4711"}, None)
    kept = str(KIND.columns(values, SaveContext("openmss"))["voicemail_pin"])
    assert is_pin("4711", kept)
    _, values = KIND.check("100", {"voicemail": True}, dict(KNOWN))
    assert "voicemail_pin" not in KIND.columns(values, SaveContext("openmss"))
    _, values = KIND.check("100", {"voicemail_pin": ""}, dict(KNOWN))
    assert KIND.columns(values, SaveContext("openmss"))["voicemail_pin"] == ""


@pytest.mark.parametrize("address", ["anna", "a b@example.com", "a@b.c, d@e.f", "<a@b>"])
def test_mail_goes_to_one_address(address: str) -> None:
    assert errors_of(voicemail_email=address) == [("voicemail.email", "voicemail_email")]


def test_nothing_is_deleted_that_was_not_sent() -> None:
    wrong = [("voicemail.delete_unmailed", "voicemail_delete")]
    mail = {"voicemail_email": "anna@example.com"}
    assert errors_of(voicemail_delete=True) == wrong
    assert errors_of(voicemail_delete=True, voicemail_attach=False, **mail) == wrong
    assert errors_of(voicemail_delete=True, **mail) == []


def test_who_asks_for_a_pin_must_have_one() -> None:
    assert errors_of(voicemail_ask_pin=True) == [("voicemail.pin_missing", "voicemail_pin")]
    assert errors_of(voicemail_ask_pin=True, voicemail_pin="4711") == []
    assert errors_of(known=True, voicemail_ask_pin=True) == []  # whether there is one is not known here
