"""Schema 4 fits the models; what went over TLS before goes on as it did."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from peewee import SqliteDatabase

from app.db.migrations import MIGRATIONS, v0004_tls_verify
from app.db.sqlite import raw
from app.db.store import KINDS
from app.db.tables import trunk

STORED = Path(__file__).parents[3] / "data" / "databases" / "v0003.db"


def test_the_tables_have_the_columns_the_models_read() -> None:
    db = SqliteDatabase(":memory:")
    for migration in MIGRATIONS[:4]:
        migration.up(db)
    for kind in KINDS.values():
        found = {row[1] for row in raw(db).execute(f"PRAGMA table_info({kind.model._meta.table_name})")}
        assert found <= set(kind.model._meta.columns), kind.spec.name  # more came with later schemas
    db.close()


@pytest.mark.parametrize(
    ("transport", "is_checked"), [("udp", True), ("tcp", True), ("tls", False), ("auto", False)]
)
def test_only_what_could_be_tls_already_is_not_checked(
    transport: str, is_checked: bool, tmp_path: Path
) -> None:
    path = tmp_path / "old.db"
    shutil.copy(STORED, path)
    db = SqliteDatabase(str(path))
    raw(db).execute("UPDATE trunk SET transport = ?", (transport,))
    v0004_tls_verify.up(db)
    (record,) = trunk.KIND.all(db)
    assert (record["name"], record["tls_verify"]) == ("branch", is_checked)
    db.close()
