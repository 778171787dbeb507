"""The second step to a new line: its name, and what only the customer knows, in the carrier's words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from app.api import carriers, records
from app.api.carriers import CarrierTemplate, Question
from app.errors import UserError
from app.fields import Choice, FieldKind, FieldSpec
from ui import texts
from ui.dialogs.carrier_choice import language
from ui.widgets.field_editor import FieldEditor
from ui.widgets.translated import Translated

_NAME = "name"  # of the record; no question has this key, for its editor stands apart
_WAY = "way"
_LABEL_HEIGHT = 30


class CarrierQuestions(Translated, QWidget):
    """One row a question. The answer to how the carrier knows us changes the others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._template: CarrierTemplate | None = None
        self._title = QLabel()
        self._title.setProperty("role", "heading")
        self._hint = QLabel()
        self._hint.setWordWrap(True)
        self._hint.setProperty("role", "hint")
        self._is_name_fixed = False
        self.name = FieldEditor(_name_spec())
        self.editors: dict[str, FieldEditor] = {}
        self._rows = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._title)
        self._column.addWidget(self._hint)
        self._column.addWidget(self._rows)
        self._column.addStretch(1)
        self.retranslate()

    @property
    def answers(self) -> dict[str, str]:
        """The answers by the questions' keys."""
        return {key: str(editor.value() or "") for key, editor in self.editors.items()}

    @property
    def record_name(self) -> str:
        """What the line is to be called."""
        return str(self.name.value() or "").strip()

    def show_template(self, template: CarrierTemplate) -> None:
        """Ask the questions of a template."""
        is_other = self._template is None or self._template.id != template.id
        self._template = template
        if is_other:
            self.name.set_value(template.id)
            self.editors = {}
        self._ask()

    def fix_name(self, *, is_fixed: bool) -> None:
        """Whether the name can be changed: not once the record is saved."""
        self._is_name_fixed = is_fixed
        self.name.set_read_only(is_fixed)

    def show_refusal(self, error: UserError) -> bool:
        """Show a refusal beside its answer; False when it belongs to none."""
        editor = self.name if error.field == _NAME else self.editors.get(error.field or "")
        if editor is None:
            return False
        editor.show_problem(texts.error_sentence(error))
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def clear_problems(self) -> None:
        """Forget what was wrong."""
        for editor in (self.name, *self.editors.values()):
            editor.show_problem("")

    def retranslate(self) -> None:
        """Set every text; the questions are asked in the new language."""
        self._hint.setText(self.tr("These stand in your order paper or in the carrier's portal."))
        if self._template is not None:
            self._ask()

    def _ask(self) -> None:
        assert self._template is not None
        known = self.answers
        self._title.setText(self._template.label.in_language(language()))
        rows = QWidget()
        form = QFormLayout(rows)
        form.setContentsMargins(0, 6, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(10)
        name = FieldEditor(_name_spec())
        name.set_value(self.name.value())
        name.set_read_only(self._is_name_fixed)
        self.name, self.editors = name, {}
        form.addRow(_label(texts.field_text(name.spec.label), name), name)
        for question in carriers.questions(self._template, known.get(_WAY, "")):
            editor = FieldEditor(_spec(question))
            editor.set_value(known.get(question.key, question.default))
            self.editors[question.key] = editor
            star = " *" if question.required else ""
            form.addRow(_label(question.label.in_language(language()) + star, editor), editor)
            if question.key == _WAY:
                editor.edited.connect(self._ask)
        old, self._rows = self._rows, rows
        self._column.replaceWidget(old, rows)
        old.hide()
        old.deleteLater()


def _label(text: str, editor: FieldEditor) -> QLabel:
    label = QLabel(text)
    label.setFixedHeight(_LABEL_HEIGHT)
    label.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
    label.setBuddy(editor)
    return label


def _name_spec() -> FieldSpec:
    spec = records.kind("line").field(_NAME)
    assert spec is not None
    return spec


def _spec(question: Question) -> FieldSpec:
    """The declaration of an editor for a question. Its texts are in the user's language already."""
    shown = language()
    kind = {"secret": FieldKind.SECRET, "choice": FieldKind.CHOICE}.get(question.shape.value, FieldKind.TEXT)
    return FieldSpec(
        name=question.key,
        label=question.label.in_language(shown),
        help=question.help.in_language(shown) if question.help is not None else "",
        kind=FieldKind.CHOICE if question.choices else kind,
        default=question.default,
        choices=tuple(Choice(each.value, each.label.in_language(shown)) for each in question.choices),
        example=question.example,
    )
