"""The lower half of the trace page: one message in full, or the whole call's messages together."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from app.api import calls, trace
from app.api.trace import TracedMessage, TraceFilter, TraceRow
from ui import texts
from ui.bridge import Bridge
from ui.errands import Errands
from ui.widgets.message_text import SEPARATOR, MessageText
from ui.widgets.page_header import bar_button
from ui.widgets.translated import Translated

_MOST_MESSAGES = 200  # of a call shown together; the list has the rest


class TraceDetails(Translated, QFrame):
    """Follows the row that is chosen in the list."""

    call_requested = Signal(str)  # show only the call that this Call-ID belongs to

    def __init__(self, bridge: Bridge, errands: Errands) -> None:
        super().__init__()
        self.setObjectName("card")
        self._bridge = bridge
        self._errands = errands
        self._row: TraceRow | None = None
        self._title = QLabel()
        self._title.setProperty("role", "heading")
        self._about = QLabel()
        self._about.setProperty("role", "hint")
        self.together = bar_button("records")
        self.together.setCheckable(True)
        self.only = bar_button("search")
        self.copy = bar_button("copy")
        self.text = MessageText()
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._about, 1)
        for button in (self.together, self.only, self.copy):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 10)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        self.together.toggled.connect(lambda: self.show_row(self._row))
        self.only.clicked.connect(self._show_only)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        self.retranslate()
        self.show_row(None)

    def show_row(self, row: TraceRow | None) -> None:
        """Fetch and show the message of a row; None empties the pane."""
        self._row = row
        for button in (self.together, self.only, self.copy):
            button.setEnabled(row is not None)
        self._tell_about(row)
        if row is None:
            self.text.show_text("")
        else:
            self._errands.start(self._show(row))

    def retranslate(self) -> None:
        """Set every text."""
        self.together.setText(self.tr("Whole call"))
        self.together.setToolTip(self.tr("Show all messages of this call together, with caller and called"))
        self.only.setText(self.tr("Only this call"))
        self.only.setToolTip(self.tr("Show only this call in the list, with caller and called"))
        self.copy.setText(self.tr("Copy"))
        self.text.setAccessibleName(self.tr("Full text of the message"))
        self.text.recolour()
        self._tell_about(self._row)

    async def _show(self, row: TraceRow) -> None:
        if not self.together.isChecked():
            message: TracedMessage = await self._bridge.ask(trace.message, row.id)
            text = message.text
        else:
            text = await self._whole_call(row.call_id)
        if row is self._row:
            self.text.show_text(text)

    async def _whole_call(self, call_id: str) -> str:
        legs: tuple[str, ...] = await self._bridge.ask(calls.legs_of, call_id)
        rows: list[TraceRow] = await self._bridge.ask(
            trace.page, TraceFilter(call_ids=legs), 0, None, _MOST_MESSAGES
        )
        parts = []
        for row in rows:
            message: TracedMessage = await self._bridge.ask(trace.message, row.id)
            parts.append(f"{SEPARATOR} {_where(row)}\n\n{message.text.rstrip()}\n")
        return "\n".join(parts)

    def _tell_about(self, row: TraceRow | None) -> None:
        self._title.setText(row.title if row else self.tr("No message chosen"))
        self._about.setText(_where(row) if row else "")

    def _show_only(self) -> None:
        if self._row is not None:
            self.call_requested.emit(self._row.call_id)


def _where(row: TraceRow) -> str:
    arrow = "←" if row.direction.value == "in" else "→"
    return f"{texts.clock_ms(row.time)}  {arrow} {row.remote}  {row.transport.upper()}"
