"""What an extension may be, and what of its password is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from peewee import SqliteDatabase

from app.db.kind import SaveContext
from app.db.migrations import MIGRATIONS
from app.db.sqlite import raw
from app.db.tables.extension import KIND, is_weak

CONTEXT = SaveContext("openmss")
KNOWN = {"number": "100", "description": "", "multi_device": False, "max_devices": 3, "enabled": True}


@pytest.fixture
def db() -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(":memory:", pragmas={"foreign_keys": 1})
    for migration in MIGRATIONS:
        migration.up(database)
    yield database
    database.close()


def errors_of(number: str, new: bool = True, **values: object) -> list[tuple[str, str | None]]:
    errors, _ = KIND.check(number, values, None if new else {**KNOWN, "number": number})
    return [(error.code, error.field) for error in errors]


def test_an_ordinary_extension_is_accepted() -> None:
    assert errors_of("2000", password="s3cret", description="Desk") == []
    assert errors_of("1", password="x") == []
    assert errors_of("0" * 16, password="x") == []


@pytest.mark.parametrize("number", ["20a", "+49", "*1", "2 0", "1" * 17, "２０"])
def test_a_number_is_made_of_digits(number: str) -> None:
    assert [field for _, field in errors_of(number, password="x")] == ["number"]


def test_a_new_extension_needs_a_password_or_an_address() -> None:
    assert errors_of("100") == [("extension.password_missing", "password")]
    assert errors_of("100", password="") == [("extension.password_missing", "password")]
    assert errors_of("100", allowed_address="10.0.0.7") == []


def test_a_password_cannot_be_taken_away_nor_be_the_number() -> None:
    assert errors_of("100", new=False, password="") == [("extension.password_missing", "password")]
    assert errors_of("100", new=False, password=None, description="x") == []
    assert errors_of("100", password="100") == [("extension.password_is_number", "password")]


@pytest.mark.parametrize("network", ["0.0.0.0/0", "10.0.0.1, ::/0"])
def test_the_whole_world_cannot_be_authorised(network: str) -> None:
    assert errors_of("100", password="x", allowed_address=network) == [
        ("extension.address_too_wide", "allowed_address")
    ]


def test_the_number_of_devices_has_limits() -> None:
    assert errors_of("100", password="x", max_devices="0") == [("value.out_of_range", "max_devices")]
    assert errors_of("100", password="x", max_devices="11") == [("value.out_of_range", "max_devices")]


def test_devices_without_the_right_are_mentioned() -> None:
    cautions = KIND.warnings({"max_devices": 4, "multi_device": False})
    assert [(each.code, each.field) for each in cautions] == [("extension.devices_unused", "max_devices")]
    assert KIND.warnings({"max_devices": 4, "multi_device": True}) == []
    assert KIND.warnings({"max_devices": 3, "multi_device": False}) == []


@pytest.mark.parametrize(
    ("password", "weak"),
    [("s3cret", True), ("12345678", True), ("password", True), ("aaaaaaaa1", True), ("tR7-oak-93", False)],
)
def test_weak_passwords_are_told_from_strong_ones(password: str, weak: bool) -> None:
    assert is_weak(password) is weak
    assert bool(KIND.warnings({"password": password})) is weak


def test_only_hashes_reach_the_table(db: SqliteDatabase) -> None:
    _, values = KIND.check("100", {"password": "Circle of Life"}, None)
    KIND.add(db, values, CONTEXT)
    row = raw(db).execute("SELECT * FROM extension").fetchone()
    assert "Circle of Life" not in map(str, row)
    found = KIND.one(db, "100")
    assert found is not None
    assert "password" not in found
    assert not [name for name in found if name.startswith("ha1")]


def test_a_new_password_replaces_the_generated_one(db: SqliteDatabase) -> None:
    _, values = KIND.check("100", {"password": "first-pass-1"}, None)
    KIND.add(db, values, CONTEXT)
    raw(db).execute("INSERT INTO first_password (number, secret) VALUES ('100', 'x')")
    before = raw(db).execute("SELECT ha1_md5 FROM extension").fetchone()
    KIND.set(db, "100", {"number": "100", "description": "Desk"}, CONTEXT)
    assert raw(db).execute("SELECT count(*) FROM first_password").fetchone() == (1,)
    KIND.set(db, "100", {"number": "100", "password": "second-pass-2"}, CONTEXT)
    assert raw(db).execute("SELECT count(*) FROM first_password").fetchone() == (0,)
    assert raw(db).execute("SELECT ha1_md5 FROM extension").fetchone() != before


def test_an_extension_without_a_password_has_empty_hashes(db: SqliteDatabase) -> None:
    _, values = KIND.check("100", {"allowed_address": "10.0.0.7"}, None)
    KIND.add(db, values, CONTEXT)
    assert raw(db).execute("SELECT ha1_md5, ha1_sha256 FROM extension").fetchone() == ("", "")


def test_an_emergency_number_is_to_be_thought_about() -> None:
    _, values = KIND.check("120", {"password": "tR7-oak-93"}, None)
    assert [caution.code for caution in KIND.warnings(values)] == ["extension.emergency_number"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"call_levels": "0"}, "call_levels"),
        ({"max_calls": "-1"}, "max_calls"),
        ({"own_number": "me"}, "own_number"),
    ],
)
def test_rights_to_call_out_are_checked(values: dict[str, str], field: str) -> None:
    errors, _ = KIND.check("500", {"password": "tR7-oak-93", **values}, None)
    assert [error.field for error in errors] == [field]
