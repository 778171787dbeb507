"""The page of the calls in progress, each of which can be hung up from here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from app.api import calls
from app.events import CallState, CallView
from ui.bridge import Bridge
from ui.errands import Report
from ui.models.calls import CallsModel
from ui.pages.page import Page
from ui.widgets.empty_state import EmptyState, OrEmpty
from ui.widgets.table import Table


class LiveCallsPage(Page):
    """The list of calls, newest first."""

    topic = "calls"
    records_requested = Signal()
    trace_requested = Signal(str)  # the Call-ID of the caller's leg

    def __init__(self, bridge: Bridge, report: Report, model: CallsModel) -> None:
        super().__init__(bridge, report)
        self.model = model
        self.trace_button = self.header.add_button("trace")
        self.hang_up_button = self.header.add_button("hang-up")
        self.table = Table(model, sort_column=6, descending=True)
        self.empty = EmptyState("calls")
        self.list = OrEmpty(self.table, self.empty)
        self.column.addWidget(self.list, 1)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.hang_up)
        self.hang_up_button.clicked.connect(self.hang_up)
        self.trace_button.clicked.connect(self.show_trace)
        self.empty.requested.connect(self.records_requested)
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset, model.dataChanged):
            signal.connect(self._rows_changed)
        self.retranslate()
        self._rows_changed()

    def retranslate(self) -> None:
        """Set every text."""
        self.header.set_title(self.tr("Live calls"))
        self.hang_up_button.setText(self.tr("Hang up"))
        self.hang_up_button.setToolTip(self.tr("End the selected calls (Delete)"))
        self.trace_button.setText(self.tr("SIP trace"))
        self.trace_button.setToolTip(self.tr("Show the messages of the selected call"))
        self.table.setAccessibleName(self.tr("Live calls"))
        self.empty.set_texts(self.tr("Nobody is on the phone."), self.tr("Show past calls"))
        self.model.retitle()

    @Slot()
    def hang_up(self) -> None:
        """End the selected calls."""
        chosen = [call for call in self.table.chosen_rows() if call.state is not CallState.ENDED]
        if chosen:
            self.errands.start(self._hang_up(chosen))

    @Slot()
    def show_trace(self) -> None:
        """Show the messages of the selected call."""
        chosen = self.table.chosen_rows()
        if chosen:
            self.errands.start(self._show_trace(chosen[0]))

    async def _show_trace(self, call: CallView) -> None:
        legs: tuple[str, ...] = await self.bridge.ask(calls.call_ids, call.id)
        self.trace_requested.emit(legs[0])

    async def _hang_up(self, chosen: list[CallView]) -> None:
        for call in chosen:
            await self.bridge.ask(calls.hang_up, call.id)

    @Slot()
    def _selection_changed(self) -> None:
        chosen = self.table.chosen_rows()
        living = [call for call in chosen if call.state is not CallState.ENDED]
        self.hang_up_button.setEnabled(bool(living))
        self.trace_button.setEnabled(len(chosen) == 1 and bool(living))

    @Slot()
    def _rows_changed(self) -> None:
        self.list.show_empty(self.model.rowCount() == 0)
        self._selection_changed()
