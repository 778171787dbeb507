"""The keys of one attendant menu: what each leads to, the operator, and whether numbers may be dialled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.api import records
from app.errors import UserError
from app.fields import Value
from ui import texts
from ui.widgets.destination_edit import OPERATOR_IF_ANY, DestinationEdit
from ui.widgets.translated import Translated

_KEYS = {key: f"key_{key}" for key in "123456789"} | {"*": "key_star", "0": "key_0", "#": "key_hash"}


class AttendantKeys(Translated, QWidget):
    """Edits the fields of the group “Keys”."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec = records.kind("menu")
        self.direct_dial = QCheckBox()
        self.editors: dict[str, DestinationEdit] = {}
        self._labels: dict[str, QLabel] = {}
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._problem.setProperty("role", "error")
        self._problem.hide()
        grid = QGridLayout()
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        for place, (key, name) in enumerate((*_KEYS.items(), ("", "operator"))):
            label = QLabel(key)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            if key:
                label.setProperty("role", "tag")
            editor = DestinationEdit(with_words=bool(key), nothing=OPERATOR_IF_ANY if key == "0" else "")
            label.setBuddy(editor)
            editor.edited.connect(self.edited)
            grid.addWidget(label, place, 0)
            grid.addWidget(editor, place, 1)
            self._labels[name] = label
            self.editors[name] = editor
        scrolled = QWidget()
        scrolled.setObjectName("scrolled")
        inner = QVBoxLayout(scrolled)
        inner.setContentsMargins(0, 0, 6, 0)
        inner.addWidget(self.direct_dial)
        inner.addLayout(grid)
        inner.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(scrolled)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 4, 6)
        column.addWidget(area, 1)
        column.addWidget(self._problem)
        self.direct_dial.toggled.connect(self.edited)
        self.retranslate()

    def set_values(self, values: Mapping[str, Value]) -> None:
        """Show a menu's keys; nothing is edited by this."""
        self.direct_dial.blockSignals(True)
        self.direct_dial.setChecked(bool(values.get("direct_dial", True)))
        self.direct_dial.blockSignals(False)
        for name, editor in self.editors.items():
            editor.set_value(str(values.get(name) or ""))
        self.show_errors(())

    def values(self) -> dict[str, Value]:
        """What is set."""
        found: dict[str, Value] = {name: editor.value() for name, editor in self.editors.items()}
        return found | {"direct_dial": self.direct_dial.isChecked()}

    def set_targets(self, targets: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """Offer these extensions, menus and rooms."""
        for editor in self.editors.values():
            editor.set_targets(targets)

    def show_errors(self, errors: Iterable[UserError]) -> bool:
        """Mark the keys that are wrong, and say what the first of them lacks; True when there is one."""
        found = {error.field: texts.error_sentence(error) for error in errors if error.field in self.editors}
        for name, editor in self.editors.items():
            editor.show_problem(found.get(name, ""))
        self._problem.setText(next(iter(found.values()), ""))
        self._problem.setVisible(bool(found))
        return bool(found)

    def retranslate(self) -> None:
        """Set every text."""
        for name, editor in self.editors.items():
            field = self._spec.field(name)
            label = texts.field_text(field.label) if field is not None else name
            editor.set_name(label)
            if name == "operator":
                self._labels[name].setText(label)
                help_text = texts.field_text(field.help) if field is not None else ""
                self._labels[name].setToolTip(f"<p>{help_text}</p>")
        direct = self._spec.field("direct_dial")
        if direct is not None:
            self.direct_dial.setText(texts.field_text(direct.label))
            self.direct_dial.setToolTip(f"<p>{texts.field_text(direct.help)}</p>")
