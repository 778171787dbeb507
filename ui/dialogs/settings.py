"""Data – System: all settings by group, with search and a mark on what differs from the default."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.api import records
from app.errors import UserError
from app.fields import FieldKind, FieldSpec, Value
from ui import icons, texts
from ui.bridge import Bridge
from ui.dialogs.dialog import Dialog
from ui.dialogs.questions import confirm
from ui.theme import Tone, tone
from ui.widgets.field_editor import FieldEditor
from ui.widgets.page_header import SearchField
from ui.widgets.translated import Translated

_SETTING = "setting"
_ITEM_HEIGHT = 34


class SettingsDialog(Dialog):
    """Groups to the left, the group's settings to the right; a search shows matches of all groups."""

    topic = "settings"
    saved = Signal(bool)  # whether something counts only after a restart

    def __init__(self, bridge: Bridge, values: dict[str, Value], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._stored = dict(values)
        self.search = SearchField()
        self.groups = QListWidget()
        self.groups.setObjectName("categories")
        self.groups.setMaximumWidth(190)
        self.rows = {field.name: SettingRow(field, values.get(field.name)) for field in records.settings()}
        self._names = list(dict.fromkeys(row.spec.group for row in self.rows.values()))
        self._nothing = QLabel()
        self._nothing.setProperty("role", "hint")
        self.save = self.buttons.addButton(QDialogButtonBox.StandardButton.Save)
        self.cancel = self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.save.setDefault(True)
        self._assemble()
        self._connect()
        self.resize(820, 560)
        self.retranslate()
        self.groups.setCurrentRow(0)

    def changed_values(self) -> dict[str, Value]:
        """What differs from what is stored."""
        return {
            name: row.editor.value()
            for name, row in self.rows.items()
            if not row.spec.read_only and _plain(row.editor.value()) != _plain(self._stored.get(name))
        }

    def go_to(self, name: str) -> None:
        """Show a setting and put the cursor there."""
        row = self.rows.get(name)
        if row is not None:
            self._jump_to(row)

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self.tr("System"))
        self.search.set_hint(self.tr("Search the settings"))
        self.groups.setAccessibleName(self.tr("Groups of settings"))
        self._nothing.setText(self.tr("No setting matches the search."))
        self.save.setText(self.tr("Save"))
        self.cancel.setText(self.tr("Cancel"))
        for place, name in enumerate(self._names):
            item = self.groups.item(place)
            if item is not None:
                item.setText(texts.field_text(name))

    def reject(self) -> None:
        """Close; with changes only after a question."""
        if self.changed_values():
            self.errands.start(self._ask_and_close())
        else:
            super().reject()

    def _assemble(self) -> None:
        self.groups.addItems(self._names)
        for place in range(self.groups.count()):
            self.groups.item(place).setSizeHint(QSize(0, _ITEM_HEIGHT))
        scrolled = QWidget()
        scrolled.setObjectName("scrolled")
        inner = QVBoxLayout(scrolled)
        inner.setContentsMargins(4, 0, 10, 0)
        inner.setSpacing(14)
        inner.addWidget(self._nothing)
        for row in self.rows.values():
            inner.addWidget(row)
        inner.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(scrolled)
        self._area = area
        self.search.setMaximumWidth(16_000)
        left = QVBoxLayout()
        left.addWidget(self.groups, 1)
        right = QVBoxLayout()
        right.addWidget(self.search)
        right.addSpacing(6)
        right.addWidget(area, 1)
        both = QHBoxLayout()
        both.setSpacing(14)
        both.addLayout(left)
        both.addLayout(right, 1)
        self.column.addLayout(both, 1)
        self.column.addWidget(self.buttons)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._choose)
        self.groups.currentRowChanged.connect(self._choose_group)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)
        for name, row in self.rows.items():
            row.editor.edited.connect(partial(self._edited, name))

    @Slot()
    def _choose_group(self) -> None:
        self.search.clear()
        self._choose()

    @Slot()
    def _choose(self) -> None:
        """Show the settings of the group, or of the search."""
        wanted = self.search.text().strip().casefold()
        place = self.groups.currentRow()
        group = self._names[place] if 0 <= place < len(self._names) else ""
        found = 0
        for row in self.rows.values():
            is_shown = row.matches(wanted) if wanted else row.spec.group == group
            row.setVisible(is_shown)
            found += is_shown
        self._nothing.setVisible(not found)
        self._area.verticalScrollBar().setValue(0)

    def _edited(self, name: str) -> None:
        row = self.rows[name]
        row.show_mark()
        error = _problem(row)
        row.editor.show_problem(texts.error_sentence(error) if error else "")

    @Slot()
    def _save(self) -> None:
        self.notices.clear()
        first = None
        for name in self.changed_values():
            row = self.rows[name]
            error = _problem(row)
            row.editor.show_problem(texts.error_sentence(error) if error else "")
            if error and first is None:
                first = row
        if first is not None:
            self._jump_to(first)
        else:
            self.errands.start(self._send(), self.save)

    async def _send(self) -> None:
        changed = self.changed_values()
        try:
            saved = await self._bridge.ask(records.set_settings, changed) if changed else ()
        except UserError as error:
            row = self.rows.get(error.field or "")
            if row is None:
                raise
            row.editor.show_problem(texts.error_sentence(error))
            self._jump_to(row)
            return
        self._stored.update(changed)
        self.saved.emit(any(each.needs_restart for each in saved))
        self.accept()

    async def _ask_and_close(self) -> None:
        is_sure = await confirm(
            self,
            title=self.tr("Discard the changes?"),
            text=self.tr("What you have changed is not saved yet."),
            yes=self.tr("Discard"),
            no=self.tr("Go on editing"),
        )
        if is_sure:
            super().reject()

    def _jump_to(self, row: SettingRow) -> None:
        self.search.clear()
        self.groups.setCurrentRow(self._names.index(row.spec.group))
        self._area.ensureWidgetVisible(row)
        row.editor.setFocus(Qt.FocusReason.OtherFocusReason)


class SettingRow(Translated, QWidget):
    """One setting: mark, label and tag above its editor; a button puts the default back."""

    def __init__(self, spec: FieldSpec, value: Value) -> None:
        super().__init__()
        self.spec = spec
        self.editor = FieldEditor(spec)
        self.editor.set_value(value)
        self.editor.set_read_only(spec.read_only)
        self.mark = QLabel("●")
        self.default = QToolButton()
        icons.show_icon(self.default, "refresh")
        self._label = QLabel()
        self._tag = QLabel()
        self._tag.setProperty("role", "tag")
        self._help = QLabel()
        self._help.setWordWrap(True)
        self._help.setProperty("role", "hint")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._label)
        head.addWidget(self.mark)
        head.addWidget(self._tag)
        head.addStretch(1)
        head.addWidget(self.default)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(3)
        grid.addLayout(head, 0, 0)
        grid.addWidget(self.editor, 1, 0)
        grid.addWidget(self._help, 2, 0)
        self.default.clicked.connect(self._put_default_back)
        self._label.setBuddy(self.editor)
        self.retranslate()
        self.show_mark()

    def matches(self, wanted: str) -> bool:
        """Whether the search finds this setting, in the user's language or by its name."""
        told = (self.spec.name, texts.field_text(self.spec.label), texts.field_text(self.spec.help))
        return any(wanted in text.casefold() for text in told)

    def show_mark(self) -> None:
        """Show whether the value differs from the default."""
        is_changed = _plain(self.editor.value()) != _plain(self.spec.default) and not self.spec.read_only
        self.mark.setVisible(is_changed)
        self.mark.setStyleSheet(f"color: {tone(Tone.BUSY).name()}")
        self.default.setVisible(is_changed)

    def retranslate(self) -> None:
        """Set every text."""
        is_check_box = self.spec.kind is FieldKind.BOOLEAN
        self._label.setText("" if is_check_box else texts.field_text(self.spec.label))
        self._help.setText(texts.field_text(self.spec.help))
        self._tag.setText(self.tr("needs a restart"))
        self._tag.setVisible(self.spec.needs_restart)
        self.mark.setToolTip(self.tr("Changed from the default"))
        self.mark.setAccessibleName(self.tr("Changed from the default"))
        self.default.setToolTip(self.tr("Put the default back"))
        self.default.setAccessibleName(self.tr("Put the default back"))
        self.editor.hide_help()

    def _put_default_back(self) -> None:
        self.editor.set_value(self.spec.default)
        self.editor.edited.emit()


def _problem(row: SettingRow) -> UserError | None:
    if row.spec.read_only:
        return None
    errors = records.validate(_SETTING, {"value": row.editor.value()}, row.spec.name)
    return errors[0] if errors else None


def _plain(value: Value) -> str:
    return "" if value is None else str(value)
