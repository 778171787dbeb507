"""The page of the calls in progress, each of which can be hung up from here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from app.api import calls, recordings
from app.events import CallState, CallView
from ui.bridge import Bridge
from ui.errands import Report
from ui.icons import show_icon
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
        self.pause_button = self.header.add_button("pause")
        self.record_button = self.header.add_button("record")
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
        self.record_button.clicked.connect(self.record_or_stop)
        self.pause_button.clicked.connect(self.pause_or_resume)
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
        self._name_recording()
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

    @Slot()
    def record_or_stop(self) -> None:
        """Record the selected call, or end its recording."""
        chosen = self.table.chosen_rows()
        if chosen:
            question = recordings.stop if chosen[0].recording else recordings.start
            self.errands.start(self._ask(question, chosen[0]), self.record_button)

    @Slot()
    def pause_or_resume(self) -> None:
        """Leave out what is said in the selected call for now, or go on."""
        chosen = self.table.chosen_rows()
        if chosen:
            question = recordings.resume if chosen[0].recording == "paused" else recordings.pause
            self.errands.start(self._ask(question, chosen[0]), self.pause_button)

    async def _ask(self, question: Callable[..., Awaitable[None]], call: CallView) -> None:
        await self.bridge.ask(question, call.id)

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
        talks = len(chosen) == 1 and chosen[0].state in (CallState.TALKING, CallState.HELD)
        self.record_button.setEnabled(talks)
        self.pause_button.setEnabled(talks and bool(chosen[0].recording))
        self._name_recording()

    def _name_recording(self) -> None:
        """The buttons say what they would do with the selected call."""
        chosen = self.table.chosen_rows()
        state = chosen[0].recording if len(chosen) == 1 else ""
        self.record_button.setText(self.tr("Stop recording") if state else self.tr("Record"))
        show_icon(self.record_button, "stop" if state else "record")
        self.pause_button.setText(self.tr("Resume") if state == "paused" else self.tr("Pause"))
        show_icon(self.pause_button, "play" if state == "paused" else "pause")
        self.pause_button.setToolTip(self.tr("Leave out of the recording what is said now"))
        self.pause_button.setVisible(bool(state))

    @Slot()
    def _rows_changed(self) -> None:
        self.list.show_empty(self.model.rowCount() == 0)
        self._selection_changed()
