"""Recordings are noted at their beginning and end, read in pages, and found when they may go."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from peewee import SqliteDatabase

from app.db.migrations import MIGRATIONS
from app.db.tables import recording
from app.db.tables.recording import RecordingQuery, RecordingRow, RecordingState

ROW = RecordingRow(
    file="/recordings/1.wav",
    started_at=100.0,
    caller="100",
    caller_name="Front desk",
    called="9123",
    connected="123",
    sip_call_id="c1",
    started_by="always",
)


@pytest.fixture
def db() -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(":memory:")
    for migration in MIGRATIONS:
        migration.up(database)
    yield database
    database.close()


def finished(number: int, **changes: object) -> RecordingRow:
    row = dataclasses.replace(
        ROW, file=f"/recordings/{number}.wav", state=RecordingState.COMPLETE.value, seconds=10.0, bytes=100
    )
    return dataclasses.replace(row, **{"started_at": float(number), **changes})  # type: ignore[arg-type]


def files(rows: list[RecordingRow]) -> list[str]:
    return [row.file.rpartition("/")[2] for row in rows]


def test_its_end_is_noted_where_its_beginning_was(db: SqliteDatabase) -> None:
    recording.write(db, [ROW])
    assert recording.unfinished(db) == [dataclasses.replace(ROW, id=1)]
    after = dataclasses.replace(ROW, seconds=5.0, bytes=99, state="cut", caller="changed")
    recording.write(db, [after])
    expected = dataclasses.replace(ROW, id=1, seconds=5.0, bytes=99, state="cut")
    assert recording.page(db, RecordingQuery()) == [expected]
    assert recording.unfinished(db) == []


def test_pages_and_filters(db: SqliteDatabase) -> None:
    room = finished(3, room="8000", caller="", called="", connected="")
    recording.write(db, [finished(1), finished(2, caller="200"), room])
    assert files(recording.page(db, RecordingQuery())) == ["3.wav", "2.wav", "1.wav"]
    assert files(recording.page(db, RecordingQuery(), limit=1, before_id=3)) == ["2.wav"]
    for number, found in (("200", ["2.wav"]), ("80", ["3.wav"]), ("12", ["2.wav", "1.wav"]), ("7", [])):
        assert files(recording.page(db, RecordingQuery(number=number))) == found
    assert files(recording.page(db, RecordingQuery(since=2.0, until=3.0))) == ["2.wav"]


def test_what_is_too_old_or_too_much(db: SqliteDatabase) -> None:
    running = dataclasses.replace(ROW, file="/recordings/0.wav")
    recording.write(db, [running, *(finished(number) for number in (1, 2, 3, 4))])
    assert files(recording.beyond(db, before=12.5, most_bytes=None)) == ["1.wav", "2.wav"]
    assert files(recording.beyond(db, before=None, most_bytes=250)) == ["1.wav", "2.wav"]
    assert files(recording.beyond(db, before=11.5, most_bytes=150)) == ["1.wav", "2.wav", "3.wav"]
    assert recording.beyond(db, before=None, most_bytes=None) == []


def test_forgotten(db: SqliteDatabase) -> None:
    recording.write(db, [finished(1), finished(2)])
    recording.forget(db, [1, 99])
    assert files(recording.with_ids(db, [1, 2, 3])) == ["2.wav"]
