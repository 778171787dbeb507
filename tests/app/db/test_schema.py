"""Files of every schema: new, old, newer, foreign, damaged."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from peewee import SqliteDatabase

from app.db import schema
from app.db.sqlite import raw
from app.db.store import KINDS
from app.db.tables import extension, setting
from app.errors import EnvironmentFault

STORED = Path(__file__).parents[2] / "data" / "databases"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(str(tmp_path / "openmss.db"))
    yield database
    database.close()


class Step:
    def up(self, db: SqliteDatabase) -> None:
        raw(db).execute("ALTER TABLE extension ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'")


class BrokenStep:
    def up(self, db: SqliteDatabase) -> None:
        raw(db).execute("DELETE FROM extension")
        raise ZeroDivisionError


def with_step(monkeypatch: pytest.MonkeyPatch, step: object) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, step))
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)


def test_an_empty_file_gets_the_schema_and_its_filling(db: SqliteDatabase, tmp_path: Path) -> None:
    path = tmp_path / "openmss.db"
    filled: list[SqliteDatabase] = []
    assert schema.bring_up_to_date(db, path, tmp_path / "backups", filled.append) is True
    assert filled == [db]
    assert raw(db).execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    assert schema.bring_up_to_date(db, path, tmp_path / "backups", filled.append) is False
    assert filled == [db]
    assert not (tmp_path / "backups").exists()


def test_a_failed_filling_leaves_an_empty_file(db: SqliteDatabase, tmp_path: Path) -> None:
    def fail(_: SqliteDatabase) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        schema.bring_up_to_date(db, tmp_path / "openmss.db", tmp_path / "backups", fail)
    assert raw(db).execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    assert schema.bring_up_to_date(db, tmp_path / "openmss.db", tmp_path / "backups") is True


@pytest.mark.parametrize("name", [f"v{number:04d}.db" for number in range(1, schema.VERSION + 1)])
def test_a_file_of_every_released_schema_opens(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    shutil.copy(STORED / name, path)
    schema.refuse_foreign_file(path)
    database = SqliteDatabase(str(path))
    schema.bring_up_to_date(database, path, tmp_path / "backups")
    assert [each["number"] for each in extension.KIND.all(database)] == ["100", "101", "102", "2000"]
    kept = extension.KIND.one(database, "2000")
    assert kept is not None
    assert (kept["description"], kept["multi_device"], kept["max_devices"]) == ("Front desk 前台", True, 4)
    assert setting.KIND.read(database)["local_media"] == "relay"
    assert raw(database).execute("PRAGMA foreign_key_check").fetchall() == []
    database.close()


def tables_of(database: SqliteDatabase) -> list[str]:
    found = raw(database).execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return [name for (name,) in found]


def shape_of(database: SqliteDatabase) -> dict[str, tuple[object, ...]]:
    """Of each table its columns, references and indexes; the columns in the order of their names."""
    ask = raw(database).execute
    return {
        table: (
            sorted(row[1:] for row in ask(f"PRAGMA table_info({table})").fetchall()),
            sorted(row[2:] for row in ask(f"PRAGMA foreign_key_list({table})").fetchall()),
            sorted(
                (unique, [row[2] for row in ask(f"PRAGMA index_info({index})").fetchall()])
                for _, index, unique, _, _ in ask(f"PRAGMA index_list({table})").fetchall()
            ),
        )
        for table in tables_of(database)
    }


def rows_of(database: SqliteDatabase, columns: dict[str, list[str]]) -> dict[str, list[tuple[object, ...]]]:
    """The rows of each table, as far as these columns go."""
    return {
        table: sorted(raw(database).execute(f"SELECT {', '.join(names)} FROM {table}").fetchall(), key=repr)
        for table, names in columns.items()
    }


@pytest.mark.parametrize("name", sorted(path.name for path in STORED.glob("v*.db")))
def test_a_migrated_file_is_like_a_new_one_and_has_kept_every_row(
    db: SqliteDatabase, name: str, tmp_path: Path
) -> None:
    schema.bring_up_to_date(db, tmp_path / "openmss.db", tmp_path / "backups")
    path = tmp_path / name
    shutil.copy(STORED / name, path)
    database = SqliteDatabase(str(path))
    columns = {
        table: [row[1] for row in raw(database).execute(f"PRAGMA table_info({table})").fetchall()]
        for (table,) in raw(database)
        .execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        .fetchall()
    }
    before = rows_of(database, columns)
    schema.bring_up_to_date(database, path, tmp_path / "backups")
    assert shape_of(database) == shape_of(db)
    assert rows_of(database, columns) == before
    assert sum(map(len, before.values())) > 10
    database.close()


def test_an_office_of_schema_4_has_all_it_had(tmp_path: Path) -> None:
    """Filled by the program of those days, by its own commands."""
    path = tmp_path / "openmss.db"
    shutil.copy(STORED / "v0004-office.db", path)
    database = SqliteDatabase(str(path))
    schema.bring_up_to_date(database, path, tmp_path / "backups")
    found = {name: kind.all(database) for name, kind in KINDS.items() if name != "setting"}
    (line,) = found["line"]
    assert (line["domain"], line["transport"], line["tls_verify"], line["max_calls"]) == (
        "bj.ims.example", "tls", False, 3,
    )  # fmt: skip
    assert {row["name"]: row["next_trunk"] for row in found["trunk"]} == {"hq": "", "spare": "hq"}
    assert [(row["id"], row["route_target"], row["enabled"]) for row in found["called_rule"]] == [
        ("10", "mobile", True),
        ("20", "hq", False),
    ]
    assert [row["else_destination"] for row in found["did_route"]] == ["101"]
    assert [(row["shown"], row["mode"]) for row in found["display_number"]] == [("4000", "both")]
    empty = {name for name, rows in found.items() if not rows}
    assert empty == {
        "conference",
        "ring_group",
    }  # there were none yet; of menus the first comes with the schema
    database.close()


def test_a_copy_is_kept_before_a_migration(
    db: SqliteDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, backups = tmp_path / "openmss.db", tmp_path / "backups"
    schema.bring_up_to_date(db, path, backups)
    old = schema.VERSION
    with_step(monkeypatch, Step())
    assert schema.bring_up_to_date(db, path, backups) is False
    assert raw(db).execute("PRAGMA user_version").fetchone() == (old + 1,)
    (copy,) = backups.iterdir()
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (old,)


def test_a_failed_migration_leaves_the_file_as_it_was(
    db: SqliteDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "openmss.db"
    shutil.copy(STORED / "v0001.db", path)
    with_step(monkeypatch, BrokenStep())
    with pytest.raises(ZeroDivisionError):
        schema.bring_up_to_date(db, path, tmp_path / "backups")
    assert raw(db).execute("SELECT count(*) FROM extension").fetchone() == (4,)
    assert raw(db).execute("PRAGMA user_version").fetchone() == (1,)


def test_only_the_newest_copies_are_kept(db: SqliteDatabase, tmp_path: Path) -> None:
    schema.bring_up_to_date(db, tmp_path / "openmss.db", tmp_path / "backups")
    made = [schema.back_up(db, tmp_path / "backups", 1) for _ in range(schema.KEPT_BACKUPS + 2)]
    assert set((tmp_path / "backups").iterdir()) == set(made[2:])


def test_a_newer_file_is_refused_in_words(db: SqliteDatabase, tmp_path: Path) -> None:
    path = tmp_path / "openmss.db"
    schema.bring_up_to_date(db, path, tmp_path / "backups")
    raw(db).execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    with pytest.raises(EnvironmentFault, match="newer OpenMSS") as told:
        schema.refuse_foreign_file(path)
    assert told.value.code == "database.newer"
    with pytest.raises(EnvironmentFault, match="Install the newer version"):
        schema.bring_up_to_date(db, path, tmp_path / "backups")


def test_a_file_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE bookmarks (url)")
    with pytest.raises(EnvironmentFault, match="is not an OpenMSS database"):
        schema.refuse_foreign_file(path)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "openmss.db"
    content = bytearray((STORED / "v0001.db").read_bytes())
    page = int.from_bytes(content[16:18], "big")
    content[page : page + 200] = b"\xff" * 200
    path.write_bytes(content)
    with pytest.raises((EnvironmentFault, sqlite3.DatabaseError), match=r"damaged|malformed"):
        schema.refuse_foreign_file(path)


def test_a_missing_or_empty_file_is_none_of_these(tmp_path: Path) -> None:
    schema.refuse_foreign_file(tmp_path / "missing.db")
    (tmp_path / "empty.db").touch()
    schema.refuse_foreign_file(tmp_path / "empty.db")
