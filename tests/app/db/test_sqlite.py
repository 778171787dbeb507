"""Plain SQL inside peewee's transactions."""

from __future__ import annotations

import pytest
from peewee import SqliteDatabase

from app.db.sqlite import raw


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
