"""Call records: one row a call, queued and written behind, announced when it is in the database."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from typing import Any, Protocol

from app.calls.call import Call
from app.calls.causes import Outcome
from app.db.tables.call_record import CallRecordRow
from app.events import CallRecorded, EventBus
from app.sip.flow import Address


class Queue(Protocol):
    """The part of `db.write_behind.WriteBehind` that is used."""

    def add(self, row: CallRecordRow) -> None:
        """Queue a row."""
        ...


class CallRecords:
    """Turns a call that has ended into its row."""

    def __init__(self, queue: Queue, events: EventBus) -> None:
        self._queue = queue
        self._events = events

    def record(self, call: Call) -> None:
        """Queue the record of a call."""
        self._queue.add(
            CallRecordRow(
                started_at=call.started_at,
                answered_at=call.answered_at,
                ended_at=call.ended_at if call.ended_at is not None else call.started_at,
                caller=call.caller_number,
                caller_name=call.caller_name,
                caller_address=str(call.caller_flow.remote),
                called=call.called,
                connected=call.connected,
                outcome=(call.outcome or Outcome.FAILED).value,
                status=call.status,
                media=call.media,
                codec=call.codec,
                sip_call_id=call.sip_call_ids[0] if call.sip_call_ids else "",
                details=_details(call),
            )
        )

    def written(self, ids: Sequence[int]) -> None:
        """A batch is in the database."""
        for record_id in ids:
            self._events.publish(CallRecorded(record_id))


def _details(call: Call) -> str:
    """JSON: the Call-IDs of all legs, lines and trunks used, and what the relay counted on both sides."""
    if call.counters is None and len(call.sip_call_ids) < 2 and not call.ways and not call.diversions:
        return ""
    details: dict[str, Any] = {"sip_call_ids": call.sip_call_ids}
    if call.ways:
        details["ways"] = call.ways
    if call.diversions:
        details["forwarded"] = [[each.by, each.reason, each.to] for each in call.diversions]
    if call.counters is not None:
        details["legs"] = [plain_counters(counters) for counters in call.counters]
    return json.dumps(details)


def plain_counters(counters: Any) -> dict[str, Any]:
    """The counters of one leg by name, addresses as text."""
    names = (field.name for field in dataclasses.fields(counters))
    values = {name: getattr(counters, name) for name in names}
    return {name: str(value) if isinstance(value, Address) else value for name, value in values.items()}
