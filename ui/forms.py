"""The form of one record, made from its KindSpec: a tab a group, a row a field, checked as you type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.fields import FieldKind, FieldSpec, KindSpec, Value
from ui import texts
from ui.widgets.field_editor import FieldEditor
from ui.widgets.translated import Translated

_ROW_HEIGHT = 30  # of a line edit with its frame: labels stand beside the control, not beside its error

Validator = Callable[[dict[str, Value]], Iterable[UserError]]


class RecordForm(Translated, QWidget):
    """Edits the fields of one record.

    A field's error appears once the user has changed that field, or after `complain`, so that an untouched
    new form is not red. `validate` is asked at each change with all values and gives every error.
    """

    edited = Signal()

    def __init__(
        self,
        kind: KindSpec,
        values: Mapping[str, Value],
        validate: Validator,
        *,
        is_new: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._validate = validate
        self._touched: set[str] = set()
        self._given = dict(values)
        self._is_new = is_new
        self.editors: dict[str, FieldEditor] = {}
        self._labels: dict[str, QLabel] = {}
        self._tabs = QTabWidget(self)  # without a parent it would outlive the form, with children nobody owns
        self._groups: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        groups = list(dict.fromkeys(field.group for field in kind.fields))
        for group in groups:
            page = QWidget()
            fields = [field for field in kind.fields if field.group == group]
            self._fill(page, fields, is_tab=len(groups) > 1)
            self._groups.append(group)
            if len(groups) > 1:
                self._tabs.addTab(page, "")
            else:
                column.addWidget(page)
        if len(groups) > 1:
            column.addWidget(self._tabs)
        else:
            self._tabs.hide()
        self.retranslate()

    def values(self) -> dict[str, Value]:
        """What the form holds; a secret left empty on an existing record is not among it."""
        return {
            name: editor.value()
            for name, editor in self.editors.items()
            if self._is_new or (not self._keeps(editor) and not editor.spec.read_only)
        }

    def changed_values(self) -> dict[str, Value]:
        """Only what differs from the values the form was opened with."""
        return {
            name: value
            for name, value in self.values().items()
            if self._is_new or _plain(value) != _plain(self._given.get(name))
        }

    @property
    def is_changed(self) -> bool:
        """Whether anything would be lost by closing."""
        return bool(self._touched)

    def complain(self) -> bool:
        """Show every error and go to the first; True when there is one."""
        self._touched.update(self.editors)
        return self._check(jump=True)

    def show_refusal(self, error: UserError) -> bool:
        """Show a refusal of the engine beside its field; False when it names none of ours."""
        editor = self.editors.get(error.field or "")
        if editor is None:
            return False
        editor.show_problem(texts.error_sentence(error))
        self._jump_to(editor)
        return True

    def retranslate(self) -> None:
        """Set tabs and labels."""
        for place, group in enumerate(self._groups[: self._tabs.count()]):
            self._tabs.setTabText(place, texts.field_text(group))
        for name, label in self._labels.items():
            editor = self.editors[name]
            star = " *" if editor.spec.required and not self._keeps(editor) else ""
            label.setText(texts.field_text(editor.spec.label) + star)
        if self._touched:
            self._check()

    def _fill(self, page: QWidget, fields: Iterable[FieldSpec], *, is_tab: bool) -> None:
        form = QFormLayout(page)
        if not is_tab:
            form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(10)
        for field in fields:
            editor = FieldEditor(field)
            editor.set_value(self._given.get(field.name, field.default))
            if not self._is_new:
                if field.kind is FieldKind.SECRET and not self._given.get(field.name):
                    editor.keep_unless_typed()
                if field.name == self._kind.key or field.read_only:
                    editor.set_read_only(True)
            editor.edited.connect(lambda name=field.name: self._edited(name))
            self.editors[field.name] = editor
            if field.kind is FieldKind.BOOLEAN:
                form.addRow("", editor)
                continue
            label = QLabel()
            label.setFixedHeight(_ROW_HEIGHT)
            label.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            label.setBuddy(editor)
            self._labels[field.name] = label
            form.addRow(label, editor)

    def _keeps(self, editor: FieldEditor) -> bool:
        is_secret = editor.spec.kind is FieldKind.SECRET
        return is_secret and not self._is_new and not editor.value()

    def _edited(self, name: str) -> None:
        self._touched.add(name)
        self._check()
        self.edited.emit()

    def _check(self, *, jump: bool = False) -> bool:
        found: dict[str, UserError] = {}
        for error in self._validate(self.values()):
            if error.field in self.editors:
                found.setdefault(error.field, error)
        for name, editor in self.editors.items():
            problem = found.get(name) if name in self._touched else None
            editor.show_problem(texts.error_sentence(problem) if problem else "")
        first = next((editor for name, editor in self.editors.items() if name in found), None)
        if jump and first is not None:
            self._jump_to(first)
        return first is not None

    def _jump_to(self, editor: FieldEditor) -> None:
        for place in range(self._tabs.count()):
            page = self._tabs.widget(place)
            if page is not None and page.isAncestorOf(editor):
                self._tabs.setCurrentIndex(place)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)


def _plain(value: Value) -> str:
    return "" if value is None else str(value)
