"""The trace of a call in progress holds all its legs and ends with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, cast

import pytest
import pytest_asyncio

from app.api import calls
from app.api.trace import TracedMessage
from app.control import call_trace
from app.control.call_trace import call_page, follow_call, legs_of
from app.errors import UserError
from app.pbx import Pbx
from app.sip.flow import Address, Direction, Flow, Transport
from app.trace.capture import Capture

FLOW = Flow(Transport.UDP, Address("192.0.2.1", 5060), Address("192.0.2.2", 5060))


class OneCall:
    """A Pbx with a capture and call 7, whose legs are `legs`; none = it is over."""

    def __init__(self) -> None:
        self.capture = Capture(None)
        self.legs: tuple[str, ...] = ("a",)

    def saw(self, call_id: str, number: int) -> None:
        text = f"INFO sip:a@b SIP/2.0\r\nCall-ID: {call_id}\r\nCSeq: {number} INFO\r\n\r\n"
        self.capture.record(1000.0 + number, Direction.IN, FLOW, text.encode())


@pytest_asyncio.fixture
async def pbx(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    found = OneCall()

    async def call_ids(_: object, call_id: int) -> tuple[str, ...]:
        if call_id != 7 or not found.legs:
            raise UserError("call.gone", "It has ended.")
        return found.legs

    monkeypatch.setattr(calls, "call_ids", call_ids)
    monkeypatch.setattr(call_trace, "FOLLOW_S", 0.0)
    found.capture.start()
    yield found
    await asyncio.to_thread(found.capture.stop)


def numbers(messages: object) -> list[str]:
    return [message.row.cseq.split()[0] for message in cast(list[TracedMessage], messages)]


@pytest.mark.parametrize(("call", "legs"), [("7", ("a",)), ("8", ()), ("x@y", ()), ("", ()), ("7" * 20, ())])
async def test_a_number_stands_for_the_legs_of_a_living_call(
    pbx: Pbx, call: str, legs: tuple[str, ...]
) -> None:
    assert await legs_of(pbx, call) == legs


async def test_a_page_holds_all_legs(pbx: Any) -> None:
    for number, call_id in enumerate(("a", "b", "other", "b")):
        pbx.saw(call_id, number)
    assert numbers(await call_page(pbx, ("a", "b"), 10, True)) == ["0", "1", "3"]
    assert numbers(await call_page(pbx, ("a", "b"), 2, False)) == ["1", "3"]


async def test_a_call_is_followed_over_its_legs_to_its_end(pbx: Any) -> None:
    pbx.saw("a", 0)
    seen: list[object] = []
    async for message in follow_call(pbx, "7", False):
        seen.append(message)
        if len(seen) == 1:
            pbx.legs = ("a", "b")
            pbx.saw("b", 1)
            pbx.saw("other", 2)
        elif len(seen) == 2:
            pbx.legs = ()
            pbx.saw("a", 3)
    assert numbers(seen) == ["0", "1", "3"]
