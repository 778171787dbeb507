"""The numbered steps from an empty file to this program's schema; a released step is never edited.

Step n is a module `v<n>_<what>` with `up(db)`. They are listed here rather than found on disk, so that a
frozen build holds them and a type checker reads them.
"""

from __future__ import annotations

from typing import Protocol

from peewee import SqliteDatabase

from app.db.migrations import (
    v0001_first,
    v0002_outside,
    v0003_line_events,
    v0004_tls_verify,
    v0005_menus,
    v0006_voice_mail,
    v0007_recording,
    v0008_languages,
    v0009_mail,
    v0010_ring_groups,
)


class Migration(Protocol):
    """A module that takes the file one step on, inside the caller's transaction."""

    def up(self, db: SqliteDatabase) -> None:
        """Change the schema, and the rows with it. Plain SQL or playhouse.migrate; never the live models."""


MIGRATIONS: tuple[Migration, ...] = (
    v0001_first,
    v0002_outside,
    v0003_line_events,
    v0004_tls_verify,
    v0005_menus,
    v0006_voice_mail,
    v0007_recording,
    v0008_languages,
    v0009_mail,
    v0010_ring_groups,
)
