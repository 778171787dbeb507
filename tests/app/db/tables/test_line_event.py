"""The lines' history is written in batches, read in pages, and does not grow for ever."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from peewee import SqliteDatabase

from app.db.migrations import MIGRATIONS
from app.db.tables import line_event
from app.db.tables.line_event import LineEventRow

EVENT = LineEventRow(line="carrier", at=100.0, state="failed", code=403, reason="Forbidden.", call_id="c1")


@pytest.fixture
def db() -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(":memory:")
    for migration in MIGRATIONS:
        migration.up(database)
    yield database
    database.close()


def test_what_was_written_is_read_newest_first(db: SqliteDatabase) -> None:
    later = dataclasses.replace(EVENT, at=200.0, state="registered", code=200, server="192.0.2.1:5060/udp")
    other = dataclasses.replace(EVENT, line="other")
    line_event.write(db, [EVENT, other, later])
    found = line_event.page(db, "carrier")
    assert found == [dataclasses.replace(later, id=3), dataclasses.replace(EVENT, id=1)]
    assert line_event.page(db, "carrier", limit=1) == found[:1]
    assert line_event.page(db, "carrier", before_id=3) == found[1:]
    assert line_event.page(db, "unknown") == []


def test_the_oldest_of_a_line_are_forgotten(db: SqliteDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_event, "KEPT", 3)
    line_event.write(db, [dataclasses.replace(EVENT, line="other")])
    line_event.write(db, [dataclasses.replace(EVENT, at=float(number)) for number in range(10)])
    assert [row.at for row in line_event.page(db, "carrier")] == [9.0, 8.0, 7.0]
    assert len(line_event.page(db, "other")) == 1
