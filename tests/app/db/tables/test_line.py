"""External lines: what they may be, and what of the password is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from peewee import SqliteDatabase

from app.db.kind import SaveContext
from app.db.migrations import MIGRATIONS
from app.db.sqlite import raw
from app.db.tables.line import KIND, SPEC
from app.fields import FieldKind

CONTEXT = SaveContext("openmss", lambda text: f"<{text[::-1]}>")
GIVEN = {"user": "abc", "domain": "gmail.com"}


@pytest.fixture
def db() -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(":memory:")
    for migration in MIGRATIONS:
        migration.up(database)
    yield database
    database.close()


def problems(**values: Any) -> list[tuple[str, str | None]]:
    errors, _ = KIND.check("sonetel", {**GIVEN, **values}, None)
    return [(error.code, error.field) for error in errors]


def cautions(**values: Any) -> list[str]:
    errors, checked = KIND.check("sonetel", {**GIVEN, **values}, None)
    assert not errors
    return [caution.code for caution in KIND.warnings(checked)]


def test_s3_the_sonetel_line_of_the_notes_is_accepted() -> None:
    assert problems(password="secret", proxy="sip.sonetel.com") == []


def test_s4_the_ims_line_of_the_notes_is_accepted() -> None:
    values = {"user": "+8612345678", "domain": "gd.ctcims.cn", "auth_user_with_domain": "yes"}
    assert problems(**values, password="x", proxy="10.32.7.1:5080") == []


def test_the_password_is_encrypted_and_readable_again_only_when_asked(db: SqliteDatabase) -> None:
    _, checked = KIND.check("sonetel", {**GIVEN, "password": "geheim"}, None)
    KIND.add(db, checked, CONTEXT)
    assert raw(db).execute("SELECT password FROM line").fetchone() == ("<mieheg>",)
    known = KIND.one(db, "sonetel")
    assert known is not None
    assert "password" not in known
    assert KIND.readable_secrets(db, lambda token: token[-2:0:-1]) == {"sonetel": {"password": "geheim"}}
    errors, changed = KIND.check("sonetel", {"shared": "no", "password": None}, known)
    assert not errors
    KIND.set(db, "sonetel", changed, CONTEXT)
    assert raw(db).execute("SELECT password, shared FROM line").fetchone() == ("<mieheg>", 0)


def test_a_line_without_a_password_has_none(db: SqliteDatabase) -> None:
    _, checked = KIND.check("sonetel", GIVEN, None)
    KIND.add(db, checked, CONTEXT)
    assert raw(db).execute("SELECT password FROM line").fetchone() == ("",)
    assert KIND.readable_secrets(db, lambda _: "never asked") == {"sonetel": {"password": ""}}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"user": ""}, "user"),
        ({"domain": ""}, "domain"),
        ({"domain": "sip.example.com:5070"}, "domain"),
        ({"proxy": "host:99999"}, "proxy"),
        ({"user": "a b"}, "user"),
        ({"incoming_to": "planet:mars"}, "incoming_to"),
        ({"no_answer_s": "-1"}, "no_answer_s"),
        ({"transport": "carrier pigeon"}, "transport"),
        ({"bind_address": "eth1"}, "bind_address"),
        ({"match_addresses": "sbc.example.com"}, "match_addresses"),
        ({"match_addresses": "203.0.113.0/28, ::/0"}, "match_addresses"),
        ({"outgoing_group": "a b"}, "outgoing_group"),
        ({"auth_user_with_domain": "yes", "user": "a@b.example"}, "user"),
        ({"auth_user_with_domain": "yes", "auth_id": "a@b.example"}, "auth_id"),
        ({"register_call_id": "sometimes"}, "register_call_id"),
        ({"port": "0"}, "port"),
    ],
)
def test_what_is_refused_names_its_field(values: dict[str, str], field: str) -> None:
    assert [name for _, name in problems(**values)] == [field]


def test_what_to_think_about_again() -> None:
    assert cautions(password="x") == []
    assert cautions() == ["line.no_password"]
    assert cautions(register="no") == []
    assert cautions(password="x", proxy="p.example", port="5070") == ["line.port_unused"]
    assert cautions(password="x", max_calls="0") == ["line.no_calls"]


def test_zero_and_empty_are_different_limits() -> None:
    _, unlimited = KIND.check("a", {**GIVEN, "max_calls": ""}, None)
    _, none = KIND.check("a", {**GIVEN, "max_calls": "0"}, None)
    assert (unlimited["max_calls"], none["max_calls"]) == (None, 0)
    _, plain = KIND.check("a", GIVEN, None)
    assert (plain["no_answer_s"], plain["shared"], plain["user_phone"]) == (0, True, True)


def test_every_field_is_explained() -> None:
    for field in SPEC.fields:
        assert field.help.endswith("."), field.name
        if field.kind in (FieldKind.TEXT, FieldKind.ADDRESSES, FieldKind.DIGITS):
            assert field.example, field.name
    groups = list(dict.fromkeys(field.group for field in SPEC.fields))
    assert groups == ["Basic", "Incoming call", "Outgoing call", "Network", "Media", "Recording"]
