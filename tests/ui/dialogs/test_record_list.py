"""The list window of a kind."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from shiboken6 import isValid

from app.api import records
from tests.support.fake_engine import FakeEngine
from tests.ui.conftest import settle
from ui.bridge import Bridge
from ui.dialogs import record_list as record_list_module
from ui.dialogs.record_list import RecordListDialog


@pytest.fixture
async def dialog(bridge: Bridge) -> AsyncIterator[RecordListDialog]:
    made = RecordListDialog(bridge, records.kind("extension"))
    made.show()
    await settle()
    yield made
    if isValid(made):
        made.done(0)
    await settle()


async def test_rows_and_requests(dialog: RecordListDialog) -> None:
    asked: list[tuple[str, object]] = []
    dialog.edit_requested.connect(lambda kind, key: asked.append((kind, key)))
    assert dialog.model.rowCount() == 3
    QTest.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    dialog.table.selectRow(1)
    dialog.edit.click()
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert asked == [("extension", None), ("extension", "101"), ("extension", "101")]


@pytest.mark.parametrize("is_sure", [True, False])
async def test_delete_asks_first(
    dialog: RecordListDialog, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, is_sure: bool
) -> None:
    asked: list[str] = []

    async def answer(parent: object, *, title: str, text: str, yes: str, no: str) -> bool:
        asked.append(text)
        return is_sure

    monkeypatch.setattr(record_list_module, "confirm", answer)
    dialog.table.selectAll()
    dialog.delete.click()
    await settle()
    assert asked == ["Delete 100, 101, 102? This cannot be undone."]
    assert (dialog.model.rowCount() == 0) is is_sure
    assert (dialog.list.currentWidget() is dialog.empty) is is_sure
    assert bool(engine.tables["extension"]) is not is_sure


async def test_it_follows_changes_made_elsewhere(dialog: RecordListDialog, bridge: Bridge) -> None:
    await bridge.ask(records.add_record, "extension", "500", {"description": "New"})
    await settle()
    assert dialog.table.current_row()["number"] == "500"


async def test_search_and_its_end(dialog: RecordListDialog) -> None:
    dialog.search.setText("102")
    assert dialog.model.rowCount() == 1
    dialog.search.setText("nothing like it")
    assert dialog.list.currentWidget() is dialog.empty
    dialog.empty.button.click()
    assert dialog.model.rowCount() == 3


async def test_without_rows_the_button_adds(dialog: RecordListDialog) -> None:
    asked: list[object] = []
    dialog.edit_requested.connect(lambda kind, key: asked.append(key))
    dialog.model.replace(())
    dialog.empty.button.click()
    assert asked == [None]
