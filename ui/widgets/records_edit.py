"""Edits a list of records by their keys: who is in it, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.icons import show_icon
from ui.widgets.translated import Translated

_HEIGHT = 132  # some four records; more of them scroll
_KEY = Qt.ItemDataRole.UserRole


class RecordsEdit(Translated, QWidget):
    """The records in their order, buttons that move and remove the chosen one, and what may be added."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: Mapping[str, str] = {}
        self.list = QListWidget()
        self.list.setObjectName("records")
        self.list.setFixedHeight(_HEIGHT)
        self.list.setUniformItemSizes(True)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.choice = QComboBox()
        self.choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.add_button = self._button("add")
        self.up_button = self._button("up")
        self.down_button = self._button("down")
        self.remove_button = self._button("delete")
        side = QVBoxLayout()
        side.setSpacing(2)
        for button in (self.up_button, self.down_button, self.remove_button):
            side.addWidget(button)
        side.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        grid.addWidget(self.list, 0, 0)
        grid.addLayout(side, 0, 1)
        grid.addWidget(self.choice, 1, 0)
        grid.addWidget(self.add_button, 1, 1)
        self.setFocusProxy(self.list)
        self._connect()
        self.retranslate()
        self._show_state()

    def text(self) -> str:
        """The keys in their order, as they are stored."""
        return ", ".join(self._keys())

    def set_text(self, text: str) -> None:
        """Show the records of a stored text; nothing is edited by this."""
        self.list.clear()
        for key in filter(None, (part.strip() for part in text.split(","))):
            self._append(key)
        self.list.setCurrentRow(0)
        self._show_state()

    def set_records(self, records: Sequence[tuple[str, str]]) -> None:
        """Offer these: keys, and what people call them."""
        self._names = dict(records)
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setText(self._title(item.data(_KEY)))
        self._show_state()

    def set_name(self, name: str) -> None:
        """Say what is edited, to those who do not see it."""
        self.list.setAccessibleName(name)
        self.choice.setAccessibleName(self.tr("{name}: whom to add").format(name=name))

    def retranslate(self) -> None:
        """Name the buttons."""
        for button, text in (
            (self.add_button, self.tr("Add to the list")),
            (self.up_button, self.tr("Move up (Alt+Up)")),
            (self.down_button, self.tr("Move down (Alt+Down)")),
            (self.remove_button, self.tr("Remove from the list (Del)")),
        ):
            button.setToolTip(text)
            button.setAccessibleName(text)

    def _connect(self) -> None:
        self.add_button.clicked.connect(self._add)
        self.up_button.clicked.connect(lambda: self._move(-1))
        self.down_button.clicked.connect(lambda: self._move(1))
        self.remove_button.clicked.connect(self._remove)
        self.list.currentRowChanged.connect(self._show_state)
        self.list.model().rowsMoved.connect(self._changed)
        for keys, call in (
            (QKeySequence("Alt+Up"), lambda: self._move(-1)),
            (QKeySequence("Alt+Down"), lambda: self._move(1)),
            (QKeySequence(Qt.Key.Key_Delete), self._remove),
        ):
            shortcut = QShortcut(keys, self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(call)

    @staticmethod
    def _button(icon: str) -> QToolButton:
        button = QToolButton()
        show_icon(button, icon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _keys(self) -> list[str]:
        return [str(self.list.item(row).data(_KEY)) for row in range(self.list.count())]

    def _title(self, key: str) -> str:
        return f"{key} {self._names.get(key, '')}".strip()

    def _append(self, key: str) -> None:
        item = QListWidgetItem(self._title(key))
        item.setData(_KEY, key)
        self.list.addItem(item)

    def _add(self) -> None:
        key = self.choice.currentData()
        if key is not None:
            self._append(str(key))
            self.list.setCurrentRow(self.list.count() - 1)
            self._changed()

    def _remove(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self.list.takeItem(row)
            self._changed()

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        if row >= 0 and 0 <= row + by < self.list.count():
            self.list.insertItem(row + by, self.list.takeItem(row))
            self.list.setCurrentRow(row + by)
            self._changed()

    def _changed(self) -> None:
        self._show_state()
        self.edited.emit()

    def _show_state(self) -> None:
        """Offer who is not in the list yet, and the buttons that can do something."""
        place = self.choice.currentIndex()
        taken = set(self._keys())
        self.choice.clear()
        for key in self._names:
            if key not in taken:
                self.choice.addItem(self._title(key), key)
        self.choice.setCurrentIndex(min(max(place, 0), self.choice.count() - 1))
        row, count = self.list.currentRow(), self.list.count()
        self.add_button.setEnabled(self.choice.count() > 0)
        self.up_button.setEnabled(row > 0)
        self.down_button.setEnabled(0 <= row < count - 1)
        self.remove_button.setEnabled(row >= 0)
