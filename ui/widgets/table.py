"""The table view all lists use: whole rows, sortable columns, copy of the selected rows."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from ui.models.rows import Index, RowsModel

_TITLE_ROOM = 40  # beside a title: padding, and the arrow of the sorted column


class Table(QTableView):
    """Shows a RowsModel. `activated_row`: double click or Enter; `selected_row`: the row that is current."""

    activated_row = Signal(object)
    selected_row = Signal(object)

    def __init__(
        self,
        model: RowsModel[Any],
        parent: QWidget | None = None,
        *,
        sort_column: int = 0,
        descending: bool = False,
        sortable: bool = True,
    ) -> None:
        super().__init__(parent)
        self.rows: RowsModel[Any] = model
        self._awaited: Hashable | None = None
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 13)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        for place, column in enumerate(model.columns):
            title = str(model.headerData(place, Qt.Orientation.Horizontal))
            self.setColumnWidth(
                place, max(column.width, header.fontMetrics().horizontalAdvance(title) + _TITLE_ROOM)
            )
        if sortable:
            order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(sort_column, order)
            self.setSortingEnabled(True)
        self.doubleClicked.connect(self._activate)
        model.dataChanged.connect(self._go_to_awaited)
        model.modelReset.connect(self._rows_replaced)

    def current_row(self) -> Any:
        """The row the user stands on, or None."""
        return self.rows.row(self.currentIndex().row())

    def choose(self, key: Hashable) -> None:
        """Go to the row of a key; one that is not there yet, saved this moment, as soon as it comes."""
        self._awaited = key
        self._go_to_awaited()

    def chosen_rows(self) -> list[Any]:
        """The selected rows, from top to bottom."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [row for place in places if (row := self.rows.row(place)) is not None]

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row is current now."""
        super().currentChanged(current, previous)
        self.selected_row.emit(self.rows.row(current.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row; the copy key copies the selected rows as tab-separated text."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._activate(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.text_of_selection())
        else:
            super().keyPressEvent(event)

    def text_of_selection(self) -> str:
        """The selected rows as a spreadsheet takes them."""
        lines = ("\t".join(column.text(row) for column in self.rows.columns) for row in self.chosen_rows())
        return "\n".join(lines)

    @Slot()
    def _go_to_awaited(self) -> None:
        place = None if self._awaited is None else self.rows.place(self._awaited)
        if place is not None:
            self._awaited = None
            self.selectRow(place)

    @Slot()
    def _rows_replaced(self) -> None:
        self._go_to_awaited()
        if self._awaited is not None and self.rows.get(self._awaited) is not None:
            self._awaited = None  # it has come, and a filter hides it

    def _activate(self, index: QModelIndex) -> None:
        row = self.rows.row(index.row())
        if row is not None:
            self.activated_row.emit(row)
