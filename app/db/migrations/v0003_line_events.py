"""Schema 3: what became of the external lines, change by change."""

from __future__ import annotations

from peewee import SqliteDatabase

from app.db.sqlite import raw

_STATEMENTS = (
    """
    CREATE TABLE line_event (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        line TEXT NOT NULL,
        at REAL NOT NULL,
        state TEXT NOT NULL,
        code INTEGER NOT NULL,
        reason TEXT NOT NULL,
        server TEXT NOT NULL,
        call_id TEXT NOT NULL
    )
    """,
    "CREATE INDEX line_event_line ON line_event (line, id)",
)


def up(db: SqliteDatabase) -> None:
    """Make the table."""
    for statement in _STATEMENTS:
        raw(db).execute(statement)
