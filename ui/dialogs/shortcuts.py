"""The sheet of all keyboard shortcuts, made from the menus."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.dialogs.dialog import Dialog

Sheet = Sequence[tuple[str, Sequence[tuple[str, str]]]]  # title of a menu -> its entries' texts and keys


class ShortcutsDialog(Dialog):
    """One block a menu, and one for what works inside lists."""

    def __init__(self, sheet: Callable[[], Sheet], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._blocks = QWidget()
        self.column.addWidget(self._blocks)
        self.column.addWidget(self.buttons)
        self._close = self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
        self._close.setDefault(True)
        self._close.clicked.connect(self.reject)
        self.retranslate()

    def retranslate(self) -> None:
        """Write the sheet anew."""
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self._close.setText(self.tr("Close"))
        in_lists = (
            (self.tr("Open or edit the chosen row"), "Enter"),
            (self.tr("Edit the chosen record"), "F2"),
            (self.tr("Delete, or hang up"), "Del"),
            (self.tr("Copy the chosen rows"), "Ctrl+C"),
            (self.tr("Close a dialog, empty a search"), "Esc"),
        )
        blocks = QWidget()
        row = QHBoxLayout(blocks)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(32)
        columns = [QVBoxLayout(), QVBoxLayout()]
        heights = [0, 0]
        for title, lines in (*self._sheet(), (self.tr("In lists"), in_lists)):
            shorter = 0 if heights[0] <= heights[1] else 1
            columns[shorter].addWidget(_block(title, lines))
            heights[shorter] += len(lines) + 2
        for column in columns:
            column.setSpacing(12)
            column.addStretch(1)
            row.addLayout(column)
        self.column.replaceWidget(self._blocks, blocks)
        self._blocks.hide()
        self._blocks.deleteLater()
        self._blocks = blocks


def _block(title: str, lines: Sequence[tuple[str, str]]) -> QWidget:
    block = QWidget()
    grid = QGridLayout(block)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(4)
    grid.setHorizontalSpacing(24)
    head = QLabel(title)
    head.setProperty("role", "heading")
    grid.addWidget(head, 0, 0, 1, 2)
    for place, (text, keys) in enumerate(lines, start=1):
        shown = QLabel(keys)
        shown.setProperty("role", "hint")
        grid.addWidget(QLabel(text), place, 0)
        grid.addWidget(shown, place, 1, Qt.AlignmentFlag.AlignRight)
    grid.setColumnStretch(0, 1)
    return block
