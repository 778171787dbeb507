"""What pages of lists that grow at their end share: following, pausing, a filter that waits for typing."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from ui.bridge import Bridge
from ui.errands import Report
from ui.models.rows import RowsModel
from ui.pages.page import Page
from ui.widgets.empty_state import EmptyState, OrEmpty
from ui.widgets.page_header import SearchField
from ui.widgets.table import Table

_TYPING_MS = 250  # a filter is asked for when the typing rests


class GrowingPage(Page):
    """Newest rows at the bottom; `Follow` keeps the newest in sight, `Pause` stops the list.

    A page adds its filter bar with `text` in it, then calls `_add_list`.
    """

    def __init__(self, bridge: Bridge, report: Report, model: RowsModel[Any], icon: str) -> None:
        super().__init__(bridge, report)
        model.setParent(self)
        self._is_asking = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_TYPING_MS)
        self._rest.timeout.connect(self.reload)
        self.follow_button = self.header.add_button("follow", is_checkable=True)
        self.follow_button.setChecked(True)
        self.follow_button.toggled.connect(self._keep_newest)
        self.pause_button = self.header.add_button("pause", is_checkable=True)
        self.pause_button.toggled.connect(self._pause)
        self.text = SearchField()
        self.text.setMaximumWidth(16_000)
        self.text.textChanged.connect(self._rest.start)
        self.table = Table(model, sortable=False)
        self.empty = EmptyState(icon)
        self.list = OrEmpty(self.table, self.empty)
        self.splitter = QSplitter(Qt.Orientation.Vertical)

    def go_to_search(self) -> None:
        """Go to the free text."""
        self.text.setFocus()
        self.text.selectAll()

    def reload(self) -> None:
        """Ask again with the filter of now."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Set every text."""
        raise NotImplementedError

    def _fetch(self) -> None:
        """Ask for what is new."""
        raise NotImplementedError

    def _add_list(self, details: QWidget, sizes: tuple[int, int]) -> None:
        """Put the list above the details of its chosen row."""
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(details)
        self.splitter.setSizes(sizes)
        self.splitter.setChildrenCollapsible(False)
        self.column.addWidget(self.splitter, 1)

    def _row_chosen(self, *, is_newest: bool) -> None:
        """Whoever goes to an older row wants to stay there."""
        self.follow_button.setChecked(is_newest and self.follow_button.isChecked())

    @Slot(bool)
    def _pause(self, is_paused: bool) -> None:
        self.retranslate()
        if not is_paused:
            self._fetch()

    @Slot()
    def _keep_newest(self) -> None:
        if self.follow_button.isChecked():
            self.table.scrollToBottom()
