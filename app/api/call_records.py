"""Questions about calls that have ended."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.db.tables import call_record
from app.db.tables.call_record import CallRecordQuery, CallRecordRow

if TYPE_CHECKING:
    from app.pbx import Pbx

__all__ = ["CallRecordView", "LegView", "RecordFilter", "call_ids_of", "page"]

_MOST_ROWS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFilter:
    """Which records to show; empty and None mean any. `number`: one of the parties begins with it."""

    number: str = ""
    outcomes: tuple[str, ...] = ()
    since: float | None = None
    until: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegView:
    """What the relay saw on one side of a call."""

    packets_in: int
    packets_out: int
    bytes_in: int
    bytes_out: int
    lost: int
    jitter_ms: float
    sdp_address: str
    source_address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecordView:
    """One finished call. Times are Unix seconds; `legs` (caller, called) only where the sound was relayed."""

    id: int
    started_at: float
    answered_at: float | None
    ended_at: float
    caller: str
    caller_name: str
    caller_address: str
    called: str
    connected: str
    outcome: str
    status: int
    media: str
    codec: str
    sip_call_ids: tuple[str, ...]
    legs: tuple[LegView, ...]

    @property
    def duration_s(self) -> float:
        """How long they talked."""
        return self.ended_at - self.answered_at if self.answered_at is not None else 0.0


async def page(
    pbx: Pbx, wanted: RecordFilter | None = None, limit: int = 200, before_id: int | None = None
) -> list[CallRecordView]:
    """The newest matching records, newest first; `before_id` continues a page."""
    wanted = wanted or RecordFilter()
    query = CallRecordQuery(
        number=wanted.number, outcomes=wanted.outcomes, since=wanted.since, until=wanted.until
    )
    rows = await pbx.configuration.database.run(
        call_record.page, query, limit=max(1, min(limit, _MOST_ROWS)), before_id=before_id
    )
    return [_view(row) for row in rows]


def _view(row: CallRecordRow) -> CallRecordView:
    details: dict[str, Any] = json.loads(row.details) if row.details else {}
    return CallRecordView(
        id=row.id,
        started_at=row.started_at,
        answered_at=row.answered_at,
        ended_at=row.ended_at,
        caller=row.caller,
        caller_name=row.caller_name,
        caller_address=row.caller_address,
        called=row.called,
        connected=row.connected,
        outcome=row.outcome,
        status=row.status,
        media=row.media,
        codec=row.codec,
        sip_call_ids=call_ids_of(row),
        legs=tuple(_leg(leg) for leg in details.get("legs", ())),
    )


def call_ids_of(row: CallRecordRow) -> tuple[str, ...]:
    """The SIP Call-IDs of a finished call's legs, the caller's first."""
    details: dict[str, Any] = json.loads(row.details) if row.details else {}
    return tuple(details.get("sip_call_ids") or [row.sip_call_id])


def _leg(values: dict[str, Any]) -> LegView:
    return LegView(
        packets_in=values.get("packets_in", 0),
        packets_out=values.get("packets_out", 0),
        bytes_in=values.get("bytes_in", 0),
        bytes_out=values.get("bytes_out", 0),
        lost=values.get("lost", 0),
        jitter_ms=values.get("jitter_ms", 0.0),
        sdp_address=str(values.get("sdp_address") or ""),
        source_address=str(values.get("source_address") or ""),
    )
