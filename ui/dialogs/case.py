"""A case file looked at again: what the line doctor finds in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QDialogButtonBox, QWidget

from app.api import diagnosis
from app.api.examination import Examination
from ui import findings
from ui.dialogs.dialog import Dialog
from ui.widgets.findings_pane import FindingsPane


class CaseDialog(Dialog):
    """The findings alone: the case is somebody else's, so that there is nothing to change here."""

    topic = "diagnosis"

    def __init__(self, name: str, content: Mapping[str, Any], parent: QWidget | None = None) -> None:
        """Raises UserError `diagnose.case`."""
        super().__init__(parent)
        self._name = name
        found = diagnosis.diagnose_case(content, notes=True)
        self._examination = Examination(kind="line", name=name, findings=found, messages=())
        self.pane = FindingsPane()
        self.close_button = self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
        self.close_button.clicked.connect(self.reject)
        self.column.addWidget(self.pane, 1)
        self.column.addWidget(self.buttons)
        self.resize(720, 460)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self.tr("Case {file}").format(file=self._name))
        self.close_button.setText(self.tr("Close"))
        views = [findings.without_remedy(view) for view in findings.views(self._examination)]
        self.pane.show_findings(
            views, self.tr("Nothing is wrong: no rule of the line doctor fits this case.")
        )
