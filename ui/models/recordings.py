"""The table of recordings, and the words for what is said of them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from app.api.recordings import RecordingView
from ui import texts
from ui.marks import mark
from ui.models.extensions import number_order
from ui.models.rows import Column, RowsModel
from ui.theme import Tone

STATE_WORDS: dict[str, str] = {
    "running": mark("words", "Recording"),
    "complete": mark("words", "Complete"),
    "cut": mark("words", "Cut off by the disk"),
    "repaired": mark("words", "Repaired"),
    "lost": mark("words", "Lost"),
}
_TONES = {
    "running": Tone.BAD,
    "complete": Tone.GOOD,
    "repaired": Tone.WAIT,
    "cut": Tone.WAIT,
    "lost": Tone.BAD,
}
_ICONS = {"running": "record", "lost": "state-ended"}
_STARTED_WORDS: dict[str, str] = {
    "always": mark("words", "Always"),
    "window": mark("words", "In the window"),
    "command": mark("words", "By command"),
    "": mark("words", "Unknown"),
}


def started_by(row: RecordingView) -> str:
    """Who began a recording, in words."""
    kind, _, number = row.started_by.partition(" ")
    translate = QCoreApplication.translate
    if kind == "extension":
        return translate("texts", "Extension {number}").format(number=number)
    if kind == "conference":
        return translate("texts", "Room {number}").format(number=number)
    return texts.word(_STARTED_WORDS.get(row.started_by, row.started_by))


def parties(row: RecordingView) -> str:
    """Who is heard: caller and called, or the room."""
    if row.room:
        return QCoreApplication.translate("texts", "Room {number}").format(number=row.room)
    return " → ".join(filter(None, (row.caller, row.connected or row.called)))


def _caller(row: RecordingView) -> str:
    return parties(row) if row.room else " · ".join(filter(None, (row.caller, row.caller_name)))


COLUMNS: tuple[Column[RecordingView], ...] = (
    Column(
        name="started",
        title="Date and time",
        text=lambda row: texts.date_and_time(row.started_at),
        sort=lambda row: (row.started_at, row.id),
        width=155,
    ),
    Column(name="caller", title="Caller", text=_caller, sort=lambda row: number_order(row.caller), width=170),
    Column(
        name="called",
        title="Called",
        text=lambda row: row.connected or row.called,
        sort=lambda row: number_order(row.connected or row.called),
        width=120,
    ),
    Column(
        name="length",
        title="Length",
        text=lambda row: texts.duration(row.seconds) if row.state != "running" else "",
        sort=lambda row: row.seconds,
        right=True,
        width=80,
    ),
    Column(
        name="size",
        title="Size",
        text=lambda row: QLocale().formattedDataSize(row.bytes) if row.bytes else "",
        sort=lambda row: row.bytes,
        right=True,
        width=90,
    ),
    Column(
        name="state",
        title="State",
        text=lambda row: texts.word(STATE_WORDS.get(row.state, row.state)),
        tone=lambda row: _TONES.get(row.state),
        icon=lambda row: _ICONS.get(row.state, "state-idle"),
        width=175,
    ),
    Column(name="started_by", title="Begun by", text=started_by, width=130),
)


class RecordingsModel(RowsModel[RecordingView]):
    """The recordings fetched so far, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, lambda row: row.id, parent, descending=True)
