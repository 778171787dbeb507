"""The list of one kind of record with what can be done to it: add, edit, delete, import, export."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.api import records
from app.events import RecordChanged
from app.fields import KindSpec
from ui import kinds, texts
from ui.bridge import Bridge
from ui.dialogs.questions import confirm_delete
from ui.errands import Errands
from ui.models.records import RecordsModel
from ui.widgets.empty_state import EmptyState, OrEmpty
from ui.widgets.page_header import SearchField, bar_button
from ui.widgets.table import Table
from ui.widgets.translated import Translated


class RecordList(Translated, QWidget):
    """Shows all records of a kind, and follows every change, whoever makes it. `errands` are its window's."""

    edit_requested = Signal(str, object)  # kind name, key; None = add
    import_requested = Signal(str)
    export_requested = Signal(str)

    def __init__(
        self, bridge: Bridge, kind: KindSpec, errands: Errands, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._errands = errands
        self.kind = kind
        self.model = RecordsModel(kind, self)
        self.search = SearchField()
        self.add = bar_button("add")
        self.edit = bar_button("edit")
        self.delete = bar_button("delete")
        self.import_button = bar_button("import")
        self.export_button = bar_button("export")
        self.table = Table(self.model)
        self.empty = EmptyState(kinds.look(kind.name).icon)
        self.list = OrEmpty(self.table, self.empty)
        self._assemble()
        self._connect()
        self.retranslate()
        self._selection_changed()

    def load(self) -> None:
        """Ask for all records."""
        self._errands.start(self._load())

    def go_to_search(self) -> None:
        """Go to the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def retranslate(self) -> None:
        """Set every text."""
        self.search.set_hint(self.tr("Search"))
        self.add.setText(self.tr("Add"))
        self.edit.setText(self.tr("Edit"))
        self.delete.setText(self.tr("Delete"))
        self.import_button.setText(self.tr("Import CSV…"))
        self.export_button.setText(self.tr("Export CSV…"))
        self.table.setAccessibleName(texts.field_text(self.kind.plural))
        if self.model.total:
            self.empty.set_texts(self.tr("Nothing matches the search."), self.tr("Clear the search"))
        else:
            sentence = kinds.empty_sentence(self.kind.name) or self.tr("There is nothing here yet.")
            self.empty.set_texts(sentence, self.tr("Add the first one"))
        self.model.retitle()

    def _assemble(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(4)
        for button in (self.add, self.edit, self.delete, self.import_button, self.export_button):
            bar.addWidget(button)
        bar.addStretch(1)
        bar.addWidget(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(bar)
        column.addWidget(self.list, 1)

    def _connect(self) -> None:
        name = self.kind.name
        self.search.textChanged.connect(self.model.search)
        self.add.clicked.connect(lambda: self.edit_requested.emit(name, None))
        self.edit.clicked.connect(self._edit)
        self.delete.clicked.connect(self._delete)
        self.import_button.clicked.connect(lambda: self.import_requested.emit(name))
        self.export_button.clicked.connect(lambda: self.export_requested.emit(name))
        self.empty.requested.connect(self._help_with_empty)
        self.table.activated_row.connect(lambda row: self.edit_requested.emit(name, str(row[self.kind.key])))
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        for signal in (self.model.rowsInserted, self.model.rowsRemoved, self.model.modelReset):
            signal.connect(self._rows_changed)
        self._bridge.record_changed.connect(self._record_changed)
        for keys, call in (
            (QKeySequence(Qt.Key.Key_Delete), self._delete),
            (QKeySequence(Qt.Key.Key_F2), self._edit),
        ):
            shortcut = QShortcut(keys, self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(call)

    async def _load(self) -> None:
        rows = await self._bridge.ask(records.list_records, self.kind.name)
        chosen = self.table.current_row()
        self.model.replace(rows)
        if self.table.current_row() is None and self.model.rowCount():
            self.table.selectRow(self.model.place(str(chosen[self.kind.key])) or 0 if chosen else 0)

    @Slot(object)
    def _record_changed(self, event: RecordChanged) -> None:
        if event.kind == self.kind.name:
            if event.action == "added":
                self.table.choose(event.key)
            self._errands.start(self._load())

    @Slot()
    def _edit(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.edit_requested.emit(self.kind.name, str(row[self.kind.key]))

    @Slot()
    def _delete(self) -> None:
        keys = [str(row[self.kind.key]) for row in self.table.chosen_rows()]
        if keys:
            self._errands.start(self._ask_and_delete(keys))

    async def _ask_and_delete(self, keys: list[str]) -> None:
        if await confirm_delete(self, keys):
            for key in keys:
                await self._bridge.ask(records.delete_record, self.kind.name, key)

    @Slot()
    def _selection_changed(self) -> None:
        count = len(self.table.chosen_rows())
        self.edit.setEnabled(count == 1)
        self.delete.setEnabled(count > 0)

    @Slot()
    def _rows_changed(self) -> None:
        self.list.show_empty(self.model.rowCount() == 0)
        self.retranslate()
        self._selection_changed()

    def _help_with_empty(self) -> None:
        if self.model.total:
            self.search.clear()
        else:
            self.edit_requested.emit(self.kind.name, None)
