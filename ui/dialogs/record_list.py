"""The list window of one kind of record."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from app.fields import KindSpec
from ui import kinds, texts
from ui.bridge import Bridge
from ui.dialogs.dialog import Dialog
from ui.record_list import RecordList


class RecordListDialog(Dialog):
    """Shows the list of a kind in a window of its own."""

    def __init__(self, bridge: Bridge, kind: KindSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.topic = kinds.look(kind.name).topic
        self.records = RecordList(bridge, kind, self.errands)
        self.close_button = self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
        self.column.addWidget(self.records, 1)
        self.column.addWidget(self.buttons)
        self.close_button.clicked.connect(self.reject)
        for keys, target in (
            (QKeySequence.StandardKey.New, self.records.add.click),
            (QKeySequence.StandardKey.Find, self.records.go_to_search),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(target)
        self.resize(940, 540)
        self.retranslate()
        self.records.load()

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(texts.field_text(self.kind.plural))
        self.close_button.setText(self.tr("Close"))
