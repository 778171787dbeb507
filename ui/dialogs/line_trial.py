"""The last step to a new line: it registers before one's eyes, and the doctor says why it does not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.api import lines
from app.api.lines import LineState, LineView
from ui import icons, reasons, texts
from ui.bridge import Bridge
from ui.errands import Errands
from ui.pages.doctor import Doctor
from ui.theme import Tone, tone
from ui.widgets.translated import Translated


class LineTrial(Translated, QWidget):
    """Follows the state of the line that was just saved. A trunk has nothing to try: it is ready."""

    message_requested = Signal(int)  # the id of a traced message
    record_requested = Signal(str, object)  # kind, key

    def __init__(self, bridge: Bridge, errands: Errands) -> None:
        super().__init__()
        self._bridge = bridge
        self._errands = errands
        self._kind = ""
        self._name = ""
        self.view: LineView | None = None
        self._icon = QLabel()
        self.title = QLabel()
        self.title.setProperty("role", "heading")
        self.title.setWordWrap(True)
        self.reason = QLabel()
        self.reason.setWordWrap(True)
        self.reason.setTextFormat(Qt.TextFormat.PlainText)
        self.doctor = Doctor(bridge, errands)
        self.doctor.evidence_requested.connect(self.message_requested)
        self.doctor.record_requested.connect(self.record_requested)
        head = QHBoxLayout()
        head.addWidget(self._icon)
        head.addWidget(self.title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.reason)
        column.addWidget(self.doctor, 1)

    def begin(self, kind: str, name: str) -> None:
        """Watch what becomes of a record that was saved."""
        self._kind, self._name, self.view = kind, name, None
        self.doctor.forget()
        self.retranslate()
        if kind == "line":
            self._errands.start(self._look())

    def follow(self, view: LineView) -> None:
        """Take over a change of a line, if it is ours."""
        if self._kind != "line" or view.name != self._name:
            return
        before, self.view = self.view, view
        self.retranslate()
        if view.state is LineState.FAILED and (before is None or before.state is not view.state):
            self.doctor.examine(view.name)
        elif view.state is LineState.REGISTERED:
            self.doctor.forget()

    def retranslate(self) -> None:
        """Say how it stands."""
        if not self._kind:
            return
        if self._kind != "line":
            self._say("state-idle", Tone.GOOD, self.tr("The SIP trunk {name} is saved."))
            self.reason.setText(self.tr("Calls over it are possible now, in both directions."))
            return
        view = self.view
        state = view.state if view is not None else LineState.REGISTERING
        self._say(
            texts.LINE_ICONS[state],
            texts.LINE_TONES[state],
            {
                LineState.REGISTERED: self.tr("The line {name} is on line."),
                LineState.REGISTERING: self.tr("The line {name} is registering …"),
                LineState.FAILED: self.tr("The line {name} does not come on line yet."),
                LineState.DISABLED: self.tr("The line {name} is saved, and disabled."),
            }[state],
        )
        self.reason.setText(reasons.reason(view.reason) if view is not None else "")

    async def _look(self) -> None:
        for view in await self._bridge.ask(lines.states):
            self.follow(view)

    def _say(self, icon: str, meaning: Tone, sentence: str) -> None:
        self._icon.setPixmap(icons.pixmap(icon, tone(meaning), 28))
        self.title.setText(sentence.format(name=self._name))
