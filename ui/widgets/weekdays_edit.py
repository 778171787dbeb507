"""The days of the week as seven boxes to tick."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from ui import texts, weekdays
from ui.widgets.translated import Translated


class WeekdaysEdit(Translated, QWidget):
    """Holds days as the text that is stored."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes = [QCheckBox() for _ in weekdays.DAYS]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(10)
        for box in self.boxes:
            row.addWidget(box)
            box.toggled.connect(self.edited)
        row.addStretch(1)
        self.setFocusProxy(self.boxes[0])
        self.retranslate()

    def text(self) -> str:
        """The days that are ticked."""
        return weekdays.write(frozenset(day for day, box in enumerate(self.boxes) if box.isChecked()))

    def set_text(self, text: str) -> None:
        """Tick the days of a stored text."""
        days = weekdays.read(text)
        for day, box in enumerate(self.boxes):
            box.blockSignals(True)  # nothing is edited by this
            box.setChecked(day in days)
            box.blockSignals(False)

    def retranslate(self) -> None:
        """Name the days."""
        for word, box in zip(weekdays.WORDS, self.boxes, strict=True):
            box.setText(texts.word(word))
