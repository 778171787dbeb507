"""The page of the ring groups: numbers at which several extensions ring."""

from __future__ import annotations

from app.api import records
from ui.bridge import Bridge
from ui.errands import Report
from ui.pages.page import Page
from ui.record_list import RecordList


class RingGroupsPage(Page):
    """The list of the groups."""

    topic = "ring-groups"

    def __init__(self, bridge: Bridge, report: Report) -> None:
        super().__init__(bridge, report)
        self.groups = RecordList(bridge, records.kind("ring_group"), self.errands)
        self.column.addWidget(self.groups, 1)
        self.retranslate()

    def start(self) -> None:
        """Load the groups."""
        self.groups.load()

    def go_to_search(self) -> None:
        """Go to the search of the groups."""
        self.groups.go_to_search()

    def retranslate(self) -> None:
        """Set every text."""
        self.header.set_title(self.tr("Ring groups"))
