"""Schema 5 has menus, and one that lines can be sent to."""

from __future__ import annotations

from peewee import SqliteDatabase

from app.db.migrations import MIGRATIONS
from app.db.sqlite import raw
from app.db.tables import menu


def test_the_default_menu_is_as_a_new_one_would_be() -> None:
    db = SqliteDatabase(":memory:")
    for migration in MIGRATIONS[:5]:
        migration.up(db)
    found = {row[1] for row in raw(db).execute("PRAGMA table_info(menu)")}
    assert found == set(menu.MenuRow._meta.columns)
    errors, values = menu.KIND.check("default", {}, None)
    assert not errors
    assert menu.KIND.all(db) == [values]
    assert menu.DEFAULT_MENU == "default"
    db.close()
