"""Schema 7: recordings and conference rooms."""

from __future__ import annotations

from peewee import SqliteDatabase

from app.db.sqlite import raw

_STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE extension ADD COLUMN recording TEXT NOT NULL DEFAULT 'off'",
    "ALTER TABLE extension ADD COLUMN recording_notice TEXT NOT NULL DEFAULT 'nobody'",
    "ALTER TABLE line ADD COLUMN recording TEXT NOT NULL DEFAULT 'off'",
    "ALTER TABLE line ADD COLUMN recording_notice TEXT NOT NULL DEFAULT 'nobody'",
    """
    CREATE TABLE recording (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        file TEXT NOT NULL UNIQUE,
        started_at REAL NOT NULL,
        seconds REAL NOT NULL,
        bytes INTEGER NOT NULL,
        state TEXT NOT NULL,
        caller TEXT NOT NULL,
        caller_name TEXT NOT NULL,
        called TEXT NOT NULL,
        connected TEXT NOT NULL,
        room TEXT NOT NULL,
        sip_call_id TEXT NOT NULL,
        started_by TEXT NOT NULL
    )
    """,
    "CREATE INDEX recording_started_at ON recording (started_at)",
    """
    CREATE TABLE conference (
        number TEXT NOT NULL PRIMARY KEY,
        description TEXT NOT NULL,
        password TEXT NOT NULL,
        moderator_password TEXT NOT NULL,
        max_parties INTEGER NOT NULL,
        announce TEXT NOT NULL,
        music_alone INTEGER NOT NULL,
        locked INTEGER NOT NULL,
        record INTEGER NOT NULL,
        language TEXT NOT NULL,
        enabled INTEGER NOT NULL
    )
    """,
)


def up(db: SqliteDatabase) -> None:
    """Add the tables, and what extensions and lines say of recording."""
    for statement in _STATEMENTS:
        raw(db).execute(statement)
