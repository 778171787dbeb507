"""The database opens, keeps, rolls back, and tells what the disk does to it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import peewee
import pytest
from peewee import SqliteDatabase

from app.db.database import Database
from app.db.sqlite import raw
from app.errors import EnvironmentFault
from app.paths import DataPaths


def count(db: SqliteDatabase, table: str) -> int:
    found: int = raw(db).execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return found


def insert(db: SqliteDatabase, key: str) -> None:
    raw(db).execute("INSERT INTO setting VALUES (?, '')", (key,))


async def test_a_new_folder_gets_a_private_database_that_outlives_a_close(tmp_path: Path) -> None:
    paths = DataPaths(tmp_path / "deep" / "folder")
    database = Database(paths)
    await database.open()
    assert database.created
    await database.run(insert, "a")
    if sys.platform != "win32":
        assert not [file.name for file in paths.data.iterdir() if file.stat().st_mode & 0o077]
    await database.close()
    assert not database.is_open
    if sys.platform != "win32":
        assert paths.data.stat().st_mode & 0o077 == 0

    again = Database(paths)
    await again.open()
    assert not again.created
    assert await again.run(count, "setting") == 1
    await again.close()


async def test_what_fails_is_rolled_back(tmp_path: Path) -> None:
    database = Database(DataPaths(tmp_path))
    await database.open()

    def insert_twice(db: SqliteDatabase) -> None:
        insert(db, "a")
        insert(db, "a")

    with pytest.raises(Exception, match="UNIQUE"):
        await database.run(insert_twice)
    assert await database.run(count, "setting") == 0
    await database.close()


async def test_write_ahead_and_foreign_keys_are_on(tmp_path: Path) -> None:
    database = Database(DataPaths(tmp_path))
    await database.open()

    def pragmas(db: SqliteDatabase) -> tuple[object, ...]:
        names = ("journal_mode", "synchronous", "foreign_keys")
        return tuple(raw(db).execute(f"PRAGMA {name}").fetchone()[0] for name in names)

    assert await database.run(pragmas) == ("wal", 1, 1)
    await database.close()


async def test_a_folder_in_use_is_refused(tmp_path: Path) -> None:
    first, second = Database(DataPaths(tmp_path)), Database(DataPaths(tmp_path))
    await first.open()
    with pytest.raises(EnvironmentFault, match="already runs on the data folder"):
        await second.open()
    assert not second.is_open
    await first.close()
    await second.open()
    await second.close()


async def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFault, match="cannot be made"):
        await Database(DataPaths(tmp_path / "file" / "data")).open()


@pytest.fixture
def read_only_folder(tmp_path: Path) -> Iterator[Path]:
    if sys.platform == "win32" or os.getuid() == 0:
        pytest.skip("here the folder's mode keeps nobody from writing")
    tmp_path.chmod(0o500)
    yield tmp_path
    tmp_path.chmod(0o700)


async def test_a_folder_that_cannot_be_written_is_told(read_only_folder: Path) -> None:
    with pytest.raises(EnvironmentFault, match="cannot be written"):
        await Database(DataPaths(read_only_folder)).open()


async def test_garbage_in_place_of_the_file_is_told_and_left_alone(tmp_path: Path) -> None:
    paths = DataPaths(tmp_path)
    paths.database.write_bytes(b"this is no database" * 100)
    with pytest.raises(EnvironmentFault, match="not an OpenMSS database"):
        await Database(paths).open()
    assert paths.database.read_bytes().startswith(b"this is no database")


async def test_a_full_disk_is_told(tmp_path: Path) -> None:
    database = Database(DataPaths(tmp_path))
    await database.open()

    def fill(db: SqliteDatabase) -> None:
        pages = raw(db).execute("PRAGMA page_count").fetchone()[0]
        raw(db).execute(f"PRAGMA max_page_count = {pages}")
        raw(db).execute("INSERT INTO setting VALUES ('big', ?)", ("x" * 1_000_000,))

    with pytest.raises(EnvironmentFault, match="disk is full"):
        await database.run(fill)
    assert await database.run(count, "setting") == 0
    await database.close()


async def test_our_own_mistakes_are_not_dressed_up(tmp_path: Path) -> None:
    database = Database(DataPaths(tmp_path))
    await database.open()
    with pytest.raises((peewee.PeeweeException, Exception), match="no such table"):
        await database.run(count, "nonsense")
    await database.close()


async def test_a_closed_database_says_so(tmp_path: Path) -> None:
    database = Database(DataPaths(tmp_path))
    await database.close()
    with pytest.raises(EnvironmentFault, match="closed"):
        await database.run(count, "setting")
