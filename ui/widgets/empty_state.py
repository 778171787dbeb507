"""What an empty list shows instead of nothing: one sentence and one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui import icons
from ui.theme import muted


class EmptyState(QWidget):
    """A quiet drawing, a sentence, and the one thing to do about it."""

    requested = Signal()

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = icon
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence = QLabel()
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setWordWrap(True)
        self._sentence.setProperty("role", "hint")
        self.button = QPushButton()
        self.button.clicked.connect(self.requested)
        column = QVBoxLayout(self)
        column.addStretch()
        column.addWidget(self._icon)
        column.addSpacing(8)
        column.addWidget(self._sentence)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch()

    def set_texts(self, sentence: str, button: str = "") -> None:
        """Say what is missing; without a button text there is no button."""
        self._icon.setPixmap(icons.pixmap(self._name, muted(), 48))
        self._sentence.setText(sentence)
        self.button.setText(button)
        self.button.setVisible(bool(button))


class OrEmpty(QStackedWidget):
    """Shows a list, or its empty state while it has no rows."""

    def __init__(self, content: QWidget, empty: EmptyState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.empty = empty
        self.addWidget(content)
        self.addWidget(empty)

    def show_empty(self, is_empty: bool) -> None:
        """Choose which of the two is seen."""
        self.setCurrentIndex(1 if is_empty else 0)
