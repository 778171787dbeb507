"""The trace, read and followed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from app.api.trace import TracedMessage
from app.control import trace_commands
from app.control.trace_commands import follow, trace_page
from app.sip.flow import Address, Direction, Flow, Transport
from app.trace.capture import Capture

FLOW = Flow(Transport.UDP, Address("192.0.2.1", 5060), Address("192.0.2.2", 5060))


class Captured:
    def __init__(self) -> None:
        self.capture = Capture(None)

    def saw(self, call_id: str, number: int = 1) -> None:
        text = (
            "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\n"
            f"To: <sip:a@b>\r\nCall-ID: {call_id}\r\nCSeq: {number} OPTIONS\r\nContent-Length: 0\r\n\r\n"
        )
        self.capture.record(1000.0 + number, Direction.IN, FLOW, text.encode())


@pytest_asyncio.fixture
async def pbx() -> AsyncIterator[Captured]:
    found = Captured()
    found.capture.start()
    yield found
    await asyncio.to_thread(found.capture.stop)


async def next_of(stream: AsyncIterator[object]) -> TracedMessage:
    found = await anext(stream)
    assert isinstance(found, TracedMessage)
    return found


async def test_the_newest_messages_come_oldest_first(pbx: Captured) -> None:
    for number in range(4):
        pbx.saw("one" if number % 2 else "two", number)
    found = await trace_page(pbx, limit=3)
    assert isinstance(found, list)
    assert [message.row.cseq.split()[0] for message in found] == ["1", "2", "3"]
    assert "OPTIONS sip:a@b" in found[0].text
    found = await trace_page(pbx, call_id="one", full=False)
    assert isinstance(found, list)
    assert [(message.row.call_id, message.text) for message in found] == [("one", "")] * 2


async def test_a_followed_trace_misses_nothing(pbx: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trace_commands, "FOLLOW_S", 0.0)
    monkeypatch.setattr(trace_commands, "PAGE", 2)
    pbx.saw("one", 0)
    stream = follow(pbx, call_id="one")
    seen = [(await next_of(stream)).row.cseq.split()[0]]
    for number in range(1, 8):
        pbx.saw("one", number)
        pbx.saw("other", number)
    seen += [(await next_of(stream)).row.cseq.split()[0] for _ in range(7)]
    pbx.saw("one", 8)
    seen.append((await next_of(stream)).row.cseq.split()[0])
    assert seen == [str(number) for number in range(9)]
    await stream.aclose()  # type: ignore[attr-defined]
