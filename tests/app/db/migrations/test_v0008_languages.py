"""Schema 8: everybody speaks the system's language until another is chosen."""

from __future__ import annotations

from peewee import SqliteDatabase

from app.db.migrations import MIGRATIONS
from app.db.sqlite import raw


def test_what_was_there_speaks_the_systems_language() -> None:
    db = SqliteDatabase(":memory:")
    for migration in MIGRATIONS[:7]:
        migration.up(db)
    known = raw(db).execute("SELECT count(*) FROM extension").fetchone()[0]
    MIGRATIONS[7].up(db)
    for table in ("extension", "line"):
        columns = {row[1]: row[4] for row in raw(db).execute(f"PRAGMA table_info({table})")}
        assert columns["language"] == "''"
    found = raw(db).execute("SELECT count(*) FROM extension WHERE language = ''").fetchone()[0]
    assert found == known
    db.close()
