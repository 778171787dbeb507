"""Records name only records there are, and one that is named stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from peewee import SqliteDatabase

from app.db.kind import SaveContext
from app.db.migrations import MIGRATIONS
from app.db.references import check_references, refuse_named
from app.db.store import KINDS, kind_of
from app.db.values import Values
from app.errors import UserError

CONTEXT = SaveContext("openmss", lambda text: text[::-1])


@pytest.fixture
def db() -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(":memory:")
    for migration in MIGRATIONS:
        migration.up(database)
    yield database
    database.close()


def add(db: SqliteDatabase, kind: str, key: str, **values: Any) -> Values:
    errors, checked = kind_of(kind).check(key, values, None)
    assert not errors, errors
    kind_of(kind).add(db, checked, CONTEXT)
    return checked


def new(kind: str, key: str, **values: Any) -> Values:
    errors, checked = kind_of(kind).check(key, values, None)
    assert not errors, errors
    return checked


def test_what_is_named_must_be_there(db: SqliteDatabase) -> None:
    rule = new("called_rule", "1", route_kind="line", route_target="telecom", transition="t")
    found = check_references(db, kind_of("called_rule"), [rule])
    assert [(key, error.field) for key, error in found] == [("1", "transition"), ("1", "route_target")]
    assert "there is no external line “telecom”" in found[1][1].text
    add(db, "line", "telecom", user="1", domain="a.example")
    add(db, "transition", "t", length="1")
    assert check_references(db, kind_of("called_rule"), [rule]) == []


def test_records_saved_together_may_name_each_other(db: SqliteDatabase) -> None:
    first = new("trunk", "a", address="192.0.2.1", next_trunk="b")
    second = new("trunk", "b", address="192.0.2.2")
    assert check_references(db, kind_of("trunk"), [first, second]) == []
    assert [key for key, _ in check_references(db, kind_of("trunk"), [first])] == ["a"]


def test_destinations_name_records(db: SqliteDatabase) -> None:
    line = new("line", "x", user="1", domain="a.example", incoming_to="extension:500")
    assert [error.field for _, error in check_references(db, kind_of("line"), [line])] == ["incoming_to"]
    add(db, "extension", "500", password="tR7-oak-93")
    assert check_references(db, kind_of("line"), [line]) == []


def test_a_number_dialled_inside_means_the_extension_while_there_is_one(db: SqliteDatabase) -> None:
    line = new("line", "x", user="1", domain="a.example", incoming_to="500")
    assert check_references(db, kind_of("line"), [line]) == []
    add(db, "extension", "500", password="tR7-oak-93")
    add(db, "line", "x", user="1", domain="a.example", incoming_to="500")
    with pytest.raises(UserError, match="in use by external line x"):
        refuse_named(db, "extension", "500")
    refuse_named(db, "extension", "50")
    add(db, "called_rule", "1", called_prefix="7", route_kind="service", route_target="501")
    with pytest.raises(UserError, match="called number rule 1"):
        refuse_named(db, "extension", "501")


def test_members_of_a_ring_group_stay_and_so_does_the_group_that_calls_go_to(db: SqliteDatabase) -> None:
    group = new("ring_group", "600", members="500, 501")
    found = check_references(db, kind_of("ring_group"), [group])
    assert [error.details["named"] for _, error in found] == ["500", "501"]
    for number in ("500", "501"):
        add(db, "extension", number, password="tR7-oak-93")
    add(db, "ring_group", "600", members="500, 501")
    with pytest.raises(UserError, match="in use by ring group 600"):
        refuse_named(db, "extension", "501")
    refuse_named(db, "ring_group", "600")
    add(db, "line", "x", user="1", domain="a.example", incoming_to="group:600")
    with pytest.raises(UserError, match="in use by external line x"):
        refuse_named(db, "ring_group", "600")


def test_a_number_dialled_inside_means_a_ring_group_too(db: SqliteDatabase) -> None:
    add(db, "extension", "500", password="tR7-oak-93")
    add(db, "ring_group", "600", members="500")
    add(db, "line", "x", user="1", domain="a.example", incoming_to="600")
    refuse_named(db, "ring_group", "60")
    with pytest.raises(UserError, match="in use by external line x"):
        refuse_named(db, "ring_group", "600")
    refuse_named(db, "line", "600")


def test_the_default_route_names_a_record(db: SqliteDatabase) -> None:
    setting = kind_of("setting")
    route: Values = {"key": "default_route", "value": "trunk:gone"}
    assert [error.field for _, error in check_references(db, setting, [route])] == ["value"]
    assert check_references(db, setting, [{"key": "default_route", "value": "line_group:g"}]) == []


def test_who_is_named_is_not_deleted_and_the_refusal_says_by_whom(db: SqliteDatabase) -> None:
    add(db, "line", "telecom", user="1", domain="a.example")
    add(db, "extension", "500", password="tR7-oak-93", own_line="telecom")
    for key in ("1", "2", "3", "4"):
        add(db, "called_rule", key, route_kind="line", route_target="telecom")
    with pytest.raises(UserError) as refusal:
        refuse_named(db, "line", "telecom")
    assert refusal.value.code == "record.in_use"
    assert refusal.value.text == (
        "External line telecom is in use by extension 500, called number rule 1, called number rule 2 "
        "and 2 more. Change or delete that first."
    )
    refuse_named(db, "line", "another")


def test_a_trunk_named_by_a_refine_rule_and_by_a_setting_stays(db: SqliteDatabase) -> None:
    add(db, "trunk", "a", address="192.0.2.1")
    add(db, "transition", "t", length="1")
    refuse_named(db, "trunk", "a")
    add(db, "refine_rule", "1", outgoing_group="trunk:a", transition="t")
    with pytest.raises(UserError, match="refine rule 1"):
        refuse_named(db, "trunk", "a")
    kind_of("setting").add(db, {"key": "default_route", "value": "trunk:a"}, CONTEXT)
    with pytest.raises(UserError, match="setting default_route"):
        refuse_named(db, "trunk", "a")


def test_every_declared_reference_is_to_a_kind_there_is() -> None:
    for kind in KINDS.values():
        assert kind.refers_to <= set(KINDS), kind.spec.name
