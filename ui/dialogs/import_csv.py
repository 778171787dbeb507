"""Import from a CSV file: shows what would happen, and what is wrong in which line, before it happens."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QWidget

from app.api import records
from app.api.records import ImportResult, RowError
from app.errors import EnvironmentFault, UserError
from app.fields import KindSpec
from ui import texts
from ui.bridge import Bridge
from ui.dialogs.dialog import Dialog
from ui.models.rows import Column, RowsModel
from ui.widgets.table import Table


class _Row:
    """One error with the labels that the form has."""

    def __init__(self, error: RowError, kind: KindSpec) -> None:
        self.error = error
        self._kind = kind

    @property
    def label(self) -> str:
        """What the form calls the column."""
        field = next((each for each in self._kind.fields if each.name == self.error.field), None)
        return texts.field_text(field.label) if field is not None else self.error.field

    @property
    def sentence(self) -> str:
        """What is wrong, in the user's language."""
        error = UserError(self.error.code, self.error.text)
        error.details.update(self.error.details)
        return texts.error_sentence(error)


_COLUMNS: tuple[Column[_Row], ...] = (
    Column(
        name="line",
        title="Line",
        text=lambda row: str(row.error.line),
        sort=lambda row: row.error.line,
        width=70,
        right=True,
    ),
    Column(name="key", title="Record", text=lambda row: row.error.key, width=110),
    Column(
        name="field",
        title="Field",
        text=lambda row: row.label,
        tip=lambda row: row.error.field,  # the column's name in the file
        width=140,
    ),
    Column(
        name="problem",
        title="What is wrong",
        text=lambda row: row.sentence,
        tip=lambda row: row.sentence,
        width=320,
    ),
)
_MOST_BYTES = 32 * 1024 * 1024


class ImportDialog(Dialog):
    """A dry run first; `Import` is there only when every line is good."""

    topic = "extensions"
    imported = Signal(int)

    def __init__(self, bridge: Bridge, kind: KindSpec, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._kind = kind
        self._path = path
        self._result: ImportResult | None = None
        self._summary = QLabel()
        self._summary.setProperty("role", "heading")
        self._summary.setWordWrap(True)
        self._hint = QLabel()
        self._hint.setProperty("role", "hint")
        self._hint.setWordWrap(True)
        self.errors: RowsModel[_Row] = RowsModel(
            _COLUMNS, lambda row: (row.error.line, row.error.field, row.error.code), self
        )
        self.table = Table(self.errors)
        self.import_button = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.again = self.buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self.cancel = self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.import_button.setDefault(True)
        self.import_button.setEnabled(False)
        for widget in (self._summary, self._hint):
            self.column.addWidget(widget)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.buttons)
        self.import_button.clicked.connect(lambda: self.errands.start(self._import()))
        self.again.clicked.connect(lambda: self.errands.start(self._check()))
        self.cancel.clicked.connect(self.reject)
        self.resize(720, 420)
        self.retranslate()
        self.errands.start(self._check())

    def retranslate(self) -> None:
        """Set every text."""
        kind = texts.field_text(self._kind.plural)
        self.setWindowTitle(self.tr("Import {kind} from {file}").format(kind=kind, file=self._path.name))
        self.import_button.setText(self.tr("Import"))
        self.again.setText(self.tr("Check again"))
        self.again.setToolTip(self.tr("Read the file once more after you have corrected it"))
        self.cancel.setText(self.tr("Cancel"))
        self.table.setAccessibleName(self.tr("Errors in the file"))
        self._tell()
        self.errors.retitle()

    async def _check(self) -> None:
        self.notices.clear()
        self._result = None
        self.import_button.setEnabled(False)
        try:
            self._result = await self._send(is_dry=True)
        finally:
            errors = self._result.errors if self._result else ()
            self.errors.replace([_Row(error, self._kind) for error in errors])
            self._tell()
        result = self._result
        self.import_button.setEnabled(not result.errors and result.added + result.changed > 0)

    async def _import(self) -> None:
        self.import_button.setEnabled(False)
        result = await self._send(is_dry=False)
        if not result.is_applied:  # changed under our feet since the dry run
            await self._check()
            return
        self.imported.emit(result.added + result.changed)
        self.accept()

    async def _send(self, *, is_dry: bool) -> ImportResult:
        question = partial(records.import_csv, dry_run=is_dry)
        return await self._bridge.ask(question, self._kind.name, self._read())

    def _read(self) -> bytes:
        try:
            with self._path.open("rb") as file:
                content = file.read(_MOST_BYTES + 1)
        except OSError as error:
            text = f"The file {self._path} cannot be read: {error.strerror}."
            raise EnvironmentFault(
                "file.not_readable", text, file=str(self._path), reason=error.strerror
            ) from error
        if len(content) > _MOST_BYTES:
            raise UserError(
                "file.too_large", f"The file {self._path} is larger than 32 MB.", file=str(self._path)
            )
        return content

    def _tell(self) -> None:
        result = self._result
        self.table.setVisible(bool(result and result.errors))
        if result is None:
            self._summary.setText("")
            self._hint.setText("")
            return
        self._summary.setText(
            self.tr("{added} new, {changed} changed, {unchanged} unchanged, {bad} with errors").format(
                added=result.added, changed=result.changed, unchanged=result.unchanged, bad=len(result.errors)
            )
        )
        if result.errors:
            hint = self.tr("Nothing is imported while a line has an error. Correct the file and check again.")
        elif result.added + result.changed == 0:
            hint = self.tr("The file holds nothing that is not there already.")
        else:
            hint = self.tr("Nothing is changed before you press Import.")
        if result.cautions:
            hint += " " + self.tr("Weak passwords: {count}.").format(count=result.cautions)
        self._hint.setText(hint)
