"""The table of finished calls: one row a call, written behind in batches, read a page at a time."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from dataclasses import dataclass

from peewee import AutoField, FloatField, IntegerField, Model, SqliteDatabase, TextField, fn

from app.db.sqlite import columns_of, raw

_SEARCHED = 20_000  # records looked through for a Call-ID: the trace hardly reaches further back


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecordRow:
    """One finished call. Times are Unix seconds. `id` is 0 until the row is in the database."""

    id: int = 0
    started_at: float
    answered_at: float | None
    ended_at: float
    caller: str
    caller_name: str = ""
    caller_address: str = ""  # "ip:port" the INVITE came from
    called: str
    connected: str = ""  # who answered
    outcome: str  # answered | busy | no_answer | cancelled | not_found | failed …
    status: int  # the final SIP status
    media: str = "none"
    codec: str = ""
    sip_call_id: str = ""  # of the caller's leg: finds the call in the trace
    details: str = ""  # JSON: counters of each leg


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecordQuery:
    """Which records to read; empty and None mean any."""

    number: str = ""  # caller, called or connected begins with it
    outcomes: tuple[str, ...] = ()
    since: float | None = None
    until: float | None = None


class CallRecord(Model):
    """The peewee side of CallRecordRow."""

    id = AutoField()
    started_at = FloatField(index=True)
    answered_at = FloatField(null=True)
    ended_at = FloatField()
    caller = TextField()
    caller_name = TextField()
    caller_address = TextField()
    called = TextField()
    connected = TextField()
    outcome = TextField()
    status = IntegerField()
    media = TextField()
    codec = TextField()
    sip_call_id = TextField()
    details = TextField()

    class Meta:
        """Names."""

        table_name = "call_record"


_COLUMNS = tuple(field.name for field in dataclasses.fields(CallRecordRow) if field.name != "id")
_INSERT = f"INSERT INTO call_record ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"


def write(db: SqliteDatabase, rows: Iterable[CallRecordRow]) -> list[int]:
    """Insert rows and return their ids in order. For WriteBehind."""
    connection = raw(db)
    # plain SQL: some hundred calls a second end here, and building each query would cost more than running it
    return [connection.execute(_INSERT, columns_of(row, _COLUMNS)).lastrowid or 0 for row in rows]


def with_call_id(db: SqliteDatabase, sip_call_id: str) -> CallRecordRow | None:
    """Find the call one of whose legs has a Call-ID, among the newest some thousand."""
    newest = CallRecord.select(CallRecord.id).order_by(CallRecord.id.desc()).limit(_SEARCHED)
    quoted = json.dumps(sip_call_id)  # as it stands in the details
    select = (
        CallRecord.select()
        .where(
            CallRecord.id.in_(newest)
            & ((CallRecord.sip_call_id == sip_call_id) | (fn.instr(CallRecord.details, quoted) > 0))
        )
        .order_by(CallRecord.id.desc())
        .limit(1)
    )
    rows = [CallRecordRow(**row) for row in select.dicts().execute(db)]
    return rows[0] if rows else None


def page(
    db: SqliteDatabase, query: CallRecordQuery, *, limit: int = 200, before_id: int | None = None
) -> list[CallRecordRow]:
    """Read the newest matching records, newest first; `before_id` continues a page."""
    select = CallRecord.select().order_by(CallRecord.id.desc()).limit(limit)
    if before_id is not None:
        select = select.where(CallRecord.id < before_id)
    if query.number:
        select = select.where(
            CallRecord.caller.startswith(query.number)
            | CallRecord.called.startswith(query.number)
            | CallRecord.connected.startswith(query.number)
        )
    if query.outcomes:
        select = select.where(CallRecord.outcome.in_(query.outcomes))
    if query.since is not None:
        select = select.where(CallRecord.started_at >= query.since)
    if query.until is not None:
        select = select.where(CallRecord.started_at < query.until)
    return [CallRecordRow(**row) for row in select.dicts().execute(db)]
