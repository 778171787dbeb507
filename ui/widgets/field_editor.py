"""The editor of one field: a control chosen by its kind, unit, help, and the line for what is wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from app.api.records import generate_password
from app.fields import FieldKind, FieldSpec, Value
from ui import texts
from ui.icons import show_icon
from ui.widgets.records_edit import RecordsEdit
from ui.widgets.secret_edit import SecretEdit
from ui.widgets.translated import Translated
from ui.widgets.weekdays_edit import WeekdaysEdit

_NARROW = 140  # pixels; a number or a dialled number needs no more
_WIDEST = 100_000


class FieldEditor(Translated, QWidget):
    """Edits one field. Values go in and out as the field's plain value; text that is no value yet as text."""

    edited = Signal()

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self._unchanged_hint = False
        self._has_help_button = bool(spec.help)
        self._control = _control(spec)
        self._unit = QLabel()
        self._help = QToolButton()
        show_icon(self._help, "help")
        self._help.setFocusPolicy(
            Qt.FocusPolicy.NoFocus
        )  # F1 and the tool tip tell the same: no stop for Tab
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._problem.setProperty("role", "error")
        self._problem.hide()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._control, 0 if self._is_narrow else 1)
        row.addWidget(self._unit)
        if self._is_narrow:
            row.addStretch(1)
        is_tall = isinstance(self._control, RecordsEdit)
        row.addWidget(self._help, 0, Qt.AlignmentFlag.AlignTop if is_tall else Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._problem)
        self.setFocusProxy(self._control)
        self._help.clicked.connect(self._show_help)
        self._connect()
        self.retranslate()

    @property
    def problem(self) -> str:
        """What the line under the field says; empty when all is well."""
        return self._problem.text()

    def value(self) -> Value:
        """What stands in the control now."""
        control = self._control
        if isinstance(control, QCheckBox):
            return control.isChecked()
        if isinstance(control, QComboBox):
            data = control.currentData()
            return data if isinstance(data, str) else control.currentText()
        if isinstance(control, QLineEdit | SecretEdit | WeekdaysEdit | RecordsEdit):
            return control.text()
        raise TypeError(type(control).__name__)

    def set_value(self, value: Value) -> None:
        """Show a value."""
        control = self._control
        if isinstance(control, QCheckBox):
            control.setChecked(bool(value))
        elif isinstance(control, QComboBox):
            if self.spec.kind is FieldKind.REFERENCE and value and control.findData(value) < 0:
                control.addItem(str(value), value)  # the records it may name are loaded later, or it is gone
            control.setCurrentIndex(max(0, control.findData(value)))
        elif isinstance(control, QLineEdit):
            control.setText("" if value is None else str(value))
        elif isinstance(control, SecretEdit | WeekdaysEdit | RecordsEdit):
            control.set_text("" if value is None else str(value))

    def set_choices(self, keys: list[str]) -> None:
        """Offer the keys of the records a REFERENCE field may name."""
        control = self._control
        if isinstance(control, QComboBox):
            current = control.currentData()
            control.blockSignals(True)  # nothing is edited by this
            control.clear()
            for key in ("", *keys):
                control.addItem(key, key)
            self.set_value(current)
            control.blockSignals(False)

    def set_records(self, found: list[tuple[str, str]]) -> None:
        """Offer the records a REFERENCES field may name: keys, and what people call them."""
        if isinstance(self._control, RecordsEdit):
            self._control.set_records(found)

    def set_suggestions(self, words: list[str]) -> None:
        """Offer these while one types; anything else may be typed too."""
        if isinstance(self._control, QLineEdit) and words:
            completer = QCompleter(words, self._control)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.activated.connect(self.edited)
            self._control.setCompleter(completer)

    def keep_unless_typed(self) -> None:
        """Say that an empty secret keeps the one that is stored."""
        self._unchanged_hint = True
        self.retranslate()

    def hide_help(self) -> None:
        """Leave out the help button, where the help is written out beside the field."""
        self._has_help_button = False
        self._help.hide()

    def set_read_only(self, is_read_only: bool) -> None:
        """Show the value without letting it be changed."""
        if isinstance(self._control, QLineEdit):
            self._control.setReadOnly(is_read_only)
        else:
            self._control.setEnabled(not is_read_only)

    def show_problem(self, sentence: str) -> None:
        """Show what is wrong, or with an empty sentence that nothing is."""
        if sentence == self._problem.text():
            return
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        marked = self._face
        marked.setProperty("invalid", bool(sentence))
        marked.style().unpolish(marked)
        marked.style().polish(marked)
        marked.setAccessibleDescription(sentence or texts.field_text(self.spec.help))

    def retranslate(self) -> None:
        """Set label, unit, help and choices in the user's language."""
        spec, control = self.spec, self._control
        label = texts.field_text(spec.label)
        if isinstance(control, QCheckBox):
            control.setText(label)
        if isinstance(control, QComboBox) and spec.kind is FieldKind.CHOICE:
            for place, choice in enumerate(spec.choices):
                control.setItemText(place, texts.field_text(choice.label))
        line = self._face
        if isinstance(line, QLineEdit):
            example = self.tr("e.g. {example}").format(example=texts.example(spec)) if spec.example else ""
            line.setPlaceholderText(
                self.tr("unchanged unless you type here") if self._unchanged_hint else example
            )
        self._unit.setText(texts.field_text(spec.unit))
        self._unit.setVisible(bool(spec.unit))
        self._help.setVisible(self._has_help_button)
        self._help.setToolTip(self.help_text())
        self._help.setAccessibleName(self.tr("Help on {field}").format(field=label))
        line.setToolTip(self.help_text())
        line.setAccessibleName(label)
        if isinstance(control, RecordsEdit):
            control.set_name(label)
        line.setAccessibleDescription(self.problem or texts.field_text(spec.help))

    def help_text(self) -> str:
        """What the field means, with an example where there is one; wrapped by being rich text."""
        said = texts.field_text(self.spec.help)
        if self.spec.example:
            said += " " + self.tr("Example: {example}").format(example=texts.example(self.spec))
        return f"<p>{said}</p>" if said else ""

    @property
    def _face(self) -> QWidget:
        """The part of the control that holds the value: it is named, and marked where something is wrong."""
        control = self._control
        if isinstance(control, RecordsEdit):
            return control.list
        return control.line if isinstance(control, SecretEdit) else control

    @property
    def _is_narrow(self) -> bool:
        return self._control.maximumWidth() < _WIDEST

    def _connect(self) -> None:
        control = self._control
        if isinstance(control, QCheckBox):
            control.toggled.connect(self.edited)
        elif isinstance(control, QComboBox):
            control.currentIndexChanged.connect(self.edited)
        elif isinstance(control, QLineEdit):
            control.textEdited.connect(self.edited)
        elif isinstance(control, SecretEdit):
            control.text_changed.connect(self.edited)
        elif isinstance(control, WeekdaysEdit | RecordsEdit):
            control.edited.connect(self.edited)

    def _show_help(self) -> None:
        QToolTip.showText(
            self._help.mapToGlobal(self._help.rect().bottomLeft()), self.help_text(), self._help
        )


def is_ours_to_choose(spec: FieldSpec) -> bool:
    """Whether a field is a secret that we make up; one that somebody else has given has a default: empty."""
    return spec.kind is FieldKind.SECRET and spec.default is None


def _control(spec: FieldSpec) -> QWidget:
    match spec.kind:
        case FieldKind.BOOLEAN:
            return QCheckBox()
        case FieldKind.CHOICE:
            box = QComboBox()
            for choice in spec.choices:
                box.addItem(choice.label, choice.value)
            return box
        case FieldKind.REFERENCE:
            return QComboBox()
        case FieldKind.REFERENCES:
            return RecordsEdit()
        case FieldKind.WEEKDAYS:
            return WeekdaysEdit()
        case FieldKind.SECRET:
            return SecretEdit(generate_password if is_ours_to_choose(spec) else None)
    line = QLineEdit()
    if spec.kind is FieldKind.INTEGER:
        line.setMaximumWidth(_NARROW)
    elif spec.kind is FieldKind.DIGITS:
        line.setMaximumWidth(_NARROW * 2)
    return line
