"""One message in full, or a call's messages together."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from PySide6.QtGui import QGuiApplication

from tests.support.fake_engine import FakeEngine, message
from tests.ui.conftest import settle
from ui.bridge import Bridge
from ui.errands import Errands
from ui.pages.trace_details import TraceDetails


@pytest.fixture
async def details(bridge: Bridge, reported: list[Exception]) -> AsyncIterator[TraceDetails]:
    errands = Errands(reported.append)
    made = TraceDetails(bridge, errands)
    yield made
    errands.stop()
    made.deleteLater()
    await settle()
    assert reported == []


async def test_a_message_in_full(details: TraceDetails, engine: FakeEngine) -> None:
    engine.messages = [message(1), message(2, "200 OK")]
    assert not details.copy.isEnabled()
    details.show_row(engine.messages[1].row)
    await settle()
    assert details.text.toPlainText().startswith("SIP/2.0 200 OK\nCall-ID: c1")
    details.copy.click()
    assert QGuiApplication.clipboard().text() == details.text.toPlainText()
    details.show_row(None)
    assert details.text.toPlainText() == ""
    assert details._title.text() == "No message chosen"


async def test_the_whole_call(details: TraceDetails, engine: FakeEngine) -> None:
    engine.messages = [message(1), message(2, call_id="other"), message(3, "200 OK")]
    details.show_row(engine.messages[0].row)
    details.together.click()
    await settle()
    text = details.text.toPlainText()
    assert "X-Number: 1" in text
    assert "X-Number: 3" in text
    assert "X-Number: 2" not in text


async def test_the_whole_call_has_both_legs(details: TraceDetails, engine: FakeEngine) -> None:
    engine.messages = [message(1), message(2, call_id="callee"), message(3, call_id="other")]
    engine.legs = {"c1": ("c1", "callee")}
    details.show_row(engine.messages[0].row)
    details.together.click()
    await settle()
    text = details.text.toPlainText()
    assert [f"X-Number: {number}" in text for number in (1, 2, 3)] == [True, True, False]


async def test_the_filter_for_one_call(details: TraceDetails, engine: FakeEngine) -> None:
    engine.messages = [message(1)]
    asked: list[str] = []
    details.call_requested.connect(asked.append)
    details.only.click()
    details.show_row(engine.messages[0].row)
    details.only.click()
    await settle()
    assert asked == ["c1"]
