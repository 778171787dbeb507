"""What all dialogs share: freed on close, errors on top, errands that end with the dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from ui import help_pages
from ui.errands import Errands
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.translated import Translated


class Dialog(Translated, QDialog):
    """Opened with `open()` or `show()`, never `exec()`: a nested loop would lose the window's coroutines."""

    topic = "index"  # the page of the manual that F1 opens

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.notices = NoticeBar()
        self.errands = Errands(self.report)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 14, 16, 14)
        self.column.setSpacing(10)
        self.column.addWidget(self.notices)
        self.buttons = QDialogButtonBox()
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self)
        shortcut.activated.connect(self.open_help)
        self.finished.connect(self.errands.stop)

    def showEvent(self, event: QShowEvent) -> None:
        """Let Enter always mean the one default button, not whichever happens to have the focus first."""
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(button.isDefault())
        super().showEvent(event)

    def open_help(self) -> None:
        """Open the manual at this dialog's page."""
        help_pages.show_topic(self.topic)

    def report(self, error: Exception) -> None:
        """Show an error on top of the dialog."""
        self.notices.show_error(error)
