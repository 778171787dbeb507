"""Schema 10: ring groups."""

from __future__ import annotations

from peewee import SqliteDatabase

from app.db.sqlite import raw

_TABLE = """
    CREATE TABLE ring_group (
        number TEXT PRIMARY KEY,
        description TEXT NOT NULL,
        members TEXT NOT NULL,
        strategy TEXT NOT NULL,
        ring_s INTEGER NOT NULL,
        on_no_answer TEXT NOT NULL,
        name_prefix TEXT NOT NULL,
        enabled INTEGER NOT NULL
    )
"""


def up(db: SqliteDatabase) -> None:
    """Add the table."""
    raw(db).execute(_TABLE)
