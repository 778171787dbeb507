"""The questions the window and the command line ask about the trace."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from app.api import trace
from app.api.trace import TraceFilter
from app.errors import UserError
from app.sip.flow import Direction
from app.trace.capture import Capture
from tests.support.traced import OTHER, PHONE, request, response


@dataclass
class Pbx:
    capture: Capture = field(default_factory=lambda: Capture(None))


@pytest.fixture
def pbx() -> Pbx:
    made = Pbx()
    made.capture.record(1.0, Direction.IN, PHONE, request(body="Authorization: Digest response=1"))
    made.capture.record(1.1, Direction.OUT, OTHER, request(called="102", call_id="leg-2"))
    made.capture.record(1.2, Direction.IN, OTHER, response(call_id="leg-2"))
    return made


async def test_pages(pbx: Pbx) -> None:
    assert [row.id for row in await trace.page(pbx)] == [1, 2, 3]
    assert [row.id for row in await trace.page(pbx, TraceFilter(extension="102"))] == [2]
    assert [row.id for row in await trace.page(pbx, after=1, limit=1)] == [2]
    assert [row.id for row in await trace.page(pbx, before=3, limit=1)] == [2]
    assert len(await trace.page(pbx, limit=-5)) == 1


async def test_a_message_and_one_that_is_gone(pbx: Pbx) -> None:
    assert (await trace.message(pbx, 2)).row.call_id == "leg-2"
    with pytest.raises(UserError) as caught:
        await trace.message(pbx, 99)
    assert caught.value.code == "trace.gone"


async def test_the_ladder_joins_both_legs(pbx: Pbx) -> None:
    drawn = await trace.ladder(pbx, {"abc", "leg-2"})
    assert [arrow.label for arrow in drawn.arrows] == ["INVITE", "INVITE", "200 OK"]
    assert len(drawn.participants) == 3


async def test_an_export_hides_secrets_unless_asked(pbx: Pbx) -> None:
    assert b"response=1" not in await trace.export_pcapng(pbx)
    assert b"response=1" in await trace.export_pcapng(pbx, masked=False)
    assert b"sip:x02@" in await trace.export_pcapng(pbx, numbers_masked=True)
    one = await trace.export_pcapng(pbx, call_ids=["leg-2"])
    assert b"sip:102@" in one
    assert b"abc" not in one


async def test_clearing(pbx: Pbx) -> None:
    await trace.clear(pbx)
    assert await trace.page(pbx) == []
