"""One external line in full: state and reason, the doctor's findings, its history."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from app.api import lines
from app.api.lines import LineEventRow, LineState, LineView
from ui import reasons, texts
from ui.bridge import Bridge
from ui.errands import Errands
from ui.icons import pixmap
from ui.models.lines import HISTORY_COLUMNS
from ui.models.rows import RowsModel
from ui.pages.doctor import Doctor
from ui.theme import tone
from ui.widgets.details_pane import DetailsPane
from ui.widgets.page_header import bar_button
from ui.widgets.table import Table


class LineDetails(QFrame):
    """Follows the line that is chosen in the list."""

    def __init__(self, bridge: Bridge, errands: Errands) -> None:
        super().__init__()
        self.setObjectName("card")
        self._bridge = bridge
        self._errands = errands
        self._row: LineView | None = None
        self._icon = QLabel()
        self._state = QLabel()
        self._title = QLabel()
        self._title.setProperty("role", "heading")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._reason = QLabel()
        self._reason.setWordWrap(True)
        self._reason.setTextFormat(Qt.TextFormat.PlainText)
        self._reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.register = bar_button("refresh")
        self.edit = bar_button("edit")
        self.trace = bar_button("trace")
        self.save_case = bar_button("export")
        self.facts = DetailsPane()
        self.doctor = Doctor(bridge, errands)
        self.history: RowsModel[LineEventRow] = RowsModel(
            HISTORY_COLUMNS, lambda row: (row.id, row.at), self, descending=True
        )
        self.history_table = Table(self.history, descending=True)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self._assemble()

    @property
    def name(self) -> str:
        """The line that is shown; empty without one."""
        return self._row.name if self._row else ""

    @property
    def call_id(self) -> str:
        """The Call-ID of its registration."""
        return self._row.call_id if self._row else ""

    def show_row(self, row: LineView | None) -> None:
        """Show a line; None hides the pane."""
        before, self._row = self._row, row
        self.setVisible(row is not None)
        if row is None:
            return
        self._tell(row)
        if before is None or (before.name, before.state) != (row.name, row.state):
            # where the line is out of order, what is wrong is what one came for
            self.tabs.setCurrentWidget(self.doctor if row.state is LineState.FAILED else self._state_tab)
        if before is None or (before.name, before.state, before.since) != (row.name, row.state, row.since):
            self.refresh()

    def refresh(self) -> None:
        """Ask anew for what is not in the row."""
        if self._row is not None:
            self._errands.start(self._load_history(self._row.name))
            if self._row.state is LineState.DISABLED:
                self.doctor.forget()
            else:
                self.doctor.examine(self._row.name)

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._icon)
        head.addWidget(self._state)
        head.addWidget(self._title)
        head.addStretch(1)
        for button in (self.register, self.edit, self.trace, self.save_case):
            head.addWidget(button)
        self._state_tab = QWidget()
        inner = QVBoxLayout(self._state_tab)
        inner.setContentsMargins(10, 10, 10, 10)
        inner.addWidget(self.facts)
        inner.addStretch(1)
        self.tabs.addTab(self._state_tab, "")
        self.tabs.addTab(self.doctor, "")
        self.tabs.addTab(self.history_table, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.addLayout(head)
        column.addWidget(self._reason)
        column.addWidget(self.tabs, 1)
        self.setMinimumHeight(220)

    def _tell(self, row: LineView) -> None:
        meaning = texts.LINE_TONES[row.state]
        self._icon.setPixmap(pixmap(texts.LINE_ICONS[row.state], tone(meaning), 20))
        self._state.setText(texts.line_state(row.state))
        self._state.setStyleSheet(f"color: {tone(meaning).name()}")
        self._title.setText(row.name)
        self._reason.setText(reasons.reason(row.reason))
        self.register.setText(self.tr("Register now"))
        self.register.setEnabled(row.state is not LineState.DISABLED)
        self.edit.setText(self.tr("Edit"))
        self.trace.setText(self.tr("Messages"))
        self.trace.setToolTip(self.tr("Show the messages of the registration"))
        self.save_case.setText(self.tr("Save the case…"))
        self.save_case.setToolTip(
            self.tr("Save what the line doctor looks at, without passwords, for somebody who helps")
        )
        self.trace.setEnabled(bool(row.call_id))
        self.tabs.setTabText(0, self.tr("State"))
        self.tabs.setTabText(1, self.tr("Line doctor"))
        self.tabs.setTabText(self.tabs.indexOf(self.history_table), self.tr("History"))
        self.history_table.setAccessibleName(self.tr("History"))
        self.history.retitle()
        self.facts.show_pairs(
            (
                (self.tr("Since"), texts.date_and_time(row.since)),
                (self.tr("Registered until"), texts.date_and_time(row.expires_at)),
                (self.tr("Server that answers"), row.server),
                (self.tr("Registered with"), row.contact),
                (
                    self.tr("Calls"),
                    self.tr("{incoming} in, {outgoing} out").format(
                        incoming=row.calls_in, outgoing=row.calls_out
                    ),
                ),
            )
        )

    async def _load_history(self, name: str) -> None:
        rows: list[LineEventRow] = await self._bridge.ask(lines.history, name)
        if name == self.name:
            self.history.replace(rows)
