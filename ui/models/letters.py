"""The table of outgoing mail."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.api.mail import LetterView
from app.events import Notice, Severity
from ui import texts
from ui.marks import mark
from ui.models.rows import Column, RowsModel
from ui.theme import Tone

STATE_WORDS = {
    "waiting": mark("words", "Waiting"),
    "sent": mark("words", "Sent"),
    "failed": mark("words", "Given up"),
}
_TONES = {"waiting": Tone.WAIT, "sent": Tone.GOOD, "failed": Tone.BAD}
_ICONS = {"waiting": "clock", "sent": "check", "failed": "error"}


class LettersModel(RowsModel[LetterView]):
    """The newest letters."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_columns(), lambda row: row.id, parent, sort_column=1, descending=True)


def reason(letter: LetterView) -> str:
    """Why a letter was not sent, in the user's language."""
    if not letter.code:
        return ""
    return texts.notice_sentence(Notice(severity=Severity.WARNING, code=letter.code, text=letter.reason))


def _columns() -> tuple[Column[LetterView], ...]:
    return (
        Column(
            name="state",
            title="State",
            text=lambda row: texts.word(STATE_WORDS[row.state]),
            tone=lambda row: _TONES[row.state],
            icon=lambda row: _ICONS[row.state],
            width=110,
        ),
        Column(
            name="made",
            title="Made",
            text=lambda row: texts.date_and_time(row.made_at),
            sort=lambda row: (row.made_at, row.id),
            width=150,
        ),
        Column(name="recipient", title="To", text=lambda row: row.recipient, width=190),
        Column(name="subject", title="Subject", text=lambda row: row.subject, width=215),
        Column(name="attempts", title="Attempts", text=lambda row: str(row.attempts), right=True, width=80),
        Column(
            name="next",
            title="Next attempt",
            text=lambda row: texts.clock(row.next_at) if row.attempts else "",
            width=110,
        ),
    )
