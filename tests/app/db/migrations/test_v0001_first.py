"""Schema 1 fits the models."""

from __future__ import annotations

from peewee import Model, SqliteDatabase

from app.db.migrations import v0001_first
from app.db.sqlite import raw
from app.db.tables.binding import Binding
from app.db.tables.call_record import CallRecord
from app.db.tables.setting import SettingRow


def test_the_tables_have_the_columns_the_models_read() -> None:
    db = SqliteDatabase(":memory:")
    v0001_first.up(db)
    models: tuple[type[Model], ...] = (Binding, CallRecord, SettingRow)
    for model in models:
        found = {row[1] for row in raw(db).execute(f"PRAGMA table_info({model._meta.table_name})")}
        assert found == set(model._meta.columns), model
    db.close()
