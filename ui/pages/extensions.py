"""The page of the extensions: who is registered with which device, idle, ringing or talking."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from app.events import BindingView, ExtensionState
from ui import texts
from ui.bridge import Bridge
from ui.errands import Report
from ui.icons import pixmap
from ui.models.extensions import BINDING_COLUMNS, ExtensionRow, ExtensionsModel
from ui.models.rows import RowsModel
from ui.pages.page import Page
from ui.theme import tone
from ui.widgets.empty_state import EmptyState, OrEmpty
from ui.widgets.page_header import SearchField, bar_button
from ui.widgets.table import Table


class ExtensionsPage(Page):
    """The list, and below it the chosen extension with its devices."""

    topic = "extensions"
    add_requested = Signal()
    edit_requested = Signal(str)
    records_requested = Signal(str)
    trace_requested = Signal(str)

    def __init__(self, bridge: Bridge, report: Report, model: ExtensionsModel) -> None:
        super().__init__(bridge, report)
        self.model = model
        self.search = SearchField()
        self.header.add(self.search)
        self.add_button = self.header.add_button("add")
        self.table = Table(model)
        self.empty = EmptyState("extensions")
        self.list = OrEmpty(self.table, self.empty)
        self.details = _ExtensionDetails()
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.details)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        self.column.addWidget(self.splitter, 1)
        self._connect()
        self.retranslate()
        self._rows_changed()

    def go_to_search(self) -> None:
        """Go to the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def choose(self, number: str) -> None:
        """Go to an extension; one that was saved this moment is waited for."""
        self.search.clear()
        self.table.choose(number)
        self.table.setFocus()

    def retranslate(self) -> None:
        """Set every text."""
        self.header.set_title(self.tr("Extensions"))
        self.search.set_hint(self.tr("Search number, description, device"))
        self.add_button.setText(self.tr("Add extension"))
        self.table.setAccessibleName(self.tr("Extensions"))
        if self.model.total:
            self.empty.set_texts(self.tr("No extension matches the search."), self.tr("Clear the search"))
        else:
            self.empty.set_texts(
                self.tr("There is no extension yet. A phone needs one to register and to be called."),
                self.tr("Add the first extension"),
            )
        self._show_details(self.table.current_row())
        self.model.retitle()

    def _connect(self) -> None:
        model = self.model
        self.search.textChanged.connect(model.search)
        self.add_button.clicked.connect(self.add_requested)
        self.empty.requested.connect(self._help_with_empty)
        self.table.activated_row.connect(lambda row: self.edit_requested.emit(row.number))
        self.table.selected_row.connect(self._show_details)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._rows_changed)
        model.dataChanged.connect(lambda *_: self._show_details(self.table.current_row()))
        self.details.edit.clicked.connect(lambda: self.edit_requested.emit(self.details.number))
        self.details.records.clicked.connect(lambda: self.records_requested.emit(self.details.number))
        self.details.trace.clicked.connect(lambda: self.trace_requested.emit(self.details.number))

    @Slot()
    def _rows_changed(self) -> None:
        is_empty = self.model.rowCount() == 0
        if is_empty:
            self.retranslate()
        self.list.show_empty(is_empty)
        if not is_empty and self.table.current_row() is None:
            self.table.selectRow(0)
        self._show_details(self.table.current_row())

    def _help_with_empty(self) -> None:
        if self.model.total:
            self.search.clear()
        else:
            self.add_requested.emit()

    def _show_details(self, row: ExtensionRow | None) -> None:
        self.details.show_row(row)


class _ExtensionDetails(QFrame):
    """Number, state and devices of one extension, and where to go from here."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.number = ""
        self._row: ExtensionRow | None = None
        self._icon = QLabel()
        self._title = QLabel()
        self._title.setProperty("role", "heading")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._state = QLabel()
        self._hint = QLabel()
        self._hint.setWordWrap(True)
        self._hint.setProperty("role", "hint")
        self.edit = bar_button("edit")
        self.records = bar_button("records")
        self.trace = bar_button("trace")
        self.bindings: RowsModel[BindingView] = RowsModel(BINDING_COLUMNS, lambda row: row.contact, self)
        self.table = Table(self.bindings)
        head = QHBoxLayout()
        head.addWidget(self._icon)
        head.addWidget(self._state)
        head.addWidget(self._title)
        head.addStretch(1)
        for button in (self.edit, self.records, self.trace):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.addLayout(head)
        column.addWidget(self._hint)
        column.addWidget(self.table, 1)
        self._filler = QWidget()
        column.addWidget(self._filler, 1)
        self.setMinimumHeight(150)

    def show_row(self, row: ExtensionRow | None) -> None:
        """Show an extension; None hides the pane."""
        self.setVisible(row is not None)
        if row is None:
            return
        self.number = row.number
        meaning = texts.EXTENSION_TONES[row.state]
        self._icon.setPixmap(pixmap(f"state-{row.state.value}", tone(meaning), 20))
        self._title.setText(" · ".join(filter(None, (row.number, row.description))))
        self._state.setText(texts.extension_state(row.state))
        self._state.setStyleSheet(f"color: {tone(meaning).name()}")
        is_off = row.state is ExtensionState.OFF and not row.bindings
        self._hint.setText(
            self.tr(
                "No device is registered. Enter this computer's address, the number and its password "
                "in the phone."
            )
        )
        self._hint.setVisible(is_off)
        self._filler.setVisible(is_off)
        self.table.setVisible(not is_off)
        self.table.setAccessibleName(self.tr("Registered devices"))
        if self._row is None or row.bindings != self._row.bindings:
            self.bindings.replace(row.bindings)
        self._row = row
        self.edit.setText(self.tr("Edit"))
        self.records.setText(self.tr("Call records"))
        self.trace.setText(self.tr("SIP trace"))
