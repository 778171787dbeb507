"""The head of a page: its title, a search field, and its buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from ui import icons
from ui.icons import show_icon


class SearchField(QLineEdit):
    """A line with a looking glass and a clear button; Ctrl+F comes here, Esc empties it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(220)
        self.setMaximumWidth(320)
        glass = QAction(self)
        show_icon(glass, "search")
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the field; in an empty one it goes on to the dialog."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def set_hint(self, text: str) -> None:
        """Say what is searched."""
        self.setPlaceholderText(text)
        self.setAccessibleName(text)


class PageHeader(QWidget):
    """Title to the left, buttons to the right. `find_requested` is Ctrl+F within the page."""

    find_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 4)
        self._row.addWidget(self._title)
        self._row.addStretch(1)

    def set_title(self, text: str) -> None:
        """Name the page."""
        self._title.setText(text)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the right end."""
        self._row.addWidget(widget)

    def add_button(self, icon: str, *, is_checkable: bool = False) -> QToolButton:
        """Put a button with drawing and text at the right end."""
        button = bar_button(icon)
        button.setCheckable(is_checkable)
        self._row.addWidget(button)
        return button


def bar_button(icon: str) -> QToolButton:
    """A flat button with drawing and text, reached by Tab."""
    button = QToolButton()
    button.setProperty("role", "bar")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    icons.show_icon(button, icon)
    return button
