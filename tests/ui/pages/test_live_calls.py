"""The page of the calls in progress."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.api.trace import TraceFilter
from app.events import CallState
from tests.support.fake_engine import FakeEngine, call_view
from tests.ui.conftest import settle, until
from ui.main_window import MainWindow


async def test_hang_up_the_chosen_calls(window: MainWindow, engine: FakeEngine) -> None:
    window.show_page("calls")
    page = window.calls
    for number in (1, 2, 3):
        engine.call(call_view(number, CallState.TALKING))
    await until(lambda: page.model.rowCount() == 3)
    page.table.clearSelection()
    assert not page.hang_up_button.isEnabled()
    page.table.selectAll()
    QTest.mouseClick(page.hang_up_button, Qt.MouseButton.LeftButton)
    await settle()
    assert engine.live == {}
    await until(lambda: not page.hang_up_button.isEnabled())


async def test_a_call_that_has_gone_is_reported(window: MainWindow, engine: FakeEngine) -> None:
    page = window.calls
    engine.call(call_view(9, CallState.TALKING))
    await until(lambda: page.model.rowCount() == 1)
    engine.live.clear()
    page.table.selectRow(0)
    page.hang_up()
    await settle()
    assert window.notices.sentences == ["Error: Call 9 has ended already."]


async def test_without_calls_the_past_ones_are_offered(window: MainWindow) -> None:
    window.show_page("calls")
    assert window.calls.list.currentWidget() is window.calls.empty
    window.calls.empty.button.click()
    assert window.page is window.records


async def test_the_messages_of_a_call(window: MainWindow, engine: FakeEngine) -> None:
    window.show_page("calls")
    page = window.calls
    engine.call(call_view(1, CallState.TALKING))
    engine.call(call_view(2, CallState.TALKING))
    await until(lambda: page.model.rowCount() == 2)
    page.table.selectAll()
    assert not page.trace_button.isEnabled()
    page.table.selectRow(0)
    chosen = page.table.chosen_rows()[0].id
    engine.legs = {f"call {chosen}": ("a", "b"), "a": ("a", "b")}
    QTest.mouseClick(page.trace_button, Qt.MouseButton.LeftButton)
    await until(lambda: window.page is window.trace)
    await until(lambda: window.trace.filter == TraceFilter(call_ids=("a", "b")))
