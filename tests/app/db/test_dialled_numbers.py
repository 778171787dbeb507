"""A number dialled inside belongs to one record, whichever kind it is of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from peewee import SqliteDatabase

from app.db.dialled_numbers import check_numbers
from app.db.kind import SaveContext
from app.db.migrations import MIGRATIONS
from app.db.references import check_references
from app.db.store import kind_of
from app.db.values import Values


@pytest.fixture
def db() -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(":memory:")
    for migration in MIGRATIONS:
        migration.up(database)
    yield database
    database.close()


def new(kind: str, key: str, **values: Any) -> Values:
    errors, checked = kind_of(kind).check(key, values, None)
    assert not errors, errors
    return checked


def add(db: SqliteDatabase, kind: str, key: str, **values: Any) -> None:
    kind_of(kind).add(db, new(kind, key, **values), SaveContext("openmss"))


def problems(db: SqliteDatabase, kind: str, *records: Values) -> list[tuple[str, str | None]]:
    return [(key, error.field) for key, error in check_numbers(db, kind_of(kind), records)]


def test_a_menu_cannot_have_an_extensions_number_nor_the_other_way_round(db: SqliteDatabase) -> None:
    add(db, "extension", "800", password="tR7-oak-93")
    add(db, "menu", "sales", number="801")
    assert problems(db, "menu", new("menu", "main", number="800")) == [("main", "number")]
    assert problems(db, "menu", new("menu", "main", number="801")) == [("main", "number")]
    assert problems(db, "menu", new("menu", "main", number="802")) == []
    assert problems(db, "extension", new("extension", "801", password="tR7-oak-93")) == [("801", "number")]
    assert problems(db, "line", new("line", "801", user="1", domain="a.example")) == []


def test_a_ring_group_has_a_number_of_its_own(db: SqliteDatabase) -> None:
    add(db, "extension", "800", password="tR7-oak-93")
    add(db, "menu", "sales", number="801")
    add(db, "ring_group", "600", members="800")
    assert problems(db, "ring_group", new("ring_group", "800", members="800")) == [("800", "number")]
    assert problems(db, "ring_group", new("ring_group", "801", members="800")) == [("801", "number")]
    assert problems(db, "ring_group", new("ring_group", "600", members="800")) == []
    assert problems(db, "menu", new("menu", "main", number="600")) == [("main", "number")]
    assert problems(db, "extension", new("extension", "600", password="tR7-oak-93")) == [("600", "number")]


def test_a_record_keeps_its_own_number(db: SqliteDatabase) -> None:
    add(db, "menu", "sales", number="801")
    assert problems(db, "menu", new("menu", "sales", number="801")) == []
    assert problems(db, "menu", new("menu", "main"), new("menu", "other")) == []


def test_records_saved_together_may_swap_numbers_but_not_share_one(db: SqliteDatabase) -> None:
    add(db, "menu", "a", number="801")
    add(db, "menu", "b", number="802")
    swapped = (new("menu", "a", number="802"), new("menu", "b", number="801"))
    assert problems(db, "menu", *swapped) == []
    shared = (new("menu", "a", number="803"), new("menu", "b", number="803"))
    assert problems(db, "menu", *shared) == [("b", "number")]


def test_saving_asks(db: SqliteDatabase) -> None:
    add(db, "extension", "800", password="tR7-oak-93")
    ((key, error),) = check_references(db, kind_of("menu"), [new("menu", "main", number="800")])
    assert (key, error.code) == ("main", "record.number_taken")
    assert error.text == "The number 800 is taken by an extension. Choose another number."
