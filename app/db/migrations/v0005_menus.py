"""Schema 5: automatic attendants."""

from __future__ import annotations

from peewee import SqliteDatabase

from app.db.sqlite import raw

_STATEMENTS: tuple[str, ...] = ()


def up(db: SqliteDatabase) -> None:
    """Add what is missing."""
    for statement in _STATEMENTS:
        raw(db).execute(statement)
