"""The relay's counters become legs of a case: the carrier's side, of this line's calls only."""

from __future__ import annotations

import json
from typing import Any

from app.db.tables.call_record import CallRecordRow
from app.diagnosis.case import Case, CaseMessage
from app.services.case_sound import call_ids_of, streams

PHONE = {"packets_in": 500, "packets_out": 1, "lost": 0, "sdp_address": "10.0.1.1:4000"}
CARRIER = {
    "packets_in": 90,
    "packets_out": 500,
    "lost": 10,
    "jitter_ms": 3.5,
    "sdp_address": "203.0.113.7:9000",
    "source_address": "203.0.113.8:9000",
    "foreign_packets": 2,
}


def row(ids: list[str], legs: list[Any], *, answered_at: float | None = 110.0) -> CallRecordRow:
    return CallRecordRow(
        started_at=100.0,
        answered_at=answered_at,
        ended_at=130.0,
        caller="100",
        called="10086",
        outcome="answered",
        status=200,
        media="relay",
        details=json.dumps({"sip_call_ids": ids, "legs": legs}),
    )


def test_a_call_out_gives_the_called_side() -> None:
    (leg,) = streams([row(["phone", "first-try", "carrier"], [PHONE, CARRIER])], {"carrier"})
    assert leg == {
        "call_id": "carrier",
        "sdp_address": "203.0.113.7:9000",
        "source_seen": "203.0.113.8:9000",
        "sent": 500,
        "received": 90,
        "seconds": 20.0,
        "loss_percent": 10.0,
        "jitter_ms": 3.5,
        "foreign_packets": 2,
    }


def test_a_call_in_gives_the_calling_side() -> None:
    (leg,) = streams([row(["carrier", "phone"], [CARRIER, PHONE])], {"carrier"})
    assert (leg["call_id"], leg["received"]) == ("carrier", 90)


def test_a_call_without_a_packet_has_no_loss() -> None:
    silent = {"packets_in": 0, "packets_out": 400, "lost": 0}
    (leg,) = streams([row(["phone", "carrier"], [PHONE, silent])], {"carrier"})
    assert (leg["received"], leg["sent"], leg["loss_percent"]) == (0, 400, 0.0)
    assert "source_seen" not in leg


def test_other_calls_do_not_count() -> None:
    rows = [
        row(["phone", "another"], [PHONE, CARRIER]),
        row(["phone", "carrier"], []),
        row(["phone", "carrier"], [PHONE, CARRIER], answered_at=None),
        CallRecordRow(
            started_at=1, answered_at=2, ended_at=3, caller="1", called="2", outcome="answered", status=200
        ),
    ]
    assert streams(rows, {"carrier"}) == ()


def test_call_ids_of_messages_in_both_spellings() -> None:
    texts = ("INVITE sip:1@x SIP/2.0\r\nCall-ID: one@x\r\n\r\n", "BYE sip:1@x SIP/2.0\ni: two\n\n", "garbage")
    case = Case(messages=tuple(CaseMessage(text=text, is_out=True) for text in texts))
    assert call_ids_of(case) == {"one@x", "two"}
