"""The page of the external lines."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from app.events import LineState, RecordChanged
from tests.support.fake_engine import FakeEngine, line_view
from tests.ui.conftest import settle, until
from ui.dialogs.new_line import NewLineDialog
from ui.dialogs.record import RecordDialog
from ui.main_window import MainWindow
from ui.pages import lines as lines_module


async def shown(window: MainWindow, engine: FakeEngine, *states: LineState) -> None:
    window.show_page("lines")
    for place, state in enumerate(states):
        engine.line(line_view(f"line-{place}", state))
    await until(lambda: window.lines.model.rowCount() == len(states))


async def test_state_by_word_colour_and_icon_with_the_reason(window: MainWindow, engine: FakeEngine) -> None:
    await shown(window, engine, *LineState)
    model = window.lines.model
    assert [model.index(row, 1).data() for row in range(4)] == [
        "On line",
        "Registering",
        "Off line",
        "Disabled",
    ]
    icons = {
        model.index(row, 1).data(Qt.ItemDataRole.DecorationRole).pixmap(16).toImage().pixel(8, 8)
        for row in range(4)
    }
    assert len(icons) > 1
    assert model.index(2, 5).data().startswith("The carrier does not accept")
    assert window.status.lines.text() == "Lines 1 of 3"
    window.show_page("dashboard")
    assert window.dashboard.lines.accessibleName() == "1 of 3 external lines on line"


async def test_without_lines_there_is_the_assistant(window: MainWindow) -> None:
    window.show_page("lines")
    page = window.lines
    assert page.list.currentWidget() is page.empty
    assert window.status.lines.isHidden()
    page.empty.button.click()
    await settle()
    dialog = next(each for each in window.findChildren(QDialog) if each.isVisible())
    assert isinstance(dialog, NewLineDialog)
    dialog.reject()


async def test_enter_and_f2_edit(window: MainWindow, engine: FakeEngine) -> None:
    await shown(window, engine, LineState.REGISTERED)
    page = window.lines
    asked: list[str] = []
    page.edit_requested.disconnect()
    page.edit_requested.connect(asked.append)
    page.table.setFocus()
    page.table.selectRow(0)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    page.details.edit.click()
    assert asked == ["line-0", "line-0"]


@pytest.mark.parametrize("is_sure", [True, False])
async def test_delete_asks_first(
    window: MainWindow, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, is_sure: bool
) -> None:
    async def answer(parent: object, keys: list[str]) -> bool:
        assert keys == ["line-0"]
        return is_sure

    monkeypatch.setattr(lines_module, "confirm_delete", answer)
    await shown(window, engine, LineState.FAILED)
    window.lines.table.selectRow(0)
    window.lines.delete_button.click()
    await settle()
    assert ("line-0" in engine.tables["line"]) is not is_sure


async def test_a_line_just_saved_is_waited_for(window: MainWindow, engine: FakeEngine) -> None:
    await shown(window, engine, LineState.REGISTERED)
    window.lines.choose("line-9")
    engine.line(line_view("line-9", LineState.REGISTERING))
    await until(lambda: window.lines.details.name == "line-9")


async def test_register_now_and_a_deleted_line(window: MainWindow, engine: FakeEngine) -> None:
    await shown(window, engine, LineState.FAILED, LineState.REGISTERED)
    window.lines.choose("line-0")
    window.lines.details.register.click()
    await until(lambda: window.lines.details._state.text() == "Registering")
    del engine.lines["line-0"], engine.tables["line"]["line-0"]
    engine.publish(RecordChanged("line", "line-0", "deleted"))
    await until(lambda: window.lines.model.rowCount() == 1)
    assert window.lines.details.name == "line-1"


async def test_search(window: MainWindow, engine: FakeEngine) -> None:
    await shown(window, engine, LineState.FAILED, LineState.REGISTERED)
    window.lines.search.setText("on line")
    assert window.lines.model.rowCount() == 1
    window.lines.search.setText("nobody")
    window.lines.empty.button.click()
    assert window.lines.model.rowCount() == 2


async def test_from_the_line_to_its_messages(window: MainWindow, engine: FakeEngine) -> None:
    await shown(window, engine, LineState.REGISTERED)
    window.lines.choose("line-0")
    window.lines.details.trace.click()
    assert window.page is window.trace
    assert window.trace.filter.call_ids == ("reg-line-0",)


async def test_edit_opens_the_dialog_with_its_tabs(window: MainWindow, engine: FakeEngine) -> None:
    await shown(window, engine, LineState.REGISTERED)
    window.lines.choose("line-0")
    window.lines.details.edit.click()
    await settle()
    dialog = next(each for each in window.findChildren(QDialog) if each.isVisible())
    assert isinstance(dialog, RecordDialog)
    tabs = dialog.form._tabs
    assert [tabs.tabText(place) for place in range(3)] == ["Basic", "Incoming call", "Outgoing call"]
    assert dialog.topic == "lines"
    dialog.done(0)
