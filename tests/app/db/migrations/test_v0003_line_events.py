"""Schema 3 fits the model of the lines' history."""

from __future__ import annotations

from peewee import SqliteDatabase

from app.db.migrations import MIGRATIONS
from app.db.sqlite import raw
from app.db.tables.line_event import LineEvent


def test_the_table_has_the_columns_the_model_reads() -> None:
    db = SqliteDatabase(":memory:")
    for migration in MIGRATIONS[:3]:
        migration.up(db)
    found = {row[1] for row in raw(db).execute("PRAGMA table_info(line_event)")}
    assert found == set(LineEvent._meta.columns)
    db.close()
