"""Call records are written in batches and read in pages."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from peewee import SqliteDatabase

from app.db.migrations import MIGRATIONS
from app.db.tables import call_record
from app.db.tables.call_record import CallRecordQuery, CallRecordRow

CALL = CallRecordRow(
    started_at=100.0,
    answered_at=101.5,
    ended_at=110.0,
    caller="100",
    called="101",
    outcome="answered",
    status=200,
)
MISSED = CallRecordRow(
    started_at=200.0,
    answered_at=None,
    ended_at=230.0,
    caller="102",
    called="101",
    outcome="no_answer",
    status=480,
)


@pytest.fixture
def db() -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(":memory:")
    for migration in MIGRATIONS:
        migration.up(database)
    yield database
    database.close()


def test_records_come_back_newest_first_with_their_ids(db: SqliteDatabase) -> None:
    assert call_record.write(db, [CALL, MISSED]) == [1, 2]
    assert call_record.page(db, CallRecordQuery()) == [
        dataclasses.replace(MISSED, id=2),
        dataclasses.replace(CALL, id=1),
    ]


def test_a_caller_whose_name_is_not_utf8_has_a_record(db: SqliteDatabase) -> None:
    call_record.write(db, [dataclasses.replace(CALL, caller_name="B\udcfcro")])
    assert db.execute_sql("SELECT caller_name FROM call_record").fetchone() == ("B?ro",)


def test_a_page_goes_on_before_the_last(db: SqliteDatabase) -> None:
    call_record.write(db, [CALL] * 5)
    assert [row.id for row in call_record.page(db, CallRecordQuery(), limit=2)] == [5, 4]
    assert [row.id for row in call_record.page(db, CallRecordQuery(), limit=2, before_id=4)] == [3, 2]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        (CallRecordQuery(number="102"), [2]),
        (CallRecordQuery(number="10"), [2, 1]),
        (CallRecordQuery(number="%"), []),
        (CallRecordQuery(outcomes=("answered", "busy")), [1]),
        (CallRecordQuery(since=150), [2]),
        (CallRecordQuery(until=200), [1]),
    ],
)
def test_records_are_filtered(db: SqliteDatabase, query: CallRecordQuery, ids: list[int]) -> None:
    call_record.write(db, [CALL, MISSED])
    assert [row.id for row in call_record.page(db, query)] == ids


def test_a_call_is_found_by_the_call_id_of_any_leg(db: SqliteDatabase) -> None:
    forked = dataclasses.replace(CALL, sip_call_id="a", details='{"sip_call_ids": ["a", "b@x"]}')
    call_record.write(db, [forked, dataclasses.replace(MISSED, sip_call_id="c")])
    for call_id, record_id in (("a", 1), ("b@x", 1), ("c", 2)):
        found = call_record.with_call_id(db, call_id)
        assert found is not None
        assert found.id == record_id
    assert call_record.with_call_id(db, "b") is None  # the beginning of one is none
    assert call_record.with_call_id(db, "%") is None
