"""The tracer tells what would happen, by which record, and what would be sent."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from app.api.dial_plan import Trace, explain
from app.errors import UserError
from app.services.dial_plan_query import Blocked
from tests.support.data_folder import Records, opened

MONDAY = "2026-11-23T10:00"


@pytest_asyncio.fixture
async def pbx(tmp_path: Path) -> AsyncIterator[Records]:
    async with opened(tmp_path) as records:
        configuration = records.configuration
        await configuration.set("setting", "time_zone", {"value": "Asia/Shanghai"})
        await configuration.add(
            "line", "sonetel", {"user": "abc", "domain": "gmail.com", "proxy": "sip.sonetel.com"}
        )
        await configuration.add("trunk", "branch", {"address": "198.51.100.7", "caller_id_form": "pai"})
        yield records


async def test_a_call_over_a_line_with_all_that_is_sent(pbx: Records) -> None:
    trace = await explain(pbx, "101", "9123", MONDAY)
    assert not trace.is_blocked
    assert (trace.route.kind, trace.route.name, trace.route.number) == ("line", "sonetel", "123")
    assert trace.sent is not None
    found = trace.as_json()
    assert found["blocked"] is False
    assert found["blocked_by"] is None
    assert found["route"] == {"kind": "line", "name": "sonetel", "number": "123"}
    assert found["sent"] == {
        "request_uri": "sip:123@gmail.com;user=phone",
        "from": "<sip:abc@gmail.com>",
        "to": "<sip:123@gmail.com;user=phone>",
        "p_asserted_identity": "",
        "route": "<sip:sip.sonetel.com;lr>",
        "headers": [],
    }
    assert found["at"] == "2026-11-23T10:00:00+08:00"
    assert json.loads(json.dumps(found)) == found


async def test_a_blocked_call_names_the_record(pbx: Records) -> None:
    await pbx.configuration.add("screening", "7", {"called_prefix": "9"})
    await pbx.configuration.add("screening", "8", {"called_prefix": "91", "rate": "0"})
    await pbx.configuration.add("screening", "9", {"called_prefix": "92", "rate": "99"})
    found = (await explain(pbx, "101", "9523")).as_json()
    assert found["blocked"] is True
    assert found["blocked_by"] == found["screened_by"] == {"kind": "screening", "key": "7"}
    assert found["route"] == {"kind": "refused", "status": 403, "reason": "Forbidden"}
    assert found["sent"] is None
    passed = await explain(pbx, "101", "9123")
    assert (passed.blocked_by, passed.screened_by) == (None, Blocked("screening", "8"))
    by_chance = await explain(pbx, "101", "9223")
    assert (by_chance.blocked_by, by_chance.screened_by) == (None, Blocked("screening", "9"))
    assert "99 %" in by_chance.steps[0].text


async def test_a_call_inside_sends_nothing_outside(pbx: Records) -> None:
    trace = await explain(pbx, "101", "102")
    assert (trace.route.kind, trace.route.number, trace.sent) == ("extension", "102", None)
    assert trace.as_json()["candidates"] == [
        {"kind": "extension", "name": "102", "number": "102", "sent": None}
    ]


async def test_a_number_that_is_no_extension_is_traced_with_the_usual_rights(pbx: Records) -> None:
    trace = await explain(pbx, "1011", "9123")
    assert trace.route.kind == "line"
    assert trace.steps[0].code == "caller.assumed"


async def test_a_caller_outside_comes_by_a_line_or_trunk(pbx: Records) -> None:
    await pbx.configuration.set("line", "sonetel", {"incoming_to": "100"})
    await pbx.configuration.add("screening", "1", {"caller_prefix": "anonymous"})
    assert (await explain(pbx, "line:sonetel:025", "abc")).route.name == "100"
    for caller in ("line:sonetel", "line:sonetel:Anonymous", "anonymous"):
        assert (await explain(pbx, caller, "100")).blocked_by == Blocked("screening", "1")
    found = await explain(pbx, "trunk:branch:025", "101")
    assert (found.route.name, found.shown_number) == ("101", "025")


async def test_the_headers_of_a_trunk_and_an_emergency_call(pbx: Records) -> None:
    await pbx.configuration.set("setting", "default_route", {"value": "trunk:branch"})
    trace = await explain(pbx, "101", "7000")
    assert trace.sent is not None
    assert trace.sent.p_asserted_identity == "<sip:101@198.51.100.7>"
    emergency = await explain(pbx, "101", "110")
    assert emergency.is_emergency
    assert [way.name for way in emergency.ways] == ["sonetel", "branch"]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-23", "2026-11-23T00:00:00+08:00"),
        ("2026-11-23 09:30", "2026-11-23T09:30:00+08:00"),
        ("2026-11-23T01:00:00+00:00", "2026-11-23T09:00:00+08:00"),
        (datetime(2026, 11, 23, 1, 0, tzinfo=UTC), "2026-11-23T09:00:00+08:00"),
    ],
)
async def test_moments_are_in_the_systems_time_zone(pbx: Records, at: str | datetime, expected: str) -> None:
    assert (await explain(pbx, "101", "102", at)).at == expected


async def test_an_hour_alone_is_today(pbx: Records) -> None:
    assert "T09:05:00+08:00" in (await explain(pbx, "101", "102", "9:05")).at
    assert (await explain(pbx, "101", "102")).at.endswith("+08:00")


@pytest.mark.parametrize(
    ("caller", "at", "field"),
    [
        ("", MONDAY, "caller"),
        ("line:gone", MONDAY, "caller"),
        ("trunk:gone:1", MONDAY, "caller"),
        ("planet:mars", MONDAY, "caller"),
        ("101", "yesterday", "at"),
        ("101", "25:00", "at"),
    ],
)
async def test_what_cannot_be_traced_is_refused_in_words(
    pbx: Records, caller: str, at: str, field: str
) -> None:
    with pytest.raises(UserError) as refusal:
        await explain(pbx, caller, "9123", at)
    assert refusal.value.field == field


async def test_the_time_decides_with_the_rules(pbx: Records) -> None:
    await pbx.configuration.add("time_condition", "office", {"weekdays": "mon-fri"})
    await pbx.configuration.set("line", "sonetel", {"time_condition": "office"})
    monday: Trace = await explain(pbx, "101", "9123", MONDAY)
    sunday: Trace = await explain(pbx, "101", "9123", "2026-11-22T10:00")
    assert (monday.route.kind, sunday.route.kind) == ("line", "refused")
