"""What all pages share: margins, a header, the bridge, and errands that report to the notice bar."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.bridge import Bridge
from ui.errands import Errands, Report
from ui.widgets.page_header import PageHeader
from ui.widgets.translated import Translated


class Page(Translated, QWidget):
    """One page of the content area. `topic` names its place in the manual."""

    topic = "index"
    shown = Signal()

    def __init__(self, bridge: Bridge, report: Report) -> None:
        super().__init__()
        self.bridge = bridge
        self.errands = Errands(report)
        self.header = PageHeader()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 16, 8)
        self.column.setSpacing(8)
        self.column.addWidget(self.header)

    def start(self) -> None:
        """Load what the page shows; called when the engine has started, and after a restart."""

    def go_to_search(self) -> None:
        """Ctrl+F: go to the search field, where the page has one."""

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that the page is in sight now."""
        super().showEvent(event)
        self.shown.emit()
