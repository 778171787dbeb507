"""Schema 2 fits the models, and what stood in schema 1 stays."""

from __future__ import annotations

import shutil
from pathlib import Path

from peewee import SqliteDatabase

from app.db.migrations import MIGRATIONS, v0002_outside
from app.db.sqlite import raw
from app.db.store import KINDS

STORED = Path(__file__).parents[3] / "data" / "databases" / "v0001.db"


def test_the_tables_have_the_columns_the_models_read() -> None:
    db = SqliteDatabase(":memory:")
    for migration in MIGRATIONS[:2]:
        migration.up(db)
    for kind in KINDS.values():
        found = {row[1] for row in raw(db).execute(f"PRAGMA table_info({kind.model._meta.table_name})")}
        assert found <= set(kind.model._meta.columns), kind.spec.name  # more came with later schemas
    db.close()


def test_extensions_of_before_may_call_out_at_level_one(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    shutil.copy(STORED, path)
    db = SqliteDatabase(str(path))
    before = raw(db).execute("SELECT number, description, ha1_md5 FROM extension").fetchall()
    v0002_outside.up(db)
    assert raw(db).execute("SELECT number, description, ha1_md5 FROM extension").fetchall() == before
    added = raw(db).execute(
        "SELECT DISTINCT call_levels, max_calls, own_line, own_number, time_condition FROM extension"
    )
    assert added.fetchall() == [("1", None, "", "", "")]
    db.close()
