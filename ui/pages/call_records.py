"""The page of the past calls: filtered by number, result and day; more are fetched at the end of the list."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from app.api import call_records
from app.api.call_records import CallRecordView, RecordFilter
from ui import texts
from ui.bridge import Bridge
from ui.errands import Errands, Report
from ui.models.call_records import CallRecordsModel, sound
from ui.pages.doctor import Doctor
from ui.pages.page import Page
from ui.widgets.details_pane import DetailsPane
from ui.widgets.empty_state import EmptyState, OrEmpty
from ui.widgets.page_header import SearchField, bar_button
from ui.widgets.table import Table

_PAGE = 200
_DOCTOR_HEIGHT = 150
_REST_MS = 250  # typing, and bursts of finished calls, rest this long before the list is asked for again

ANSWERED = ("answered",)
FAILED = tuple(code for code in texts.OUTCOME_WORDS if code != "answered")
_RESULTS: tuple[tuple[str, ...], ...] = ((), ANSWERED, FAILED)


class CallRecordsPage(Page):
    """Newest first. A finished call appears by itself while the top of the list is in sight."""

    topic = "calls"
    trace_requested = Signal(str)  # a SIP Call-ID
    message_requested = Signal(int)  # the id of a traced message
    record_requested = Signal(str, object)  # kind, key

    def __init__(self, bridge: Bridge, report: Report) -> None:
        super().__init__(bridge, report)
        self.model = CallRecordsModel(self)
        self._has_more = False
        self.search = SearchField()
        self.result = QComboBox()
        self.day = QComboBox()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.reload)
        self.table = Table(self.model, descending=True)
        self.empty = EmptyState("records")
        self.list = OrEmpty(self.table, self.empty)
        self.more = QPushButton()
        self.shown_count = QLabel()
        self.shown_count.setProperty("role", "hint")
        self.details = _CallDetails(bridge, self.errands)
        self._assemble()
        self._connect()
        self.retranslate()
        self._rows_changed()

    @property
    def filter(self) -> RecordFilter:
        """What the filter bar asks for."""
        days = self.day.currentIndex()
        since: float | None = None
        if days:
            midnight = datetime.fromtimestamp(time.time()).replace(hour=0, minute=0, second=0, microsecond=0)
            since = (midnight - timedelta(days=(0, 0, 6, 30)[days])).timestamp()
        return RecordFilter(
            number=self.search.text().strip(),
            outcomes=_RESULTS[max(0, self.result.currentIndex())],
            since=since,
        )

    def start(self) -> None:
        """Load the newest records."""
        self.reload()

    def go_to_search(self) -> None:
        """Go to the number."""
        self.search.setFocus()
        self.search.selectAll()

    def show_result(self, outcomes: tuple[str, ...]) -> None:
        """Show all, answered, or failed calls."""
        self.search.clear()
        self.day.setCurrentIndex(0)
        self.result.setCurrentIndex(_RESULTS.index(outcomes))

    def show_number(self, number: str) -> None:
        """Show the calls of one number."""
        self.show_result(())
        self.search.setText(number)

    @Slot()
    def recorded(self) -> None:
        """A call was recorded: fetch anew when the burst is over, unless the user reads further down."""
        if self.table.verticalScrollBar().value() == 0 and not self._rest.isActive():
            self._rest.start()

    @Slot()
    def reload(self) -> None:
        """Ask again from the newest."""
        self._rest.stop()
        self.errands.start(self._reload())

    def retranslate(self) -> None:
        """Set every text."""
        self.header.set_title(self.tr("Call records"))
        self.search.set_hint(self.tr("Number of caller or called"))
        for box, words, name in (
            (
                self.result,
                (self.tr("All results"), self.tr("Answered"), self.tr("Failed")),
                self.tr("Result"),
            ),
            (
                self.day,
                (self.tr("Any time"), self.tr("Today"), self.tr("Last 7 days"), self.tr("Last 31 days")),
                self.tr("Time"),
            ),
        ):
            for place, word in enumerate(words):
                box.setItemText(place, word)
            box.setAccessibleName(name)
        self.more.setText(self.tr("Show older calls"))
        self.shown_count.setText(self.tr("%n call(s) shown", "", self.model.total))
        self.table.setAccessibleName(self.tr("Call records"))
        if self.filter == RecordFilter():
            self.empty.set_texts(self.tr("No call has been made yet. Every finished call is listed here."))
        else:
            self.empty.set_texts(self.tr("No call passes the filter."), self.tr("Clear the filter"))
        self.details.show_row(self.table.current_row())
        self.model.retitle()

    def _assemble(self) -> None:
        for box, count in ((self.result, 3), (self.day, 4)):
            box.addItems([""] * count)
            box.setMinimumWidth(140)
            self.header.add(box)
        self.header.add(self.search)
        self.column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.shown_count)
        foot.addStretch(1)
        foot.addWidget(self.more)
        self.column.addLayout(foot)
        self.column.addWidget(self.details)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._rest.start)
        self.result.currentIndexChanged.connect(self._rest.start)
        self.day.currentIndexChanged.connect(self._rest.start)
        self.more.clicked.connect(lambda: self.errands.start(self._fetch_more(), self.more))
        self.empty.requested.connect(lambda: self.show_result(()))
        self.table.selected_row.connect(self.details.show_row)
        self.details.trace.clicked.connect(lambda: self.trace_requested.emit(self.details.call_id))
        self.details.doctor.evidence_requested.connect(self.message_requested)
        self.details.doctor.record_requested.connect(self.record_requested)
        for signal in (self.model.rowsInserted, self.model.rowsRemoved, self.model.modelReset):
            signal.connect(self._rows_changed)

    async def _reload(self) -> None:
        wanted = self.filter
        rows: list[CallRecordView] = await self.bridge.ask(call_records.page, wanted, _PAGE, None)
        if wanted != self.filter:
            return
        chosen = self.table.current_row()
        self._has_more = len(rows) >= _PAGE
        self.model.replace(rows)
        place = self.model.place(chosen.id) if chosen else None
        if place is not None:
            self.table.selectRow(place)
        self.retranslate()

    async def _fetch_more(self) -> None:
        oldest = min((row.id for row in self.model.all_rows()), default=None)
        rows: list[CallRecordView] = await self.bridge.ask(call_records.page, self.filter, _PAGE, oldest)
        self._has_more = len(rows) >= _PAGE
        for row in rows:
            self.model.put(row)
        self.model.flush()
        self._rows_changed()

    @Slot()
    def _rows_changed(self) -> None:
        is_empty = self.model.rowCount() == 0
        self.list.show_empty(is_empty)
        self.more.setVisible(self._has_more)
        self.shown_count.setText(self.tr("%n call(s) shown", "", self.model.total))
        self.shown_count.setVisible(not is_empty)
        if is_empty:
            self.details.show_row(None)


class _CallDetails(QFrame):
    """One past call in full, the way to its messages, and why it failed where the line doctor knows it."""

    def __init__(self, bridge: Bridge, errands: Errands) -> None:
        super().__init__()
        self.setObjectName("card")
        self.call_id = ""
        self._id = 0
        self.doctor = Doctor(bridge, errands)
        self.doctor.setMinimumHeight(_DOCTOR_HEIGHT)
        self.doctor.hide()
        self.doctor.examined.connect(self.doctor.setVisible)
        self.pane = DetailsPane()
        self.trace = bar_button("trace")
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.trace)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.addWidget(self.pane)
        column.addWidget(self.doctor)
        column.addLayout(row)

    def show_row(self, row: CallRecordView | None) -> None:
        """Show a record; None hides the pane."""
        self.setVisible(row is not None)
        if row is None:
            return
        if row.id != self._id:
            self._id = row.id
            self._examine(row)
        self.call_id = row.sip_call_ids[0] if row.sip_call_ids else ""
        self.trace.setText(self.tr("Messages of this call"))
        self.trace.setEnabled(bool(self.call_id))
        result = texts.outcome(row.outcome)
        if row.status:
            result += f" (SIP {row.status})"
        self.pane.show_pairs(
            (
                (self.tr("Result"), result),
                (
                    self.tr("Began, answered, ended"),
                    " – ".join(
                        texts.clock(moment) or "×"
                        for moment in (row.started_at, row.answered_at, row.ended_at)
                    ),
                ),
                (self.tr("Talked"), texts.duration(row.duration_s)),
                (self.tr("Caller's address"), row.caller_address),
                (self.tr("Sound"), "\n".join(filter(None, (sound(row), *self._relayed(row))))),
            )
        )

    def _examine(self, row: CallRecordView) -> None:
        """Only a call that failed; a busy telephone or a caller who hung up is no failure of a line."""
        self.doctor.hide()
        self.doctor.forget()
        if row.outcome not in ("answered", "cancelled") and any(row.sip_call_ids):
            self.doctor.examine_call(row.sip_call_ids)

    def _relayed(self, row: CallRecordView) -> list[str]:
        """What the relay counted on each side."""
        names = (self.tr("from the caller"), self.tr("from the called"))
        return [
            self.tr("{side}: {packets} packets, {lost} lost, jitter {jitter} ms").format(
                side=side, packets=leg.packets_in, lost=leg.lost, jitter=round(leg.jitter_ms, 1)
            )
            for side, leg in zip(names, row.legs, strict=False)
        ]
