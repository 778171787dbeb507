"""Schema 8: the language of prompts."""

from __future__ import annotations

from peewee import SqliteDatabase

from app.db.sqlite import raw

_STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE extension ADD COLUMN language TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE line ADD COLUMN language TEXT NOT NULL DEFAULT ''",
)


def up(db: SqliteDatabase) -> None:
    """Add the columns; empty = the system's language."""
    for statement in _STATEMENTS:
        raw(db).execute(statement)
