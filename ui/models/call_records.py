"""The table of past calls."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.api.call_records import CallRecordView
from ui import texts
from ui.models.extensions import number_order
from ui.models.rows import Column, RowsModel

COLUMNS: tuple[Column[CallRecordView], ...] = (
    Column(
        name="started",
        title="Date and time",
        text=lambda row: texts.date_and_time(row.started_at),
        sort=lambda row: (row.started_at, row.id),
        width=155,
    ),
    Column(
        name="caller",
        title="Caller",
        text=lambda row: " · ".join(filter(None, (row.caller, row.caller_name))),
        sort=lambda row: number_order(row.caller),
        width=160,
    ),
    Column(
        name="called",
        title="Called",
        text=lambda row: row.called,
        sort=lambda row: number_order(row.called),
        width=110,
    ),
    Column(
        name="outcome",
        title="Result",
        text=lambda row: texts.outcome(row.outcome),
        tone=lambda row: texts.outcome_tone(row.outcome),
        icon=lambda row: "state-idle" if row.outcome == "answered" else "state-ended",
        width=170,
    ),
    Column(name="connected", title="Answered by", text=lambda row: row.connected, width=105),
    Column(
        name="duration",
        title="Talked",
        text=lambda row: texts.duration(row.duration_s) if row.answered_at else "",
        sort=lambda row: row.duration_s,
        right=True,
        width=80,
    ),
    Column(name="status", title="SIP", text=lambda row: str(row.status or ""), right=True, width=60),
    Column(name="media", title="Sound", text=lambda row: sound(row), width=100),
)


def sound(row: CallRecordView) -> str:
    """Way and codec of the sound."""
    return " · ".join(filter(None, (texts.media(row.media) if row.media != "none" else "", row.codec)))


class CallRecordsModel(RowsModel[CallRecordView]):
    """The records fetched so far, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, lambda row: row.id, parent, descending=True)
