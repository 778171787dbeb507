"""The line doctor in a pane: examines a line, trunk or call, and does what its findings offer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.api import examination, lines, records
from app.api.examination import AuthForm, Examination
from app.api.lines import LineState, LineView
from ui import findings
from ui.auth_search import AuthSearch
from ui.bridge import Bridge
from ui.dialogs.questions import confirm
from ui.errands import Errands
from ui.findings import FindingView
from ui.widgets.findings_pane import FindingsPane
from ui.widgets.translated import Translated

_NAME_CAUSES = {"password_refused", "auth_user_form", "auth_user_other"}


class Doctor(Translated, QWidget):
    """Examines when told to. The findings stay until something else is examined."""

    evidence_requested = Signal(int)  # the id of a traced message
    record_requested = Signal(str, object)  # kind, key: the user is to change it
    applied = Signal()
    examined = Signal(bool)  # whether anything was found

    def __init__(self, bridge: Bridge, errands: Errands) -> None:
        super().__init__()
        self._bridge = bridge
        self._errands = errands
        self._name = ""
        self._call_ids: tuple[str, ...] = ()
        self._examination: Examination | None = None
        self._is_applied = False
        self.pane = FindingsPane()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.search = QPushButton()
        self.progress = QLabel()
        self.progress.setProperty("role", "hint")
        self.progress.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.progress, 1)
        row.addStretch()
        row.addWidget(self.search)
        column.addWidget(self.pane, 1)
        column.addLayout(row)
        self.search.clicked.connect(lambda: self._errands.start(self._search(self._name), self.search))
        self.pane.evidence_requested.connect(self.evidence_requested)
        self.pane.apply_requested.connect(self._apply)
        self.pane.edit_requested.connect(self._edit)
        self.retranslate()

    def examine(self, name: str) -> None:
        """Examine a line or trunk."""
        self._begin(name, ())

    def examine_call(self, call_ids: tuple[str, ...]) -> None:
        """Examine a call by the Call-IDs of its legs."""
        self._begin("", call_ids)

    def forget(self) -> None:
        """Show nothing."""
        self._name, self._call_ids, self._examination = "", (), None
        self.progress.clear()
        self._tell()

    def retranslate(self) -> None:
        """Say the findings in the language of now."""
        self.search.setText(self.tr("Find the authentication name…"))
        self.search.setToolTip(
            self.tr("Try the usual ways to write the user name for the password, after a question")
        )
        self._tell()

    def _begin(self, name: str, call_ids: tuple[str, ...]) -> None:
        if (name, call_ids) != (self._name, self._call_ids):
            self._examination, self._is_applied = None, False
            self._name, self._call_ids = name, call_ids
            self.progress.clear()
            self._tell()
        self._errands.start(self._examine(name, call_ids))

    async def _examine(self, name: str, call_ids: tuple[str, ...]) -> None:
        found: Examination | None
        if name:
            found = await self._bridge.ask(examination.examine, name)
        else:
            found = await self._bridge.ask(examination.examine_call, call_ids)
        if (name, call_ids) == (self._name, self._call_ids):
            self._examination = found
            self._tell()
            self.examined.emit(bool(found and found.findings))

    def _tell(self) -> None:
        views = findings.views(self._examination) if self._examination else []
        if self._is_applied and not self._name:
            self.pane.show_findings(
                (), self.tr("The change is saved. Make the call again to see whether it helps.")
            )
        else:
            self.pane.show_findings(views, self._nothing())

        causes = {each.cause for each in self._examination.findings} if self._examination else set()
        is_line = self._examination is not None and self._examination.kind == "line" and bool(self._name)
        self.search.setVisible(is_line and bool(causes & _NAME_CAUSES))
        self.progress.setVisible(bool(self.progress.text()))

    async def _search(self, name: str) -> None:
        """Look for the authentication name, if the user agrees."""
        forms: tuple[AuthForm, ...] = await self._bridge.ask(examination.auth_forms, name)
        if not forms:
            self._say(self.tr("There is no other form to try. Check the password."))
            return
        names = ", ".join(form.username for form in forms)
        is_sure = await confirm(
            self,
            title=self.tr("Try other authentication names?"),
            text=self.tr(
                "These are tried one after another, half a minute apart: {names}. The search stops at once "
                "when the carrier forbids it (403), for some carriers lock an account after several "
                "wrong tries."
            ).format(names=names),
            yes=self.tr("Try them"),
            no=self.tr("Leave it"),
        )
        if not is_sure:
            return
        found = await AuthSearch(self._bridge, name, self._tell_progress).run(forms)
        if found is not None:
            said = self.tr("The carrier accepts {username}. It is set now.").format(username=found.username)
        else:
            said = self.tr("None of the forms was accepted; the line is as it was. Check the password.")
        self._say(said)

    def _tell_progress(self, form: AuthForm, place: int, count: int) -> None:
        self._say(
            self.tr("Trying {username} ({place} of {count}) …").format(
                username=form.username, place=place, count=count
            )
        )

    def _say(self, sentence: str) -> None:
        self.progress.setText(sentence)
        self.progress.setVisible(True)

    def _nothing(self) -> str:
        if self._examination is None:
            return ""
        return self.tr(
            "Nothing is wrong: no rule of the line doctor fits what was sent and received. It looks again at "
            "each change of the state."
        )

    def _apply(self, view: FindingView) -> None:
        if self._examination is not None:
            self._errands.start(self._send(view, self._examination), self.pane)

    async def _send(self, view: FindingView, examined: Examination) -> None:
        values = {view.field: view.value}
        if view.kind == "setting":
            await self._bridge.ask(records.set_settings, values)
        else:
            await self._bridge.ask(records.set_record, view.kind, examined.name, values)
        self._is_applied = True
        if examined.kind == "line" and self._name:
            stands: LineView = await self._bridge.ask(lines.state, examined.name)
            if stands.state not in (LineState.REGISTERING, LineState.DISABLED):  # the change may have done it
                await self._bridge.ask(lines.register_now, examined.name)
        self._tell()
        self.applied.emit()

    def _edit(self, view: FindingView) -> None:
        if self._examination is not None:
            key = self._examination.name if view.kind != "setting" else view.field
            self.record_requested.emit(view.kind, key)
