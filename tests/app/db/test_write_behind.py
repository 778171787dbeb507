"""Rows are written behind, in order, and survive a fault."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from peewee import SqliteDatabase

from app.db import write_behind
from app.db.database import Database
from app.db.write_behind import WriteBehind
from app.errors import EnvironmentFault
from app.paths import DataPaths

FULL = EnvironmentFault("database.disk_full", "The disk is full.")


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    found = Database(DataPaths(tmp_path))
    await found.open()
    yield found
    await found.close()


class Disk:
    """Takes rows in batches; fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.batches: list[list[int]] = []
        self.failures = failures

    def write(self, db: SqliteDatabase, rows: list[int]) -> int:
        assert threading.current_thread().name.startswith("database")
        if self.failures:
            self.failures -= 1
            raise FULL
        self.batches.append(list(rows))
        return len(rows)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_behind, "LATENESS_S", 0.0)
    monkeypatch.setattr(write_behind, "RETRY_S", 0.0)


@pytest.mark.usefixtures("quick")
async def test_rows_are_written_together_without_being_asked(database: Database) -> None:
    disk, done = Disk(), asyncio.Event()
    written: list[int] = []

    def note(count: int) -> None:
        written.append(count)
        done.set()

    queue = WriteBehind[int, int](database, disk.write, written=note)
    for number in range(3):
        queue.add(number)
    await done.wait()
    assert disk.batches == [[0, 1, 2]]
    assert written == [3]


async def test_a_flush_writes_at_once_in_order_and_in_batches(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_behind, "LARGEST_BATCH", 2)
    disk = Disk()
    queue = WriteBehind[int, int](database, disk.write)
    for number in range(5):
        queue.add(number)
    await queue.flush()
    assert disk.batches == [[0, 1], [2, 3], [4]]
    assert queue.waiting == 0


@pytest.mark.usefixtures("quick")
async def test_a_fault_is_told_once_and_tried_again(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    disk, done = Disk(failures=3), asyncio.Event()
    told: list[EnvironmentFault] = []
    with caplog.at_level(logging.CRITICAL):
        queue = WriteBehind[int, int](database, disk.write, written=lambda _: done.set(), failed=told.append)
        queue.add(1)
        await done.wait()
    assert disk.batches == [[1]]
    assert told == [FULL]


@pytest.mark.logs("given up: 2")
async def test_a_bad_row_does_not_take_the_others_along(database: Database) -> None:
    written: list[int] = []

    def write(db: SqliteDatabase, rows: list[int]) -> int:
        if 2 in rows:
            raise ValueError("bad row")
        written.extend(rows)
        return len(rows)

    queue = WriteBehind[int, int](database, write)
    for number in range(4):
        queue.add(number)
    await queue.flush()
    assert written == [0, 1, 3]
    assert queue.waiting == 0


async def test_a_flush_that_fails_says_so_and_keeps_the_rows(database: Database) -> None:
    disk = Disk(failures=1)
    queue = WriteBehind[int, int](database, disk.write)
    queue.add(1)
    queue.add(2)
    with pytest.raises(EnvironmentFault, match="disk is full"):
        await queue.flush()
    assert queue.waiting == 2
    await queue.flush()
    assert disk.batches == [[1, 2]]


async def test_a_queue_that_cannot_be_written_does_not_eat_the_memory(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(write_behind, "MOST_WAITING", 10)
    disk = Disk()
    queue = WriteBehind[int, int](database, disk.write)
    with caplog.at_level(logging.CRITICAL):
        for number in range(11):
            queue.add(number)
    await queue.flush()
    assert disk.batches == [[6, 7, 8, 9, 10]]


async def test_rows_added_while_a_batch_is_written_are_flushed_too(database: Database) -> None:
    disk = Disk()
    queue = WriteBehind[int, int](database, disk.write, written=lambda _: add_one_more())
    more = [7]

    def add_one_more() -> None:
        if more:
            queue.add(more.pop())

    queue.add(1)
    await queue.flush()
    assert disk.batches == [[1], [7]]
    await queue.flush()
