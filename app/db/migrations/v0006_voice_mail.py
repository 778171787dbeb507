"""Schema 6: forwarding and voice mail of extensions, and the messages that callers leave."""

from __future__ import annotations

from peewee import SqliteDatabase

from app.db.sqlite import raw

_FORWARDING = (
    "forward_always TEXT NOT NULL DEFAULT ''",
    "forward_busy TEXT NOT NULL DEFAULT ''",
    "forward_no_answer TEXT NOT NULL DEFAULT ''",
    "forward_offline TEXT NOT NULL DEFAULT ''",
    "no_answer_s INTEGER NOT NULL DEFAULT 0",
    "forward_by_phone INTEGER NOT NULL DEFAULT 1",
)
_VOICE_MAIL = (
    "voicemail INTEGER NOT NULL DEFAULT 0",
    "voicemail_pin TEXT NOT NULL DEFAULT ''",
    "voicemail_ask_pin INTEGER NOT NULL DEFAULT 0",
    "voicemail_messages INTEGER NOT NULL DEFAULT 100",
    "voicemail_max_s INTEGER NOT NULL DEFAULT 180",
    "voicemail_min_s INTEGER NOT NULL DEFAULT 2",
    "voicemail_operator TEXT NOT NULL DEFAULT ''",
    "voicemail_email TEXT NOT NULL DEFAULT ''",
    "voicemail_attach INTEGER NOT NULL DEFAULT 1",
    "voicemail_delete INTEGER NOT NULL DEFAULT 0",
)
_STATEMENTS: tuple[str, ...] = (
    *(f"ALTER TABLE extension ADD COLUMN {column}" for column in (*_FORWARDING, *_VOICE_MAIL)),
    """
    CREATE TABLE voice_message (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        mailbox TEXT NOT NULL,
        caller TEXT NOT NULL,
        caller_name TEXT NOT NULL,
        at REAL NOT NULL,
        seconds REAL NOT NULL,
        file TEXT NOT NULL,
        state TEXT NOT NULL,
        mailed TEXT NOT NULL DEFAULT ''
    )
    """,
    "CREATE INDEX voice_message_mailbox ON voice_message (mailbox, id)",
)


def up(db: SqliteDatabase) -> None:
    """Add what is missing."""
    for statement in _STATEMENTS:
        raw(db).execute(statement)
