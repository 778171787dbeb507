"""What the relay counted of a line's calls, as the legs of a case for the doctor."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping

from app.db.tables.call_record import CallRecordRow
from app.diagnosis.case import Case

_CALL_ID = re.compile(r"^(?:call-id|i)[ \t]*:[ \t]*(\S+)", re.I | re.M)


def call_ids_of(case: Case) -> frozenset[str]:
    """The Call-IDs that stand in the messages of a case."""
    return frozenset(found[1] for each in case.messages if (found := _CALL_ID.search(each.text)))


def streams(rows: Iterable[CallRecordRow], call_ids: Collection[str]) -> tuple[Mapping[str, object], ...]:
    """The legs toward the carrier of relayed calls, newest call first.

    `call_ids` are those of the carrier's side; calls that none of them belongs to are left out.
    """
    found = []
    for row in rows:
        if row.answered_at is None or not row.details:
            continue
        details = json.loads(row.details)
        ids: list[str] = details.get("sip_call_ids") or []
        legs: list[dict[str, object]] = details.get("legs") or []
        ours = [call_id for call_id in ids if call_id in call_ids]
        if not ours or len(legs) != 2:
            continue
        # The caller's Call-ID stands first; of the others the one tried last was answered.
        place = 0 if ours == ids[:1] else 1
        found.append(_stream(ours[-1], legs[place], row.ended_at - row.answered_at))
    return tuple(found)


def _stream(call_id: str, leg: Mapping[str, object], seconds: float) -> dict[str, object]:
    received, lost = _count(leg.get("packets_in")), _count(leg.get("lost"))
    values = {
        "call_id": call_id,
        "sdp_address": leg.get("sdp_address"),
        "source_seen": leg.get("source_address"),
        "sent": _count(leg.get("packets_out")),
        "received": received,
        "seconds": round(seconds, 1),
        "loss_percent": round(100 * lost / (received + lost), 1) if received + lost else 0.0,
        "jitter_ms": leg.get("jitter_ms"),
        "foreign_packets": _count(leg.get("foreign_packets")),
    }
    return {name: value for name, value in values.items() if value is not None}


def _count(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0
