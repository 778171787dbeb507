"""Schema 4: lines and trunks may demand that the carrier's TLS certificate is checked."""

from __future__ import annotations

from peewee import SqliteDatabase

from app.db.sqlite import raw

_STATEMENTS = (
    "ALTER TABLE line ADD COLUMN tls_verify INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE trunk ADD COLUMN tls_verify INTEGER NOT NULL DEFAULT 1",
    # Nothing was checked until now: an update must not silence a carrier whose certificate would not pass.
    "UPDATE line SET tls_verify = 0 WHERE transport IN ('tls', 'auto')",
    "UPDATE trunk SET tls_verify = 0 WHERE transport IN ('tls', 'auto')",
)


def up(db: SqliteDatabase) -> None:
    """Add the columns; what goes over TLS already stays as it is."""
    for statement in _STATEMENTS:
        raw(db).execute(statement)
