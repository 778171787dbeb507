"""The page of the external lines: on line or off line, why, since when; below it the chosen line in full."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter

from app.api import lines, records
from app.api.lines import LineView
from app.events import RecordChanged
from ui.bridge import Bridge
from ui.dialogs.questions import confirm_delete
from ui.errands import Report
from ui.models.lines import LinesModel
from ui.pages.line_details import LineDetails
from ui.pages.page import Page
from ui.widgets.empty_state import EmptyState, OrEmpty
from ui.widgets.page_header import SearchField
from ui.widgets.table import Table


class LinesPage(Page):
    """The list, and below it the chosen line: its state, the line doctor's findings, its history."""

    topic = "lines"
    add_requested = Signal()
    edit_requested = Signal(str)
    call_trace_requested = Signal(str)  # a SIP Call-ID
    message_requested = Signal(int)  # the id of a traced message
    record_requested = Signal(str, object)  # kind, key
    case_requested = Signal(str)

    def __init__(self, bridge: Bridge, report: Report, model: LinesModel) -> None:
        super().__init__(bridge, report)
        self.model = model
        self.search = SearchField()
        self.header.add(self.search)
        self.delete_button = self.header.add_button("delete")
        self.add_button = self.header.add_button("add")
        self.table = Table(model)
        self.empty = EmptyState("lines")
        self.list = OrEmpty(self.table, self.empty)
        self.details = LineDetails(bridge, self.errands)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.details)
        self.splitter.setSizes([260, 340])
        self.splitter.setChildrenCollapsible(False)
        self.column.addWidget(self.splitter, 1)
        self._connect()
        self.retranslate()
        self._rows_changed()

    def go_to_search(self) -> None:
        """Go to the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def choose(self, name: str) -> None:
        """Go to a line; one that was saved this moment is waited for."""
        self.search.clear()
        self.table.choose(name)
        self.table.setFocus()

    def retranslate(self) -> None:
        """Set every text."""
        self.header.set_title(self.tr("External lines"))
        self.search.set_hint(self.tr("Search name, state, reason"))
        self.add_button.setText(self.tr("New line"))
        self.delete_button.setText(self.tr("Delete"))
        self.table.setAccessibleName(self.tr("External lines"))
        if self.model.total:
            self.empty.set_texts(self.tr("No line matches the search."), self.tr("Clear the search"))
        else:
            self.empty.set_texts(
                self.tr(
                    "There is no external line yet. A line is an account at a carrier, over which calls "
                    "leave and come in."
                ),
                self.tr("Set up the first line"),
            )
        self.details.show_row(self.table.current_row())
        self.model.retitle()

    def _connect(self) -> None:
        model = self.model
        self.search.textChanged.connect(model.search)
        self.add_button.clicked.connect(self.add_requested)
        self.delete_button.clicked.connect(self._delete)
        self.empty.requested.connect(self._help_with_empty)
        self.table.activated_row.connect(lambda row: self.edit_requested.emit(row.name))
        self.table.selected_row.connect(self.details.show_row)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._rows_changed)
        model.dataChanged.connect(lambda *_: self.details.show_row(self.table.current_row()))
        self.details.edit.clicked.connect(lambda: self.edit_requested.emit(self.details.name))
        self.details.trace.clicked.connect(lambda: self.call_trace_requested.emit(self.details.call_id))
        self.details.register.clicked.connect(self._register_now)
        self.details.save_case.clicked.connect(lambda: self.case_requested.emit(self.details.name))
        self.details.doctor.evidence_requested.connect(self.message_requested)
        self.details.doctor.record_requested.connect(self.record_requested)
        self.bridge.record_changed.connect(self._record_changed)
        for keys, call in (
            (QKeySequence(Qt.Key.Key_Delete), self._delete),
            (QKeySequence(Qt.Key.Key_F2), lambda: self.edit_requested.emit(self.details.name)),
        ):
            shortcut = QShortcut(keys, self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(call)

    @Slot()
    def _register_now(self) -> None:
        self.errands.start(self._ask_to_register(self.details.name), self.details.register)

    async def _ask_to_register(self, name: str) -> None:
        await self.bridge.ask(lines.register_now, name)

    @Slot()
    def _delete(self) -> None:
        chosen: list[LineView] = self.table.chosen_rows()
        if chosen:
            self.errands.start(self._ask_and_delete([row.name for row in chosen]))

    async def _ask_and_delete(self, names: list[str]) -> None:
        if await confirm_delete(self, names):
            for name in names:
                await self.bridge.ask(records.delete_record, "line", name)

    @Slot(object)
    def _record_changed(self, event: RecordChanged) -> None:
        if event.kind == "line" and event.key == self.details.name:
            self.details.refresh()

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
