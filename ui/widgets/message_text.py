"""A SIP message in full, header names and start line in colour."""

from __future__ import annotations

import re

from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QPalette,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from ui.theme import Tone, tone

SEPARATOR = "────"  # begins a line that introduces a message where several are shown
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9.!%*_+`'~-]*(?=\s*:)")
_REQUEST = re.compile(r"([A-Z]+) \S+ SIP/2\.0$")
_STATUS = re.compile(r"SIP/2\.0 (\d)\d\d ")
_SDP = re.compile(r"[a-z]=")


class MessageText(QPlainTextEdit):
    """Read-only text of one or several messages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setStyleHint(QFont.StyleHint.Monospace)
        self.setFont(font)
        self._colours = _MessageColours(self.document())

    def show_text(self, text: str) -> None:
        """Show a message; line ends are shown as line breaks."""
        self.setPlainText(text.replace("\r\n", "\n"))

    def recolour(self) -> None:
        """Colour again after the palette has changed."""
        self._colours.rehighlight()


class _MessageColours(QSyntaxHighlighter):
    """Colours line by line: start line, header names, SDP types, separators."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    def highlightBlock(self, text: str) -> None:
        if text.startswith(SEPARATOR):
            self.setFormat(0, len(text), _format(_muted()))
        elif _REQUEST.match(text):
            self.setFormat(0, len(text), _format(tone(Tone.BUSY), is_bold=True))
        elif status := _STATUS.match(text):
            self.setFormat(0, len(text), _format(_status_colour(status.group(1)), is_bold=True))
        elif header := _HEADER.match(text):
            self.setFormat(0, header.end(), _format(tone(Tone.BUSY)))
        elif _SDP.match(text):
            self.setFormat(0, 2, _format(tone(Tone.GOOD)))


def _status_colour(first_digit: str) -> QColor:
    match first_digit:
        case "1" | "3":
            return tone(Tone.WAIT)
        case "2":
            return tone(Tone.GOOD)
    return tone(Tone.BAD)


def _muted() -> QColor:
    return QApplication.palette().color(QPalette.ColorRole.PlaceholderText)


def _format(colour: QColor, *, is_bold: bool = False) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(colour)
    if is_bold:
        made.setFontWeight(QFont.Weight.Bold)
    return made
