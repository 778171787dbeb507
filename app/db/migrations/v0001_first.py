"""Schema 1: settings, extensions and their first passwords, bindings, call records."""

from __future__ import annotations

from peewee import SqliteDatabase

from app.db.sqlite import raw

_STATEMENTS = (
    """
    CREATE TABLE setting (
        key TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE extension (
        number TEXT NOT NULL PRIMARY KEY,
        description TEXT NOT NULL,
        ha1_md5 TEXT NOT NULL,
        ha1_sha256 TEXT NOT NULL,
        ha1_sha512_256 TEXT NOT NULL,
        multi_device INTEGER NOT NULL,
        max_devices INTEGER NOT NULL,
        allowed_address TEXT NOT NULL,
        enabled INTEGER NOT NULL
    )
    """,
    # The generated passwords that nobody has changed or put away yet, encrypted by the vault.
    """
    CREATE TABLE first_password (
        number TEXT NOT NULL PRIMARY KEY REFERENCES extension (number) ON DELETE CASCADE,
        secret TEXT NOT NULL,
        was_shown INTEGER NOT NULL DEFAULT 0
    )
    """,
    """
    CREATE TABLE binding (
        id INTEGER PRIMARY KEY,
        number TEXT NOT NULL REFERENCES extension (number) ON DELETE CASCADE,
        contact TEXT NOT NULL,
        params TEXT NOT NULL,
        q INTEGER NOT NULL,
        path TEXT NOT NULL,
        instance TEXT NOT NULL,
        call_id TEXT NOT NULL,
        cseq INTEGER NOT NULL,
        user_agent TEXT NOT NULL,
        transport TEXT NOT NULL,
        local_host TEXT NOT NULL,
        local_port INTEGER NOT NULL,
        remote_host TEXT NOT NULL,
        remote_port INTEGER NOT NULL,
        expires_at REAL NOT NULL
    )
    """,
    "CREATE INDEX binding_number ON binding (number)",
    """
    CREATE TABLE call_record (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        started_at REAL NOT NULL,
        answered_at REAL,
        ended_at REAL NOT NULL,
        caller TEXT NOT NULL,
        caller_name TEXT NOT NULL,
        caller_address TEXT NOT NULL,
        called TEXT NOT NULL,
        connected TEXT NOT NULL,
        outcome TEXT NOT NULL,
        status INTEGER NOT NULL,
        media TEXT NOT NULL,
        codec TEXT NOT NULL,
        sip_call_id TEXT NOT NULL,
        details TEXT NOT NULL
    )
    """,
    "CREATE INDEX call_record_started_at ON call_record (started_at)",
)


def up(db: SqliteDatabase) -> None:
    """Make the tables."""
    for statement in _STATEMENTS:
        raw(db).execute(statement)
