"""The page of the dial plan: the tracer, and the tables it goes through, in their order."""

from __future__ import annotations

from PySide6.QtCore import Slot

from app.events import RecordChanged
from ui.bridge import Bridge
from ui.errands import Report
from ui.pages.dial_plan_tracer import DialPlanTracer
from ui.pages.record_tabs import RecordTabsPage

KINDS = (
    "called_rule",
    "transition",
    "refine_rule",
    "caller_rule",
    "display_number",
    "did_route",
    "time_condition",
)


class RoutingPage(RecordTabsPage):
    """First the tracer, for most visits are questions."""

    topic = "dial-plan"

    def __init__(self, bridge: Bridge, report: Report) -> None:
        super().__init__(bridge, report, KINDS)
        self.tracer = DialPlanTracer(bridge, self.errands)
        self.tabs.insertTab(0, self.tracer, "")
        self.tabs.setCurrentIndex(0)
        self.retranslate()
        bridge.record_changed.connect(self._record_changed)

    def start(self) -> None:
        """Load every list, and who may call."""
        super().start()
        self.tracer.start()

    def show_tracer(self) -> None:
        """Go to the tracer."""
        self.tabs.setCurrentWidget(self.tracer)
        self.tracer.go_to_search()

    def go_to_search(self) -> None:
        """Go to the number to trace, or to the search of the list in sight."""
        if self.tabs.currentWidget() is self.tracer:
            self.tracer.go_to_search()
        else:
            super().go_to_search()

    def retranslate(self) -> None:
        """Set every text."""
        super().retranslate()
        self.header.set_title(self.tr("Routing"))
        self.tabs.setTabText(self.tabs.indexOf(self.tracer), self.tr("Tracer"))

    def tab_title(self, name: str) -> str:
        """Shorter than the kinds' own names: eight tabs are to be seen at once."""
        return {
            "called_rule": self.tr("Called numbers"),
            "transition": self.tr("Transitions"),
            "refine_rule": self.tr("Refine"),
            "caller_rule": self.tr("Caller numbers"),
            "display_number": self.tr("Display numbers"),
            "did_route": self.tr("DID routes"),
            "time_condition": self.tr("Time conditions"),
        }[name]

    @Slot(object)
    def _record_changed(self, event: RecordChanged) -> None:
        if event.kind in ("extension", "line", "trunk"):
            self.tracer.start()
