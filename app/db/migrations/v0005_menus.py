"""Schema 5: automatic attendants."""

from __future__ import annotations

from peewee import SqliteDatabase

from app.db.sqlite import raw

_TEXTS = (
    "description",
    "number",
    "language",
    "time_condition",
    "else_destination",
    "operator",
    *(f"key_{key}" for key in (*"0123456789", "star", "hash")),
)
_STATEMENTS: tuple[str, ...] = (
    "CREATE TABLE menu (name TEXT NOT NULL PRIMARY KEY, "
    + "".join(f"{name} TEXT NOT NULL DEFAULT '', " for name in _TEXTS)
    + "direct_dial INTEGER NOT NULL DEFAULT 1, "
    "prompt TEXT NOT NULL DEFAULT 'menu-greeting', "
    "closed_prompt TEXT NOT NULL DEFAULT 'menu-closed', "
    "invalid_prompt TEXT NOT NULL DEFAULT 'menu-invalid', "
    "timeout_prompt TEXT NOT NULL DEFAULT 'menu-timeout', "
    "goodbye_prompt TEXT NOT NULL DEFAULT 'menu-goodbye', "
    "tries INTEGER NOT NULL DEFAULT 3, "
    "first_key_s INTEGER NOT NULL DEFAULT 6, "
    "next_key_s INTEGER NOT NULL DEFAULT 3, "
    "on_failure TEXT NOT NULL DEFAULT 'menu')",
    # Lines can be sent there at once; where there is another use for the name, it may be changed or deleted.
    "INSERT INTO menu (name) VALUES ('default')",
)


def up(db: SqliteDatabase) -> None:
    """Add what is missing."""
    for statement in _STATEMENTS:
        raw(db).execute(statement)
