"""The page of the SIP trunks: reachable or not, calls in and out with their limits."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from app.api import records
from app.api.trunks import TrunkState
from ui import reasons, texts
from ui.bridge import Bridge
from ui.dialogs.questions import confirm_delete
from ui.errands import Errands, Report
from ui.icons import pixmap
from ui.models.trunks import TrunkRow, TrunksModel
from ui.pages.doctor import Doctor
from ui.pages.page import Page
from ui.theme import tone
from ui.widgets.details_pane import DetailsPane
from ui.widgets.empty_state import EmptyState, OrEmpty
from ui.widgets.page_header import SearchField, bar_button
from ui.widgets.table import Table

_DOCTOR_HEIGHT = 150


class TrunksPage(Page):
    """The list, and below it the chosen trunk."""

    topic = "trunks"
    add_requested = Signal()
    edit_requested = Signal(str)
    trace_requested = Signal(str)  # any text that the messages hold
    message_requested = Signal(int)  # the id of a traced message
    record_requested = Signal(str, object)  # kind, key

    def __init__(self, bridge: Bridge, report: Report, model: TrunksModel) -> None:
        super().__init__(bridge, report)
        self.model = model
        self.search = SearchField()
        self.header.add(self.search)
        self.delete_button = self.header.add_button("delete")
        self.add_button = self.header.add_button("add")
        self.table = Table(model)
        self.empty = EmptyState("trunks")
        self.list = OrEmpty(self.table, self.empty)
        self.details = _TrunkDetails(bridge, self.errands)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.details)
        self._connect()
        self.retranslate()
        self._rows_changed()

    def go_to_search(self) -> None:
        """Go to the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def choose(self, name: str) -> None:
        """Go to a trunk; one that was saved this moment is waited for."""
        self.search.clear()
        self.table.choose(name)
        self.table.setFocus()

    def retranslate(self) -> None:
        """Set every text."""
        self.header.set_title(self.tr("SIP trunks"))
        self.search.set_hint(self.tr("Search name, server, state"))
        self.add_button.setText(self.tr("Add trunk"))
        self.delete_button.setText(self.tr("Delete"))
        self.table.setAccessibleName(self.tr("SIP trunks"))
        if self.model.total:
            self.empty.set_texts(self.tr("No trunk matches the search."), self.tr("Clear the search"))
        else:
            self.empty.set_texts(
                self.tr(
                    "There is no SIP trunk yet. A trunk leads to another server that is known by its "
                    "address: a branch office, a gateway, a carrier without registration."
                ),
                self.tr("Add the first trunk"),
            )
        self.details.show_row(self.table.current_row())
        self.model.retitle()

    def _connect(self) -> None:
        model = self.model
        self.search.textChanged.connect(model.search)
        self.add_button.clicked.connect(self.add_requested)
        self.delete_button.clicked.connect(self._delete)
        self.empty.requested.connect(self._help_with_empty)
        self.table.activated_row.connect(lambda row: self.edit_requested.emit(row.view.name))
        self.table.selected_row.connect(self.details.show_row)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._rows_changed)
        model.dataChanged.connect(lambda *_: self.details.show_row(self.table.current_row()))
        self.details.edit.clicked.connect(lambda: self.edit_requested.emit(self.details.name))
        self.details.trace.clicked.connect(lambda: self.trace_requested.emit(self.details.address))
        self.details.doctor.evidence_requested.connect(self.message_requested)
        self.details.doctor.record_requested.connect(self.record_requested)
        for keys, call in (
            (QKeySequence(Qt.Key.Key_Delete), self._delete),
            (QKeySequence(Qt.Key.Key_F2), lambda: self.edit_requested.emit(self.details.name)),
        ):
            shortcut = QShortcut(keys, self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(call)

    @Slot()
    def _delete(self) -> None:
        chosen: list[TrunkRow] = self.table.chosen_rows()
        if chosen:
            self.errands.start(self._ask_and_delete([row.view.name for row in chosen]))

    async def _ask_and_delete(self, names: list[str]) -> None:
        if await confirm_delete(self, names):
            for name in names:
                await self.bridge.ask(records.delete_record, "trunk", name)

    @Slot()
    def _rows_changed(self) -> None:
        is_empty = self.model.rowCount() == 0
        if is_empty:
            self.retranslate()
        self.list.show_empty(is_empty)
        self.delete_button.setEnabled(not is_empty)
        if not is_empty and self.table.current_row() is None:
            self.table.selectRow(0)
        self.details.show_row(self.table.current_row())

    def _help_with_empty(self) -> None:
        if self.model.total:
            self.search.clear()
        else:
            self.add_requested.emit()


class _TrunkDetails(QFrame):
    """State, addresses and limits of one trunk; what is wrong where it does not answer."""

    def __init__(self, bridge: Bridge, errands: Errands) -> None:
        super().__init__()
        self.setObjectName("card")
        self._row: TrunkRow | None = None
        self._icon = QLabel()
        self._state = QLabel()
        self._title = QLabel()
        self._title.setProperty("role", "heading")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self.edit = bar_button("edit")
        self.trace = bar_button("trace")
        self.facts = DetailsPane()
        self.doctor = Doctor(bridge, errands)
        self.doctor.setMinimumHeight(_DOCTOR_HEIGHT)
        self.doctor.hide()
        self.doctor.examined.connect(self.doctor.setVisible)
        head = QHBoxLayout()
        head.addWidget(self._icon)
        head.addWidget(self._state)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.edit)
        head.addWidget(self.trace)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.addLayout(head)
        column.addWidget(self.facts)
        column.addWidget(self.doctor)

    @property
    def name(self) -> str:
        """The trunk that is shown; empty without one."""
        return self._row.view.name if self._row else ""

    @property
    def address(self) -> str:
        """An address that its messages name."""
        if self._row is None:
            return ""
        host, _, _ = self._row.address.rpartition(":")
        return host

    def show_row(self, row: TrunkRow | None) -> None:
        """Show a trunk; None hides the pane."""
        before, self._row = self._row, row
        self.setVisible(row is not None)
        if row is None:
            return
        if before is None or before.view.name != row.view.name or before.view.state is not row.view.state:
            self._examine(row)
        meaning = texts.TRUNK_TONES[row.view.state]
        self._icon.setPixmap(pixmap(texts.TRUNK_ICONS[row.view.state], tone(meaning), 20))
        self._state.setText(texts.trunk_state(row.view.state))
        self._state.setStyleSheet(f"color: {tone(meaning).name()}")
        self._title.setText(row.view.name)
        self.edit.setText(self.tr("Edit"))
        self.trace.setText(self.tr("SIP trace"))
        self.facts.show_pairs(
            (
                (self.tr("Reason"), reasons.reason(row.view.reason)),
                (self.tr("Since"), texts.date_and_time(row.view.since)),
                (self.tr("Calls are taken from"), ", ".join(row.view.addresses)),
                (self.tr("Calls in"), _with_limit(row.view.calls_in, row.max_incoming)),
                (self.tr("Calls out"), _with_limit(row.view.calls_out, row.max_outgoing)),
            )
        )

    def _examine(self, row: TrunkRow) -> None:
        self.doctor.hide()
        if row.view.state in (TrunkState.UNREACHABLE, TrunkState.UNKNOWN):
            self.doctor.examine(row.view.name)
        else:
            self.doctor.forget()


def _with_limit(calls: int, most: int | None) -> str:
    return texts.calls_of(calls, most) if most is not None else texts.calls_without_limit(calls)
