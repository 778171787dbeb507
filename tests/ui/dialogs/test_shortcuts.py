"""The shortcut sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.conftest import settle
from ui.dialogs.shortcuts import ShortcutsDialog


async def test_every_line_is_there_also_after_a_new_language(qt: QApplication) -> None:
    dialog = ShortcutsDialog(lambda: [("File", [("Quit", "Ctrl+Q")])])
    dialog.retranslate()
    await settle()
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert {"File", "Quit", "Ctrl+Q", "In lists", "F2"} <= set(texts)
    assert texts.count("Ctrl+Q") == 1
    dialog.deleteLater()
    await settle()
