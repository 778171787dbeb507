"""The relay's counters become legs of a case: the carrier's side, of this line's calls only."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from app.db.tables.call_record import CallRecordRow
from app.diagnosis.case import Case, CaseMessage
from app.diagnosis.streams import streams_of
from app.net.relay import LegCounters
from app.services.call_records import plain_counters
from app.services.case_sound import call_ids_of, running_streams, streams
from app.services.directory import LocalMedia, Settings
from app.sip import events
from app.sip.flow import Address
from tests.support.office import Office, in_virtual_time
from tests.support.phone import answering

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


def test_what_kind_of_sound_it_was_is_read_by_the_doctor() -> None:
    carrier = LegCounters(
        packets_in=400,
        packets_out=390,
        local_address=Address("2001:db8::1", 10_000),
        sdp_address=Address("203.0.113.7", 9000),
        payload_types=(0, 96),
        event_packets=((96, 12),),
        sampled_packets=25,
        silent_packets=24,
    )
    phone = LegCounters(packets_in=390, payload_types=(8, 101), event_packets=((101, 7),))
    legs = [json.loads(json.dumps(plain_counters(each))) for each in (phone, carrier)]  # as in a record
    (stream,) = streams_of(streams([row(["phone", "carrier"], legs)], {"carrier"}))
    assert (stream.call_id, stream.local) == ("carrier", ("2001:db8::1", 10_000))
    assert (stream.pt_sent, stream.pt_received, stream.event_types) == ((8, 101), (0, 96), (96,))
    assert stream.silence_percent == 96.0
    assert stream.digits is None  # nobody waits for keys in a call that is only passed on


def test_a_short_call_is_not_called_silent() -> None:
    short = CARRIER | {"sampled_packets": 15, "silent_packets": 15}
    (leg,) = streams([row(["phone", "carrier"], [PHONE, short])], {"carrier"})
    assert "silence_percent" not in leg


@pytest.mark.parametrize("mode", [LocalMedia.RELAY, LocalMedia.DIRECT])
@in_virtual_time
async def test_calls_that_run(mode: LocalMedia) -> None:
    async with Office(settings=Settings(local_media=mode)) as office:
        caller, callee = await office.phone("100"), await office.phone("101", behavior=answering)
        waiting = (await office.phone("102")).call("100")
        call = caller.call("101")
        await call.until(events.Accepted)
        await asyncio.sleep(7)
        ids = [call.session.call_id, callee.all_calls[0].session.call_id]
        assert await running_streams(office.exchange.calls, {"another", waiting.session.call_id}) == ()
        found = [await running_streams(office.exchange.calls, wanted) for wanted in (ids[:1], ids[1:], ids)]
        if mode is LocalMedia.DIRECT:
            assert found == [(), (), ()]
        else:
            assert [leg["call_id"] for (leg,) in found] == [ids[0], ids[1], ids[1]]
            assert [leg["received"] for (leg,) in found] == [0, 3, 3]
            assert all(7 <= leg["seconds"] < 8 for (leg,) in found)  # type: ignore[operator]
        waiting.hang_up()
        call.hang_up()
        await office.quiet()
        assert await running_streams(office.exchange.calls, ids) == ()
