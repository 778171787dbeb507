"""The tables of voice mail: mailboxes, and the messages of one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from app.api.voice_mail import MailboxView, MailState, VoiceMessageView
from ui import texts
from ui.marks import mark
from ui.models.extensions import number_order
from ui.models.rows import Column, RowsModel
from ui.theme import Tone

_MAIL_WORDS: dict[MailState, str] = {
    MailState.NONE: "",
    MailState.QUEUED: mark("words", "Waiting to be mailed"),
    MailState.SENT: mark("words", "Mailed"),
    MailState.FAILED: mark("words", "Mail failed"),
}

MAILBOX_COLUMNS: tuple[Column[MailboxView], ...] = (
    Column(
        name="number",
        title="Mailbox",
        text=lambda row: row.number,
        sort=lambda row: number_order(row.number),
        icon=lambda row: "voice-mail",
        tone=lambda row: Tone.GOOD if row.new else Tone.QUIET,
        width=80,
    ),
    Column(name="description", title="Description", text=lambda row: row.description, width=120),
    Column(
        name="new",
        title="New",
        text=lambda row: str(row.new or ""),
        sort=lambda row: row.new,
        tone=lambda row: Tone.GOOD,
        right=True,
        width=50,
    ),
    Column(
        name="all",
        title="All",
        text=lambda row: f"{row.new + row.saved} / {row.most}",
        sort=lambda row: row.new + row.saved,
        right=True,
        width=70,
    ),
)

MESSAGE_COLUMNS: tuple[Column[VoiceMessageView], ...] = (
    Column(
        name="at",
        title="Date and time",
        text=lambda row: texts.date_and_time(row.at),
        sort=lambda row: (row.at, row.id),
        width=160,
    ),
    Column(
        name="caller",
        title="Caller",
        text=lambda row: caller(row),
        sort=lambda row: number_order(row.caller),
        width=170,
    ),
    Column(
        name="length",
        title="Length",
        text=lambda row: texts.duration(row.seconds),
        sort=lambda row: row.seconds,
        right=True,
        width=70,
    ),
    Column(
        name="state",
        title="State",
        text=lambda row: texts.word(mark("words", "New") if row.is_new else mark("words", "Heard")),
        sort=lambda row: not row.is_new,
        tone=lambda row: Tone.GOOD if row.is_new else Tone.QUIET,
        icon=lambda row: "state-idle" if row.is_new else "check",
        width=90,
    ),
    Column(name="mailed", title="Mail", text=lambda row: texts.word(_MAIL_WORDS[row.mailed]), width=90),
)


def caller(row: VoiceMessageView) -> str:
    """Who left a message."""
    known = " · ".join(filter(None, (row.caller, row.caller_name)))
    return known or QCoreApplication.translate("texts", "Unknown number")


class MailboxesModel(RowsModel[MailboxView]):
    """All mailboxes, by number."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(MAILBOX_COLUMNS, lambda row: row.number, parent)


class VoiceMessagesModel(RowsModel[VoiceMessageView]):
    """The messages of one mailbox, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(MESSAGE_COLUMNS, lambda row: row.id, parent, descending=True)
