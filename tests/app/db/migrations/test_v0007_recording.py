"""Schema 7: nobody of before is recorded, and the new tables fit the models."""

from __future__ import annotations

import shutil
from pathlib import Path

from peewee import SqliteDatabase

from app.db.migrations import MIGRATIONS
from app.db.sqlite import raw
from app.db.tables import conference, recording

STORED = Path(__file__).parents[3] / "data" / "databases" / "v0004.db"


def test_nobody_of_before_is_recorded(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    shutil.copy(STORED, path)
    db = SqliteDatabase(str(path))
    for migration in MIGRATIONS[4:7]:
        migration.up(db)
    for table in ("extension", "line"):
        found = raw(db).execute(f"SELECT DISTINCT recording, recording_notice FROM {table}").fetchall()
        assert found == ([("off", "nobody")] if table == "extension" else [])
    for model in (recording.Recording, conference.ConferenceRow):
        columns = {row[1] for row in raw(db).execute(f"PRAGMA table_info({model._meta.table_name})")}
        assert columns == set(model._meta.columns)
    db.close()
