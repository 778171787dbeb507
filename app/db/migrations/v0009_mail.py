"""Schema 9: outgoing mail, and the addresses that were confirmed."""

from __future__ import annotations

from peewee import SqliteDatabase

from app.db.sqlite import raw

_STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE mail (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        about TEXT NOT NULL,
        recipient TEXT NOT NULL,
        subject TEXT NOT NULL,
        content BLOB,
        state TEXT NOT NULL,
        made_at REAL NOT NULL,
        next_at REAL NOT NULL,
        attempts INTEGER NOT NULL,
        code TEXT NOT NULL,
        reason TEXT NOT NULL
    )
    """,
    "CREATE INDEX mail_due ON mail (state, next_at)",
    """
    CREATE TABLE mail_address (
        address TEXT PRIMARY KEY,
        confirmed_at REAL,
        code_digest TEXT NOT NULL,
        code_expires_at REAL NOT NULL,
        wrong_codes INTEGER NOT NULL
    )
    """,
)


def up(db: SqliteDatabase) -> None:
    """Add the tables."""
    for statement in _STATEMENTS:
        raw(db).execute(statement)
