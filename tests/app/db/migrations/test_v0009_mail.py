"""Schema 9 has the tables of mail as the models read them."""

from __future__ import annotations

from peewee import SqliteDatabase

from app.db.migrations import MIGRATIONS
from app.db.sqlite import raw
from app.db.tables.mail import Mail
from app.db.tables.mail_address import MailAddress


def test_the_tables_have_the_columns_the_models_read() -> None:
    db = SqliteDatabase(":memory:")
    for migration in MIGRATIONS[:9]:
        migration.up(db)
    for model in (Mail, MailAddress):
        found = {row[1] for row in raw(db).execute(f"PRAGMA table_info({model._meta.table_name})")}
        assert found == set(model._meta.columns)
    db.close()
