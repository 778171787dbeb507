"""The line doctor in a pane: examines a line, trunk or call, and does what its findings offer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.api import examination, lines, records
from app.api.examination import Examination
from ui import findings
from ui.bridge import Bridge
from ui.errands import Errands
from ui.findings import FindingView
from ui.widgets.findings_pane import FindingsPane
from ui.widgets.translated import Translated


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
        column.addWidget(self.pane)
        self.pane.evidence_requested.connect(self.evidence_requested)
        self.pane.apply_requested.connect(self._apply)
        self.pane.edit_requested.connect(self._edit)

    def examine(self, name: str) -> None:
        """Examine a line or trunk."""
        self._begin(name, ())

    def examine_call(self, call_ids: tuple[str, ...]) -> None:
        """Examine a call by the Call-IDs of its legs."""
        self._begin("", call_ids)

    def forget(self) -> None:
        """Show nothing."""
        self._name, self._call_ids, self._examination = "", (), None
        self.pane.show_findings((), "")

    def retranslate(self) -> None:
        """Say the findings in the language of now."""
        self._tell()

    def _begin(self, name: str, call_ids: tuple[str, ...]) -> None:
        if (name, call_ids) != (self._name, self._call_ids):
            self._examination, self._is_applied = None, False
            self._name, self._call_ids = name, call_ids
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
            await self._bridge.ask(lines.register_now, examined.name)
        self._tell()
        self.applied.emit()

    def _edit(self, view: FindingView) -> None:
        if self._examination is not None:
            key = self._examination.name if view.kind != "setting" else view.field
            self.record_requested.emit(view.kind, key)
