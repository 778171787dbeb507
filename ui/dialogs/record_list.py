"""The list window of one kind of record: add, edit, delete, import, export."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QWidget

from app.api import records
from app.events import RecordChanged
from app.fields import KindSpec
from ui import texts
from ui.bridge import Bridge
from ui.dialogs.dialog import Dialog
from ui.dialogs.questions import confirm
from ui.models.records import RecordsModel
from ui.widgets.empty_state import EmptyState, OrEmpty
from ui.widgets.page_header import SearchField, bar_button
from ui.widgets.table import Table


class RecordListDialog(Dialog):
    """Shows all records of a kind, and follows every change, whoever makes it."""

    topic = "extensions"
    edit_requested = Signal(str, object)  # kind name, key; None = add
    import_requested = Signal(str)
    export_requested = Signal(str)

    def __init__(self, bridge: Bridge, kind: KindSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.kind = kind
        self.model = RecordsModel(kind, self)
        self.search = SearchField()
        self.add = bar_button("add")
        self.edit = bar_button("edit")
        self.delete = bar_button("delete")
        self.import_button = bar_button("import")
        self.export_button = bar_button("export")
        self.table = Table(self.model)
        self.empty = EmptyState("records")
        self.list = OrEmpty(self.table, self.empty)
        self.close_button = self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
        self._assemble()
        self._connect()
        self.resize(940, 540)
        self.retranslate()
        self._selection_changed()
        self.errands.start(self._load())

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(texts.field_text(self.kind.plural))
        self.search.set_hint(self.tr("Search"))
        self.add.setText(self.tr("Add"))
        self.edit.setText(self.tr("Edit"))
        self.delete.setText(self.tr("Delete"))
        self.import_button.setText(self.tr("Import CSV…"))
        self.export_button.setText(self.tr("Export CSV…"))
        self.close_button.setText(self.tr("Close"))
        self.table.setAccessibleName(texts.field_text(self.kind.plural))
        if self.model.total:
            self.empty.set_texts(self.tr("Nothing matches the search."), self.tr("Clear the search"))
        else:
            self.empty.set_texts(self.tr("There is nothing here yet."), self.tr("Add the first one"))
        self.model.retitle()

    def _assemble(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(4)
        for button in (self.add, self.edit, self.delete, self.import_button, self.export_button):
            bar.addWidget(button)
        bar.addStretch(1)
        bar.addWidget(self.search)
        self.column.addLayout(bar)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.buttons)
        self.close_button.setAutoDefault(False)

    def _connect(self) -> None:
        name = self.kind.name
        self.search.textChanged.connect(self.model.search)
        self.add.clicked.connect(lambda: self.edit_requested.emit(name, None))
        self.edit.clicked.connect(self._edit)
        self.delete.clicked.connect(self._delete)
        self.import_button.clicked.connect(lambda: self.import_requested.emit(name))
        self.export_button.clicked.connect(lambda: self.export_requested.emit(name))
        self.close_button.clicked.connect(self.reject)
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
        for keys, target in (
            (QKeySequence(QKeySequence.StandardKey.New), self.add.click),
            (QKeySequence(QKeySequence.StandardKey.Find), self.search.setFocus),
        ):
            QShortcut(keys, self).activated.connect(target)

    async def _load(self, chosen: str = "") -> None:
        rows = await self._bridge.ask(records.list_records, self.kind.name)
        self.model.replace(rows)
        place = self.model.place(chosen) if chosen else None
        if place is None and self.model.rowCount():
            place = 0
        if place is not None:
            self.table.selectRow(place)

    @Slot(object)
    def _record_changed(self, event: RecordChanged) -> None:
        if event.kind == self.kind.name:
            row = self.table.current_row()
            chosen = event.key if event.action == "added" else str(row[self.kind.key]) if row else ""
            self.errands.start(self._load(chosen))

    @Slot()
    def _edit(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.edit_requested.emit(self.kind.name, str(row[self.kind.key]))

    @Slot()
    def _delete(self) -> None:
        keys = [str(row[self.kind.key]) for row in self.table.chosen_rows()]
        if keys:
            self.errands.start(self._ask_and_delete(keys))

    async def _ask_and_delete(self, keys: list[str]) -> None:
        named = ", ".join(keys[:8]) + (" …" if len(keys) > 8 else "")
        is_sure = await confirm(
            self,
            title=self.tr("Delete?"),
            text=self.tr("Delete {keys}? This cannot be undone.").format(keys=named),
            yes=self.tr("Delete"),
            no=self.tr("Keep"),
        )
        if is_sure:
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
