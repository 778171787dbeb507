"""Shown when the engine could not start: the sentence, another port to try, or the way out."""

from __future__ import annotations

import sys
from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from app.errors import OpenMssError
from ui import icons, texts
from ui.dialogs.dialog import Dialog
from ui.theme import Tone, tone


class Answer(Enum):
    """What the user wants."""

    RETRY = auto()
    QUIT = auto()


class StartupFailureDialog(Dialog):
    """Says what happened; where a port is the cause, another one can be tried at once."""

    topic = "first-steps"
    answered = Signal(object, object)  # Answer, port or None

    def __init__(self, error: Exception, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._error = error
        port = error.details.get("port") if isinstance(error, OpenMssError) else None
        self.is_about_port = isinstance(port, int)
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._hint = QLabel()
        self._hint.setWordWrap(True)
        self._hint.setProperty("role", "hint")
        self._port_label = QLabel()
        self.port = QLineEdit("" if port is None else str(port))
        self.port.setMaximumWidth(120)
        self._port_label.setBuddy(self.port)
        self._problem = QLabel()
        self._problem.setProperty("role", "error")
        self.retry = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.quit = self.buttons.addButton("", QDialogButtonBox.ButtonRole.RejectRole)
        self.retry.setDefault(True)
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(self._icon)
        top.addWidget(self._text, 1)
        port_row = QHBoxLayout()
        for widget in (self._port_label, self.port, self._problem):
            port_row.addWidget(widget)
            widget.setVisible(self.is_about_port)
        port_row.addStretch(1)
        self.column.addLayout(top)
        self.column.addWidget(self._hint)
        self.column.addLayout(port_row)
        self.column.addStretch(1)
        self.column.addWidget(self.buttons)
        self.retry.clicked.connect(self._retry)
        self.quit.clicked.connect(self.reject)
        self.finished.connect(self._finished)
        self._answer: tuple[Answer, int | None] = (Answer.QUIT, None)
        self.setMinimumWidth(520)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self.tr("OpenMSS could not start"))
        self._icon.setPixmap(icons.pixmap("error", tone(Tone.BAD), 32))
        self._text.setText(texts.any_error_sentence(self._error))
        if self.is_about_port:
            hint = self._port_hint()
        else:
            hint = self.tr("Nothing was changed. Remove the cause and try again.")
        self._hint.setText(hint)
        self._port_label.setText(self.tr("Port"))
        self.port.setAccessibleName(self.tr("Port"))
        self.retry.setText(self.tr("Try again"))
        self.quit.setText(self.tr("Quit"))

    def _port_hint(self) -> str:
        """The program that most often has the port is OpenMSS itself, running without a window."""
        if sys.platform == "win32":
            return self.tr(
                "Does the OpenMSS service run already? Two programs cannot share one port: stop the service "
                "(under Windows' Services) or the other program and try again, or use another port."
            )
        return self.tr(
            "Does openmss.service run already? Two programs cannot share one port: stop the service "
            "(systemctl stop openmss) or the other program and try again, or use another port."
        )

    def _retry(self) -> None:
        text = self.port.text().strip()
        if self.is_about_port and text and not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
            self.port.setProperty("invalid", True)
            self.port.style().polish(self.port)
            self._problem.setText(self.tr("A number from 1 to 65535"))
            self.port.setFocus()
            return
        self._answer = (Answer.RETRY, int(text) if self.is_about_port and text else None)
        self.accept()

    def _finished(self) -> None:
        self.answered.emit(*self._answer)
