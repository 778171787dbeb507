"""The list of a kind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.api import records
from tests.support.fake_engine import FakeEngine
from tests.ui.conftest import settle
from ui import kinds
from ui import record_list as record_list_module
from ui.bridge import Bridge
from ui.dialogs.record_list import RecordListDialog
from ui.record_list import RecordList


@pytest.fixture
async def rows(bridge: Bridge) -> AsyncIterator[RecordList]:
    made = RecordListDialog(bridge, records.kind("extension"))
    made.show()
    await settle()
    yield made.records
    made.done(0)
    await settle()


async def test_rows_and_requests(rows: RecordList) -> None:
    asked: list[tuple[str, object]] = []
    rows.edit_requested.connect(lambda kind, key: asked.append((kind, key)))
    assert rows.model.rowCount() == 3
    QTest.mouseClick(rows.add, Qt.MouseButton.LeftButton)
    rows.table.selectRow(1)
    rows.edit.click()
    QTest.keyClick(rows.table, Qt.Key.Key_Return)
    assert asked == [("extension", None), ("extension", "101"), ("extension", "101")]


@pytest.mark.parametrize("is_sure", [True, False])
async def test_delete_asks_first(
    rows: RecordList, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, is_sure: bool
) -> None:
    asked: list[str] = []

    async def answer(parent: object, keys: list[str]) -> bool:
        asked.extend(keys)
        return is_sure

    monkeypatch.setattr(record_list_module, "confirm_delete", answer)
    rows.table.selectAll()
    rows.delete.click()
    await settle()
    assert asked == ["100", "101", "102"]
    assert (rows.model.rowCount() == 0) is is_sure
    assert (rows.list.currentWidget() is rows.empty) is is_sure
    assert bool(engine.tables["extension"]) is not is_sure


async def test_it_follows_changes_made_elsewhere(rows: RecordList, bridge: Bridge) -> None:
    await bridge.ask(records.add_record, "extension", "500", {"description": "New"})
    await settle()
    assert rows.table.current_row()["number"] == "500"


async def test_a_new_record_is_chosen_also_when_another_changes_meanwhile(
    rows: RecordList, bridge: Bridge
) -> None:
    await asyncio.gather(
        bridge.ask(records.add_record, "extension", "500", {"description": "New"}),
        bridge.ask(records.set_record, "extension", "101", {"description": "Changed"}),
    )
    await settle()
    assert rows.table.current_row()["number"] == "500"
    await bridge.ask(records.set_record, "extension", "100", {"description": "Changed"})
    await settle()
    assert rows.table.current_row()["number"] == "500"


async def test_search_and_its_end(rows: RecordList) -> None:
    rows.search.setText("102")
    assert rows.model.rowCount() == 1
    rows.search.setText("nothing like it")
    assert rows.list.currentWidget() is rows.empty
    rows.empty.button.click()
    assert rows.model.rowCount() == 3


async def test_without_rows_the_button_adds(rows: RecordList) -> None:
    asked: list[object] = []
    rows.edit_requested.connect(lambda kind, key: asked.append(key))
    rows.model.replace(())
    rows.empty.button.click()
    assert asked == [None]


async def test_an_empty_list_says_what_it_is_for(bridge: Bridge) -> None:
    dialog = RecordListDialog(bridge, records.kind("screening"))
    dialog.show()
    await settle()
    assert "caller prefix anonymous" in dialog.records.empty._sentence.text()
    assert dialog.topic == "black-list"
    dialog.done(0)
    await settle()


def test_every_kind_with_a_list_has_its_look() -> None:
    for kind in records.kinds():
        if kind.name != "setting":
            assert kinds.look(kind.name).topic != "index", kind.name
