"""The table of recordings: one row a file, written behind at its beginning and its end, read in pages."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from peewee import AutoField, FloatField, IntegerField, Model, SqliteDatabase, TextField

from app.db.sqlite import columns_of, raw


class RecordingState(StrEnum):
    """What became of a recording."""

    RUNNING = "running"
    COMPLETE = "complete"
    CUT = "cut"  # the disk, not the call, ended it; what there is plays
    REPAIRED = "repaired"  # the program ended first; mended at the next start
    LOST = "lost"  # nothing of it could be saved, or its file is gone


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingRow:
    """One recording, known by its file. `id` is 0 until the row is stored. Times are Unix seconds."""

    id: int = 0
    file: str  # the whole path, as it is called when it is complete
    started_at: float
    seconds: float = 0.0
    bytes: int = 0
    state: str = RecordingState.RUNNING.value
    caller: str = ""
    caller_name: str = ""
    called: str = ""
    connected: str = ""
    room: str = ""  # of a conference
    sip_call_id: str = ""  # of the caller's leg: finds call record and trace
    started_by: str = ""  # always | window | command | extension NUMBER | conference NUMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingQuery:
    """Which recordings to read; empty and None mean any."""

    number: str = ""  # caller, called, connected or room begins with it
    since: float | None = None
    until: float | None = None


class Recording(Model):
    """The peewee side of RecordingRow."""

    id = AutoField()
    file = TextField(unique=True)
    started_at = FloatField(index=True)
    seconds = FloatField()
    bytes = IntegerField()
    state = TextField()
    caller = TextField()
    caller_name = TextField()
    called = TextField()
    connected = TextField()
    room = TextField()
    sip_call_id = TextField()
    started_by = TextField()

    class Meta:
        """Names."""

        table_name = "recording"


_COLUMNS = tuple(field.name for field in dataclasses.fields(RecordingRow) if field.name != "id")
_UPSERT = (
    f"INSERT INTO recording ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))}) "
    "ON CONFLICT (file) DO UPDATE SET seconds = excluded.seconds, bytes = excluded.bytes, "
    "state = excluded.state"
)


def write(db: SqliteDatabase, rows: Iterable[RecordingRow]) -> None:
    """Insert rows; of a file that is known already, note how it ended. For WriteBehind."""
    connection = raw(db)
    for row in rows:
        connection.execute(_UPSERT, columns_of(row, _COLUMNS))


def page(
    db: SqliteDatabase, query: RecordingQuery, *, limit: int = 200, before_id: int | None = None
) -> list[RecordingRow]:
    """Read the newest matching recordings, newest first; `before_id` continues a page."""
    select = Recording.select().order_by(Recording.id.desc()).limit(limit)
    if before_id is not None:
        select = select.where(Recording.id < before_id)
    if query.number:
        select = select.where(
            Recording.caller.startswith(query.number)
            | Recording.called.startswith(query.number)
            | Recording.connected.startswith(query.number)
            | Recording.room.startswith(query.number)
        )
    if query.since is not None:
        select = select.where(Recording.started_at >= query.since)
    if query.until is not None:
        select = select.where(Recording.started_at < query.until)
    return [RecordingRow(**row) for row in select.dicts().execute(db)]


def with_ids(db: SqliteDatabase, ids: Sequence[int]) -> list[RecordingRow]:
    """Read these recordings, as far as they exist, oldest first."""
    select = Recording.select().where(Recording.id.in_(list(ids))).order_by(Recording.id)
    return [RecordingRow(**row) for row in select.dicts().execute(db)]


def unfinished(db: SqliteDatabase) -> list[RecordingRow]:
    """Read what was running when the program last ended."""
    select = Recording.select().where(Recording.state == RecordingState.RUNNING.value).order_by(Recording.id)
    return [RecordingRow(**row) for row in select.dicts().execute(db)]


def beyond(db: SqliteDatabase, *, before: float | None, most_bytes: int | None) -> list[RecordingRow]:
    """Read the finished ones that are older than `before`, or too many for `most_bytes`; oldest first."""
    finished = Recording.state != RecordingState.RUNNING.value
    newest_first = (
        Recording.select().where(finished).order_by(Recording.started_at.desc(), Recording.id.desc())
    )
    found: list[RecordingRow] = []
    total = 0
    for values in newest_first.dicts().iterator(db):
        row = RecordingRow(**values)
        total += row.bytes
        is_old = before is not None and row.started_at + row.seconds < before
        if is_old or (most_bytes is not None and total > most_bytes):
            found.append(row)
    return found[::-1]


def forget(db: SqliteDatabase, ids: Sequence[int]) -> None:
    """Take rows away whose files are gone."""
    Recording.delete().where(Recording.id.in_(list(ids))).execute(db)
