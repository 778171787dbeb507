"""Schema 10 has the table of ring groups as the model reads it."""

from __future__ import annotations

from peewee import SqliteDatabase

from app.db.migrations import MIGRATIONS
from app.db.sqlite import raw
from app.db.tables.ring_group import KIND, RingGroupRow


def test_the_table_has_the_columns_the_model_reads() -> None:
    db = SqliteDatabase(":memory:")
    for migration in MIGRATIONS[:10]:
        migration.up(db)
    found = {row[1] for row in raw(db).execute("PRAGMA table_info(ring_group)")}
    assert found == set(RingGroupRow._meta.columns)
    assert KIND.all(db) == []
    db.close()
