"""Plain SQL inside peewee's transactions."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from peewee import SqliteDatabase

from app.db.sqlite import columns_of, raw


@dataclass
class Row:
    name: str
    number: int


def test_what_is_not_utf8_becomes_question_marks() -> None:
    assert columns_of(Row("Bü\udcfcro", 7), ("number", "name")) == [7, "Bü?ro"]
    assert columns_of(Row("desk", 7), ("name",)) == ["desk"]


def test_plain_sql_takes_part_in_peewees_transaction() -> None:
    db = SqliteDatabase(":memory:")
    raw(db).execute("CREATE TABLE t (x)")

    def fail() -> None:
        with db.atomic():
            raw(db).execute("INSERT INTO t VALUES (1)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert raw(db).execute("SELECT count(*) FROM t").fetchone() == (0,)
    db.close()
