"""The page of the SIP trace: a live list that can be filtered and paused, and the message in full."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QWidget,
)

from app.api import calls, trace
from app.api.trace import TracedMessage, TraceFilter, TraceRow
from app.events import TraceGrew
from ui.bridge import Bridge
from ui.errands import Report
from ui.models.trace import TraceModel
from ui.pages.growing_page import GrowingPage
from ui.pages.trace_details import TraceDetails

_METHODS = (
    "INVITE",
    "REGISTER",
    "OPTIONS",
    "BYE",
    "CANCEL",
    "ACK",
    "UPDATE",
    "PRACK",
    "INFO",
    "SUBSCRIBE",
    "NOTIFY",
    "MESSAGE",
    "REFER",
)
_FIRST = 500  # rows asked for at the start and after a change of the filter
_STEP = 1000  # rows asked for at once while following


class TracePage(GrowingPage):
    """The messages, filtered, with the chosen one in full."""

    topic = "trace"
    export_requested = Signal(object)  # TraceFilter

    def __init__(self, bridge: Bridge, report: Report) -> None:
        self.model = TraceModel()
        super().__init__(bridge, report, self.model, "trace")
        self._seen = 0  # the newest id asked for
        self._known = 0  # the newest id there is
        self._call_id = ""  # the call that alone is shown
        self._legs: tuple[str, ...] = ()
        self.export_button = self.header.add_button("export")
        self.clear_button = self.header.add_button("clear")
        self.extension = QLineEdit()
        self.method = QComboBox()
        self.call = QToolButton()
        self._add_filter_bar()
        self.details = TraceDetails(bridge, self.errands)
        self._add_list(self.details, (320, 320))
        self._connect()
        self.retranslate()
        self._rows_changed()

    @property
    def filter(self) -> TraceFilter:
        """What the filter bar asks for."""
        return TraceFilter(
            extension=self.extension.text().strip(),
            call_ids=self._legs,
            method=str(self.method.currentData() or ""),
            text=self.text.text().strip(),
        )

    def start(self) -> None:
        """Load the newest messages."""
        self.reload()

    def show_extension(self, number: str) -> None:
        """Show only the messages of an extension."""
        self._clear_filter()
        self.extension.setText(number)

    def show_text(self, text: str) -> None:
        """Show only the messages that hold a text."""
        self._clear_filter()
        self.text.setText(text)

    def show_call(self, call_id: str) -> None:
        """Show only the call that a Call-ID belongs to, with all its legs; empty shows all again."""
        self._call_id = call_id
        self._legs = (call_id,) if call_id else ()
        self.retranslate()
        self.reload()

    def show_message(self, message: int) -> None:
        """Show the call of a message, and go to the message."""
        self.errands.start(self._show_message(message))

    async def _show_message(self, message: int) -> None:
        found: TracedMessage = await self.bridge.ask(trace.message, message)
        self.follow_button.setChecked(False)
        self._empty_filter()
        self._rest.stop()
        self._call_id, self._legs = found.row.call_id, (found.row.call_id,)
        await self._reload()
        place = self.model.place(message)
        if place is not None:
            self.table.selectRow(place)
            self.table.setFocus()

    def show_only_call(self, call_id: str) -> None:
        """Show the messages of a call and nothing else."""
        self._clear_filter()
        self.show_call(call_id)

    def follow(self, event: TraceGrew) -> None:
        """Fetch what is new, unless paused or still fetching."""
        self._known = max(self._known, event.last_id)
        if not self.pause_button.isChecked():
            self._fetch()

    @Slot()
    def reload(self) -> None:
        """Ask again from the start with the filter of now."""
        self._rest.stop()
        self.errands.start(self._reload())

    def retranslate(self) -> None:
        """Set every text."""
        self.header.set_title(self.tr("SIP trace"))
        self.follow_button.setText(self.tr("Follow"))
        self.follow_button.setToolTip(self.tr("Keep the newest message in sight"))
        is_paused = self.pause_button.isChecked()
        self.pause_button.setText(self.tr("Paused") if is_paused else self.tr("Pause"))
        self.pause_button.setToolTip(self.tr("Stop the list; messages are still captured"))
        self.export_button.setText(self.tr("Export…"))
        self.export_button.setToolTip(self.tr("Save the shown messages for Wireshark, without passwords"))
        self.clear_button.setText(self.tr("Clear"))
        self.clear_button.setToolTip(self.tr("Forget all captured messages"))
        self.extension.setPlaceholderText(self.tr("Extension"))
        self.extension.setAccessibleName(self.tr("Filter by extension"))
        self.method.setItemText(0, self.tr("All methods"))
        self.method.setAccessibleName(self.tr("Filter by method"))
        self.text.set_hint(self.tr("Any text in the message"))
        self.call.setText(self.tr("One call only"))
        self.call.setToolTip(self.tr("Show all messages again"))
        self.call.setVisible(bool(self._call_id))
        self.table.setAccessibleName(self.tr("SIP messages"))
        if self.filter == TraceFilter():
            self.empty.set_texts(
                self.tr("No SIP message yet. As soon as a phone says something, it appears here.")
            )
        else:
            self.empty.set_texts(self.tr("No message passes the filter."), self.tr("Clear the filter"))
        self.model.retitle()

    def _add_filter_bar(self) -> None:
        self.extension.setClearButtonEnabled(True)
        self.extension.setMaximumWidth(150)
        self.method.addItem("", "")
        for name in _METHODS:
            self.method.addItem(name, name)
        self.method.setMinimumWidth(150)
        self.call.setProperty("role", "bar")
        self.call.setCheckable(True)
        self.call.setChecked(True)
        bar = QHBoxLayout()
        bar.addWidget(self.extension)
        bar.addWidget(self.method)
        bar.addWidget(self.text, 1)
        bar.addWidget(self.call)
        self.column.addLayout(bar)
        for one, next_one in ((self.extension, self.method), (self.method, self.text)):
            QWidget.setTabOrder(one, next_one)

    def _connect(self) -> None:
        self.extension.textChanged.connect(self._rest.start)
        self.method.currentIndexChanged.connect(self._rest.start)
        self.call.clicked.connect(lambda: self.show_call(""))
        self.clear_button.clicked.connect(lambda: self.errands.start(self._clear(), self.clear_button))
        self.export_button.clicked.connect(lambda: self.export_requested.emit(self.filter))
        self.empty.requested.connect(self._clear_filter)
        self.table.selected_row.connect(self._show_row)
        self.details.call_requested.connect(self.show_call)
        for signal in (self.model.rowsInserted, self.model.rowsRemoved, self.model.modelReset):
            signal.connect(self._rows_changed)

    async def _find_legs(self) -> bool:
        """Ask which dialogs make up the call that is shown; whether there are others than known."""
        call_id = self._call_id
        legs: tuple[str, ...] = await self.bridge.ask(calls.legs_of, call_id) if call_id else ()
        if call_id != self._call_id or legs == self._legs:
            return False
        self._legs = legs
        return True

    async def _reload(self) -> None:
        await self._find_legs()
        wanted = self.filter
        rows = await self.bridge.ask(trace.page, wanted, 0, None, _FIRST)
        if wanted != self.filter:
            return  # the user typed on; the next answer is already asked for
        self._seen = max((row.id for row in rows), default=0)
        self._known = max(self._known, self._seen)
        chosen = self.table.current_row()
        self.model.replace(rows)
        self.retranslate()
        self._keep_newest()
        place = self.model.place(chosen.id) if chosen is not None else None
        if place is not None:
            self.table.selectRow(place)

    def _fetch(self) -> None:
        if not self._is_asking and self._known > self._seen:
            self._is_asking = True
            self.errands.start(self._fetch_rows())

    async def _fetch_rows(self) -> None:
        try:
            if self._call_id and await self._find_legs():  # a leg has joined: its first messages are old
                await self._reload()
                return
            wanted, known = self.filter, self._known
            rows: list[TraceRow] = await self.bridge.ask(trace.page, wanted, self._seen, None, _STEP)
            if wanted != self.filter:
                return
            self._seen = rows[-1].id if len(rows) >= _STEP else max(known, rows[-1].id if rows else 0)
            self.model.append(rows)
            self._keep_newest()
        finally:
            self._is_asking = False
        if not self.pause_button.isChecked():
            self._fetch()

    async def _clear(self) -> None:
        await self.bridge.ask(trace.clear)
        self.details.show_row(None)
        await self._reload()

    @Slot()
    def _clear_filter(self) -> None:
        self._empty_filter()
        self.show_call("")

    def _empty_filter(self) -> None:
        self.extension.clear()
        self.text.clear()
        self.method.setCurrentIndex(0)

    @Slot()
    def _rows_changed(self) -> None:
        is_empty = self.model.rowCount() == 0
        self.list.show_empty(is_empty)
        self.export_button.setEnabled(not is_empty)

    def _show_row(self, row: TraceRow | None) -> None:
        if row is not None:
            self._row_chosen(is_newest=row.id == self.model.newest)
        self.details.show_row(row)
