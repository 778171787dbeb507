"""The page of the services: the black/white lists of numbers and of addresses."""

from __future__ import annotations

from ui.bridge import Bridge
from ui.errands import Report
from ui.pages.record_tabs import RecordTabsPage

KINDS = ("screening", "ip_rule")


class ServicesPage(RecordTabsPage):
    """A tab a service."""

    topic = "black-list"

    def __init__(self, bridge: Bridge, report: Report) -> None:
        super().__init__(bridge, report, KINDS)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        super().retranslate()
        self.header.set_title(self.tr("Services"))
