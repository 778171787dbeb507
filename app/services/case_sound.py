"""What the relay counted of a line's calls, running and ended, as the legs of a case for the doctor."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from app.calls.call import Call
from app.db.tables.call_record import CallRecordRow
from app.diagnosis.case import Case
from app.services.call_records import plain_counters

_CALL_ID = re.compile(r"^(?:call-id|i)[ \t]*:[ \t]*(\S+)", re.I | re.M)
_FEWEST_SAMPLES: Final = 16  # of one packet in sixteen: some five seconds

Leg = Mapping[str, object]
Streams = tuple[Leg, ...]


def call_ids_of(case: Case) -> frozenset[str]:
    """The Call-IDs that stand in the messages of a case."""
    return frozenset(found[1] for each in case.messages if (found := _CALL_ID.search(each.text)))


async def running_streams(calls: Iterable[Call], call_ids: Collection[str]) -> Streams:
    """The legs toward the carrier of relayed calls in which two talk now, newest call first.

    `call_ids` as for `streams`.
    """
    found: list[Leg] = []
    for call in list(calls):
        bridge, answered_at = call.bridge, call.answered_at
        if bridge is None or answered_at is None:
            continue
        ids = [call.caller.session.call_id, bridge.callee.session.call_id]
        place = _carriers_place(ids, call_ids)
        counters = None if place is None else await call.sound_so_far()
        if place is None or counters is None:
            continue
        seconds = call.surroundings.clock() - answered_at
        found.insert(0, _stream(ids[place], [plain_counters(each) for each in counters], place, seconds))
    return tuple(found)


def streams(rows: Iterable[CallRecordRow], call_ids: Collection[str]) -> Streams:
    """The legs toward the carrier of relayed calls that have ended, newest call first.

    `call_ids` are those of the carrier's side; calls that none of them belongs to are left out.
    """
    found = []
    for row in rows:
        if row.answered_at is None or not row.details:
            continue
        details = json.loads(row.details)
        ids: list[str] = details.get("sip_call_ids") or []
        legs: list[Leg] = details.get("legs") or []
        ours = [call_id for call_id in ids if call_id in call_ids]
        if not ours or len(legs) != 2:
            continue
        # The caller's Call-ID stands first; of the others the one tried last was answered.
        place = 0 if ours == ids[:1] else 1
        found.append(_stream(ours[-1], legs, place, row.ended_at - row.answered_at))
    return tuple(found)


def _carriers_place(ids: Sequence[str], call_ids: Collection[str]) -> int | None:
    """Which of caller and callee is the carrier: the callee where both are."""
    return next((place for place in (1, 0) if ids[place] in call_ids), None)


def _stream(call_id: str, legs: Sequence[Leg], place: int, seconds: float) -> Leg:
    leg, other = legs[place], legs[1 - place]
    received, lost = _count(leg.get("packets_in")), _count(leg.get("lost"))
    values = {
        "call_id": call_id,
        "local": leg.get("local_address"),
        "sdp_address": leg.get("sdp_address"),
        "source_seen": leg.get("source_address"),
        "sent": _count(leg.get("packets_out")),
        "received": received,
        "seconds": round(seconds, 1),
        "pt_sent": _numbers(other.get("payload_types")),  # the relay passes on what came from there
        "pt_received": _numbers(leg.get("payload_types")),
        "pt_events": _numbers(leg.get("event_packets")),
        "loss_percent": round(100 * lost / (received + lost), 1) if received + lost else 0.0,
        "jitter_ms": leg.get("jitter_ms"),
        "silence_percent": _silence(leg),
        "foreign_packets": _count(leg.get("foreign_packets")),
    }
    return {name: value for name, value in values.items() if value is not None}


def _silence(leg: Leg) -> float | None:
    """Percent of the samples that were silent; None where they are too few to tell."""
    sampled = _count(leg.get("sampled_packets"))
    if sampled < _FEWEST_SAMPLES:
        return None
    return round(100 * _count(leg.get("silent_packets")) / sampled, 1)


def _numbers(given: object) -> list[int] | None:
    """Payload types, or those of pairs of payload type and packets; None where there are none."""
    rows = given if isinstance(given, list | tuple) else ()
    return [_count(each[0] if isinstance(each, list | tuple) else each) for each in rows] or None


def _count(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0
