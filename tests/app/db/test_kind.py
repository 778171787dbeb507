"""A kind that is only declared works."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from peewee import IntegerField, Model, SqliteDatabase, TextField

from app.db.kind import Kind, SaveContext
from app.db.sqlite import raw
from app.fields import FieldKind, FieldSpec, KindSpec


class Room(Model):
    number = TextField(primary_key=True)
    seats = IntegerField()
    pin = TextField()


SPEC = KindSpec(
    name="room",
    label="Room",
    plural="Rooms",
    key="number",
    fields=(
        FieldSpec(name="number", label="Number", help="", kind=FieldKind.DIGITS, required=True),
        FieldSpec(name="seats", label="Seats", help="", kind=FieldKind.INTEGER, default=5, minimum=2),
        FieldSpec(name="pin", label="PIN", help="", kind=FieldKind.SECRET, default=""),
    ),
)
ROOMS = Kind(SPEC, Room)
CONTEXT = SaveContext("openmss")


@pytest.fixture
def db() -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(":memory:")
    raw(database).execute("CREATE TABLE room (number TEXT PRIMARY KEY, seats INTEGER, pin TEXT)")
    yield database
    database.close()


def add(db: SqliteDatabase, number: str, **values: object) -> None:
    errors, checked = ROOMS.check(number, values, None)
    assert not errors
    ROOMS.add(db, checked, CONTEXT)


def test_a_declared_kind_needs_no_code_of_its_own(db: SqliteDatabase) -> None:
    add(db, "10", seats="7", pin="1234")
    add(db, "9")
    add(db, "100")
    assert [room["number"] for room in ROOMS.all(db)] == ["9", "10", "100"]
    assert ROOMS.one(db, "10") == {"number": "10", "seats": 7}
    ROOMS.set(db, "10", {"number": "10", "seats": 8}, CONTEXT)
    assert ROOMS.one(db, "10") == {"number": "10", "seats": 8}
    assert ROOMS.delete(db, "10")
    assert not ROOMS.delete(db, "10")
    assert ROOMS.one(db, "10") is None


def test_a_secret_is_kept_and_never_read(db: SqliteDatabase) -> None:
    add(db, "10", pin="1234")
    errors, changed = ROOMS.check("10", {"seats": "9", "pin": None}, ROOMS.one(db, "10"))
    assert not errors
    ROOMS.set(db, "10", changed, CONTEXT)
    assert raw(db).execute("SELECT pin, seats FROM room").fetchone() == ("1234", 9)


def test_the_key_cannot_be_changed() -> None:
    errors, _ = ROOMS.check("10", {"number": "11"}, {"number": "10", "seats": 5})
    assert [(error.code, error.field) for error in errors] == [("record.key_fixed", "number")]


def test_all_errors_are_told_at_once() -> None:
    errors, _ = ROOMS.check("x", {"seats": "1", "colour": "red"}, None)
    assert [error.field for error in errors] == ["colour", "number", "seats"]


def test_setting_nothing_changes_nothing(db: SqliteDatabase) -> None:
    add(db, "10")
    ROOMS.set(db, "10", {"number": "10"}, CONTEXT)
    assert ROOMS.one(db, "10") == {"number": "10", "seats": 5}
