"""The list window of a kind."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from shiboken6 import isValid

from app.api import records
from tests.ui.conftest import settle
from ui.bridge import Bridge
from ui.dialogs.record_list import RecordListDialog


async def test_keys_of_the_window(bridge: Bridge) -> None:
    dialog = RecordListDialog(bridge, records.kind("extension"))
    dialog.show()
    dialog.activateWindow()
    await settle()
    asked: list[object] = []
    dialog.records.edit_requested.connect(lambda kind, key: asked.append((kind, key)))
    QTest.keyClick(dialog, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert asked == [("extension", None)]
    QTest.keyClick(dialog, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert dialog.focusWidget() is dialog.records.search
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    await settle()
    assert not isValid(dialog)
