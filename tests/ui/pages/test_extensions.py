"""The page of the extensions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.events import ExtensionState
from tests.support.fake_engine import FakeEngine
from tests.ui.conftest import settle, until
from ui.dialogs.record import RecordDialog
from ui.main_window import MainWindow


async def test_the_chosen_extension_and_its_devices(window: MainWindow, engine: FakeEngine) -> None:
    page = window.extensions
    window.show_page("extensions")
    page.choose("101")
    assert page.details.number == "101"
    assert not page.details._hint.isHidden()
    engine.register("101")
    await until(lambda: page.details._state.text() == "Idle")
    assert page.details.bindings.index(0, 2).data() == "Testphone 1.0"
    assert page.details._hint.isHidden()
    engine.register("101", state=ExtensionState.OFF)
    await until(lambda: page.details._state.text() == "Not registered")


async def test_an_extension_just_saved_is_waited_for(window: MainWindow, engine: FakeEngine) -> None:
    page = window.extensions
    window.show_page("extensions")
    page.search.setText("102")
    window.commands.edit_record("extension", None)
    await settle()
    dialog = next(each for each in window.findChildren(RecordDialog) if each.isVisible())
    dialog.form.editors["number"].set_value("1055")
    dialog.save.click()
    await settle()
    assert "1055" in engine.tables["extension"]
    await until(lambda: page.details.number == "1055")
    assert page.table.current_row().number == "1055"


async def test_enter_edits(window: MainWindow) -> None:
    asked: list[str] = []
    page = window.extensions
    page.edit_requested.disconnect()
    page.edit_requested.connect(asked.append)
    page.choose("102")
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    page.details.edit.click()
    assert asked == ["102", "102"]


async def test_search_without_a_match_offers_to_clear(window: MainWindow) -> None:
    page = window.extensions
    page.search.setText("zzz")
    assert page.list.currentWidget() is page.empty
    assert page.details.isHidden()
    page.empty.button.click()
    assert page.model.rowCount() == 3


async def test_without_extensions_the_first_can_be_added(window: MainWindow) -> None:
    asked: list[bool] = []
    page = window.extensions
    page.add_requested.disconnect()
    page.add_requested.connect(lambda: asked.append(True))
    page.model.replace(())
    page.empty.button.click()
    assert asked == [True]
