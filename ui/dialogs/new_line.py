"""The assistant for a new line: carrier, answers, summary, trial. It asks only what the carrier gives."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from app.api import carriers, records
from app.api.carriers import Applied
from app.api.records import Saved
from app.errors import UserError
from app.events import LineChanged, Notice, Severity
from ui.bridge import Bridge
from ui.dialogs.carrier_choice import CarrierChoice
from ui.dialogs.carrier_questions import CarrierQuestions
from ui.dialogs.dialog import Dialog
from ui.dialogs.line_summary import LineSummary
from ui.dialogs.line_trial import LineTrial

_CHOICE, _QUESTIONS, _SUMMARY, _TRIAL = range(4)


class NewLineDialog(Dialog):
    """Four pages. The record is saved before the trial, and again after the answers were changed."""

    topic = "lines"
    plain_requested = Signal(str)  # a kind: add one without a template
    record_requested = Signal(str, object)  # kind, key
    message_requested = Signal(int)  # the id of a traced message
    saved = Signal(str, str)  # kind, name
    cautioned = Signal(object)  # Notice

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._applied: Applied | None = None
        self._known: tuple[str, str] | None = None  # kind and name of what is saved already
        self.choice = CarrierChoice()
        self.questions = CarrierQuestions()
        self.summary = LineSummary()
        self.trial = LineTrial(bridge, self.errands)
        self.pages = QStackedWidget()
        for page in (self.choice, self.questions, self.summary, self.trial):
            self.pages.addWidget(page)
        self.plain = QPushButton()
        self.back = QPushButton()
        self.next = QPushButton()
        self.cancel = QPushButton()
        row = QHBoxLayout()
        row.addWidget(self.plain)
        row.addStretch(1)
        for button in (self.back, self.next, self.cancel):
            row.addWidget(button)
        self.column.addWidget(self.pages, 1)
        self.column.addLayout(row)
        self._connect()
        self.resize(780, 540)
        self._show(_CHOICE)

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self.tr("New external line"))
        place = self.pages.currentIndex()
        self.plain.setText(self.tr("Without a template…"))
        self.plain.setVisible(place == _CHOICE)
        self.back.setText(self.tr("Change the answers") if place == _TRIAL else self.tr("Back"))
        self.back.setVisible(place != _CHOICE)
        self.next.setText(
            {_SUMMARY: self.tr("Save and try"), _TRIAL: self.tr("Done")}.get(place, self.tr("Next"))
        )
        self.cancel.setText(self.tr("Cancel"))
        self.cancel.setVisible(place != _TRIAL)

    def _connect(self) -> None:
        self.choice.chosen.connect(self._go_on)
        self.plain.clicked.connect(self._without_template)
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        self.cancel.clicked.connect(self.reject)
        self.trial.message_requested.connect(self._show_message)
        self.trial.record_requested.connect(self.record_requested)
        self._bridge.line_changed.connect(self._line_changed)

    def _show(self, place: int) -> None:
        self.notices.clear()
        self.pages.setCurrentIndex(place)
        self.retranslate()
        self.next.setDefault(True)
        if place == _QUESTIONS:
            self.questions.fix_name(is_fixed=self._known is not None)
            first = next(iter(self.questions.editors.values()), self.questions.name)
            first.setFocus()

    @Slot()
    def _go_back(self) -> None:
        place = self.pages.currentIndex()
        self._show(_QUESTIONS if place == _TRIAL else place - 1)

    @Slot()
    def _go_on(self) -> None:
        match self.pages.currentIndex():
            case 0:
                template = self.choice.template
                if template is not None:
                    self.questions.show_template(template)
                    self._show(_QUESTIONS)
            case 1:
                self._summarize()
            case 2:
                self.errands.start(self._save(), self.next)
            case _:
                self.accept()

    @Slot(int)
    def _show_message(self, message: int) -> None:
        """The trace is behind the assistant, which has done its work."""
        self.accept()
        self.message_requested.emit(message)

    @Slot()
    def _without_template(self) -> None:
        self.plain_requested.emit("line")
        self.accept()

    def _summarize(self) -> None:
        template = self.choice.template
        if template is None:
            return
        self.questions.clear_problems()
        try:
            self._applied = carriers.apply(template, self.questions.answers)
            self._check(self._applied)
        except UserError as error:
            if not self.questions.show_refusal(error):
                self.report(error)
            return
        self.summary.show_applied(self.questions.record_name, self._applied, template)
        self._show(_SUMMARY)

    def _check(self, applied: Applied) -> None:
        """Raises the first refusal of the record as a whole."""
        name = self.questions.record_name
        key = name if self._known == (applied.kind, name) else None
        for error in records.validate(applied.kind, {**applied.values, "name": name}, key):
            raise error

    async def _save(self) -> None:
        applied, name = self._applied, self.questions.record_name
        if applied is None:
            return
        try:
            saved = await self._send(applied, name)
        except UserError as error:
            if error.field != "name":
                raise
            self._show(_QUESTIONS)
            self.questions.show_refusal(error)
            return
        self._known = (applied.kind, name)
        for caution in saved.cautions:
            self.cautioned.emit(Notice(severity=Severity.WARNING, code=caution.code, text=caution.text))
        self.saved.emit(applied.kind, name)
        self._show(_TRIAL)
        self.trial.begin(applied.kind, name)

    async def _send(self, applied: Applied, name: str) -> Saved:
        if self._known is not None and self._known != (applied.kind, name):
            await self._bridge.ask(records.delete_record, *self._known)  # made a moment ago, as another kind
            self._known = None
        if self._known is None:
            return await self._bridge.ask(records.add_record, applied.kind, name, applied.values)
        spec = records.kind(applied.kind)
        blank = {field.name: field.default for field in spec.fields if field.name != spec.key}
        return await self._bridge.ask(records.set_record, applied.kind, name, {**blank, **applied.values})

    @Slot(object)
    def _line_changed(self, event: LineChanged) -> None:
        self.trial.follow(event.line)
