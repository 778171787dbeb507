"""The dialog of one record: add or edit, made from its KindSpec."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from app.api import records
from app.api.records import Saved
from app.errors import UserError
from app.events import Notice, Severity
from app.fields import FieldKind, KindSpec, Value
from ui import kinds, suggestions, texts
from ui.bridge import Bridge
from ui.dialogs.dialog import Dialog
from ui.dialogs.questions import confirm
from ui.forms import RecordForm
from ui.widgets.field_editor import is_ours_to_choose

_USUAL_WIDTH = 560


class RecordDialog(Dialog):
    """Adds a record (`key` None), or edits the one of this key, whose values are given."""

    saved = Signal(str)
    cautioned = Signal(object)  # Notice: each thing to think about again, once the record is saved

    def __init__(
        self,
        bridge: Bridge,
        kind: KindSpec,
        key: str | None,
        values: Mapping[str, Value],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._kind = kind
        self._key = key
        self.topic = kinds.look(kind.name).topic
        self.form = RecordForm(kind, values, self._validate, is_new=key is None)
        self.save = self.buttons.addButton(QDialogButtonBox.StandardButton.Save)
        self.cancel = self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.save.setDefault(True)
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.column.addWidget(self.buttons)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)
        self.form.edited.connect(self._grow)
        self.retranslate()
        self.errands.start(self._load_references())

    def retranslate(self) -> None:
        """Set every text."""
        kind = texts.field_text(self._kind.label)
        if self._key is None:
            self.setWindowTitle(self.tr("Add – {kind}").format(kind=kind))
        else:
            self.setWindowTitle(self.tr("{kind} {key}").format(kind=kind, key=self._key))
        self.save.setText(self.tr("Save"))
        self.cancel.setText(self.tr("Cancel"))
        # A minimum of our own replaces the layout's, and a tick box does not wrap its text.
        self.setMinimumWidth(max(_USUAL_WIDTH, self.column.minimumSize().width()))

    def reject(self) -> None:
        """Close; when something was typed, only after a question."""
        if self.form.changed_values() and self.form.is_changed:
            self.errands.start(self._ask_and_close())
        else:
            super().reject()

    async def _ask_and_close(self) -> None:
        is_sure = await confirm(
            self,
            title=self.tr("Discard the changes?"),
            text=self.tr("What you have entered is not saved yet."),
            yes=self.tr("Discard"),
            no=self.tr("Go on editing"),
        )
        if is_sure:
            super().reject()

    async def _load_references(self) -> None:
        """Offer the records that fields may name."""
        for editor in self.form.editors.values():
            if editor.spec.refers_to:
                kind = records.kind(editor.spec.refers_to)
                rows = await self._bridge.ask(records.list_records, kind.name)
                if editor.spec.kind is FieldKind.REFERENCE:
                    editor.set_choices([str(row[kind.key]) for row in rows])
                else:
                    named = [(str(row[kind.key]), str(row.get("description") or "")) for row in rows]
                    editor.set_records(named)
            elif suggestions.has_any(self._kind.name, editor.spec.name):
                offered = await suggestions.suggestions(self._bridge, self._kind.name, editor.spec.name)
                editor.set_suggestions(offered)

    def _validate(self, values: dict[str, Value]) -> Iterable[UserError]:
        return records.validate(self._kind.name, values, self._key)

    def _save(self) -> None:
        self.notices.clear()
        has_mistakes = self.form.complain()
        self._grow()
        if not has_mistakes:
            self.errands.start(self._send(), self.save)

    def _grow(self) -> None:
        """Make room for lines that have appeared: a dialog does not do that by itself for wrapped text."""
        needed = self.column.totalHeightForWidth(self.width())
        if needed > self.height():
            self.resize(self.width(), needed)

    async def _send(self) -> None:
        values = self.form.changed_values()
        saved: Saved | None = None
        try:
            if self._key is None:
                key = str(values.get(self._kind.key) or "").strip()
                saved = await self._bridge.ask(records.add_record, self._kind.name, key, values)
            else:
                key = self._key
                if values:
                    saved = await self._bridge.ask(records.set_record, self._kind.name, key, values)
        except UserError as error:
            if not self.form.show_refusal(error):
                raise
            return
        for caution in saved.cautions if saved else ():
            self.cautioned.emit(Notice(severity=Severity.WARNING, code=caution.code, text=caution.text))
        self.saved.emit(key)
        self.accept()


def new_values(kind: KindSpec) -> dict[str, Value]:
    """What a form for a new record starts with: the defaults, and for each secret of ours a generated one."""
    return {
        field.name: records.generate_password() if is_ours_to_choose(field) else field.default
        for field in kind.fields
    }
