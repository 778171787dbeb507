"""A table over plain rows: keyed, sorted, filtered, and brought up to date in batches."""

from __future__ import annotations

import html
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Slot,
)

from ui import icons
from ui.theme import Tone, tone

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

INTERVAL_MS = 100  # live tables follow at most ten times a second


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[R]):
    """One column: its title (an English source text in its context) and what it takes from a row."""

    name: str
    title: str
    context: str = "columns"
    text: Callable[[R], str]
    sort: Callable[[R], Any] | None = None  # by the text where absent
    tone: Callable[[R], Tone | None] | None = None
    icon: Callable[[R], str] | None = None
    tip: Callable[[R], str] | None = None
    right: bool = False
    width: int = 120


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows by key. Changes are gathered by `put` and `remove` and shown together by a timer.

    Sorting and filtering are done here rather than in a proxy: one sort of plain Python values costs about a
    millisecond at a thousand rows, a proxy that calls back into Python for each comparison some fifty.
    """

    def __init__(
        self,
        columns: tuple[Column[R], ...],
        key: Callable[[R], Hashable],
        parent: QObject | None = None,
        *,
        sort_column: int = 0,
        descending: bool = False,
    ) -> None:
        super().__init__(parent)
        self.columns = columns
        self._key = key
        self._all: dict[Hashable, R] = {}
        self._shown: list[R] = []
        self._places: dict[Hashable, int] = {}
        self._dirty: set[Hashable] = set()
        self._accepts: Callable[[R], bool] | None = None
        self._sort_column = sort_column
        self._descending = descending
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.flush)

    # changes

    def replace(self, rows: Iterable[R]) -> None:
        """Show these rows instead of all others, at once."""
        self._all = {self._key(row): row for row in rows}
        self._dirty.clear()
        self.beginResetModel()
        self._shown = self._wanted()
        self._number()
        self.endResetModel()

    def put(self, row: R) -> None:
        """Add a row, or give the row of this key new content, with the next batch."""
        key = self._key(row)
        self._all[key] = row
        self._touch(key)

    def remove(self, key: Hashable) -> None:
        """Take a row away with the next batch."""
        if self._all.pop(key, None) is not None:
            self._touch(key)

    def filter(self, accepts: Callable[[R], bool] | None) -> None:
        """Show only the rows that are accepted; None shows all."""
        self._accepts = accepts
        self._arrange()

    def refresh(self) -> None:
        """Read every cell again: the time has moved on."""
        if self._shown:
            last = self.index(len(self._shown) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def retitle(self) -> None:
        """Read titles and cells again: the language or the appearance has changed."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self.refresh()

    @Slot()
    def flush(self) -> None:
        """Show the gathered changes now."""
        self._timer.stop()
        if not self._dirty:
            return
        dirty, self._dirty = self._dirty, set()
        self._arrange()
        places = sorted(place for key in dirty if (place := self._places.get(key)) is not None)
        if places:
            last = self.index(places[-1], len(self.columns) - 1)
            self.dataChanged.emit(self.index(places[0], 0), last)

    # questions

    def row(self, place: int) -> R | None:
        """The row shown at a place."""
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def get(self, key: Hashable) -> R | None:
        """The row of a key, shown or not."""
        return self._all.get(key)

    def key_of(self, row: R) -> Hashable:
        """The key of a row."""
        return self._key(row)

    def place(self, key: Hashable) -> int | None:
        """Where the row of a key is shown."""
        return self._places.get(key)

    @property
    def total(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._all)

    def all_rows(self) -> list[R]:
        """Every row, shown or not, in no order."""
        return list(self._all.values())

    def shown_rows(self) -> list[R]:
        """The rows as they are shown."""
        return list(self._shown)

    # what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Count the shown rows."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer what a cell shows."""
        row = self.row(index.row())
        if row is None:
            return None
        column = self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row)
            case Qt.ItemDataRole.ForegroundRole if column.tone is not None:
                meaning = column.tone(row)
                return tone(meaning) if meaning else None
            case Qt.ItemDataRole.DecorationRole if column.icon is not None:
                meaning = column.tone(row) if column.tone else None
                name = column.icon(row)
                return icons.icon(name, tone(meaning) if meaning else None) if name else None
            case Qt.ItemDataRole.ToolTipRole if column.tip is not None:
                return plain_tip(column.tip(row))
            case Qt.ItemDataRole.TextAlignmentRole if column.right:
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Answer a column's title."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return QCoreApplication.translate(self.columns[section].context, self.columns[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; the choice holds for rows to come."""
        if 0 <= column < len(self.columns):
            self._sort_column = column
            self._descending = order == Qt.SortOrder.DescendingOrder
            self._arrange()

    # arranging

    def _touch(self, key: Hashable) -> None:
        self._dirty.add(key)
        if not self._timer.isActive():
            self._timer.start()

    def _wanted(self) -> list[R]:
        rows = self._all.values()
        wanted = [row for row in rows if self._accepts(row)] if self._accepts else list(rows)
        column = self.columns[self._sort_column]
        wanted.sort(key=column.sort or column.text, reverse=self._descending)
        return wanted

    def _number(self) -> None:
        self._places = {self._key(row): place for place, row in enumerate(self._shown)}

    def _arrange(self) -> None:
        """Bring the shown rows to what is wanted, telling the view each step: remove, move, insert."""
        wanted = self._wanted()
        key = self._key
        wanted_keys = [key(row) for row in wanted]
        if wanted_keys == list(self._places):
            self._shown = wanted
            return
        self._remove_vanished(set(wanted_keys))
        self._move([row for row in wanted if key(row) in self._places])
        self._insert_new(wanted, wanted_keys)
        self._shown = wanted
        self._number()

    def _remove_vanished(self, wanted: set[Hashable]) -> None:
        last = len(self._shown) - 1
        while last >= 0:
            if self._key(self._shown[last]) in wanted:
                last -= 1
                continue
            first = last
            while first > 0 and self._key(self._shown[first - 1]) not in wanted:
                first -= 1
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._shown[first : last + 1]
            self.endRemoveRows()
            last = first - 1
        self._number()

    def _move(self, survivors: list[R]) -> None:
        keys = [self._key(row) for row in survivors]
        if keys == list(self._places):
            self._shown = survivors
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        old_keys = [self._key(self._shown[index.row()]) for index in old]
        self._shown = survivors
        self._number()
        new = [
            self.index(self._places[key], index.column()) for key, index in zip(old_keys, old, strict=True)
        ]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _insert_new(self, wanted: list[R], wanted_keys: list[Hashable]) -> None:
        place = 0
        while place < len(wanted):
            if wanted_keys[place] in self._places:
                place += 1
                continue
            end = place
            while end + 1 < len(wanted) and wanted_keys[end + 1] not in self._places:
                end += 1
            self.beginInsertRows(QModelIndex(), place, end)
            self._shown[place:place] = wanted[place : end + 1]
            self.endInsertRows()
            place = end + 1


def plain_tip(text: str) -> str:
    """A tooltip that shows its text as it is: Qt takes tags for its own, and strangers write Call-IDs.

    An image named in such a tag would be read from wherever it is said to be, servers of files included.
    """
    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>" if "<" in text else text
