"""A page that holds several lists of records, each in a tab."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from app.api import records
from ui import texts
from ui.bridge import Bridge
from ui.errands import Report
from ui.pages.page import Page
from ui.record_list import RecordList


class RecordTabsPage(Page):
    """The lists by kind; `show_kind` goes to one."""

    def __init__(self, bridge: Bridge, report: Report, kind_names: Iterable[str]) -> None:
        super().__init__(bridge, report)
        self.tabs = QTabWidget()
        self.tabs.tabBar().setUsesScrollButtons(True)
        self.lists: dict[str, RecordList] = {}
        for name in kind_names:
            record_list = RecordList(bridge, records.kind(name), self.errands)
            self.lists[name] = record_list
            self.tabs.addTab(_with_margins(record_list), "")
        self.column.addWidget(self.tabs, 1)

    @property
    def current(self) -> RecordList | None:
        """The list in sight."""
        page = self.tabs.currentWidget()
        return next((each for each in self.lists.values() if each.parentWidget() is page), None)

    def start(self) -> None:
        """Load every list."""
        for record_list in self.lists.values():
            record_list.load()

    def show_kind(self, name: str) -> None:
        """Go to the list of a kind."""
        page = self.lists[name].parentWidget()
        if page is not None:
            self.tabs.setCurrentWidget(page)

    def go_to_search(self) -> None:
        """Go to the search of the list in sight."""
        if self.current is not None:
            self.current.go_to_search()

    def retranslate(self) -> None:
        """Name the tabs."""
        for name, record_list in self.lists.items():
            page = record_list.parentWidget()
            if page is not None:
                self.tabs.setTabText(self.tabs.indexOf(page), self.tab_title(name))

    def tab_title(self, name: str) -> str:
        """What the tab of a kind says."""
        return texts.field_text(records.kind(name).plural)


def _with_margins(content: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(10, 10, 10, 10)
    column.addWidget(content)
    return page
