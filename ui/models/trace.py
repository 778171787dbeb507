"""The table of traced messages: the newest few thousand that pass the filter."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject

from app.api.trace import TraceRow
from ui import texts
from ui.models.rows import Column, RowsModel
from ui.theme import Tone

CAP = 5000  # rows shown; the capture itself keeps more, and the filter finds it

COLUMNS: tuple[Column[TraceRow], ...] = (
    Column(
        name="time",
        title="Time",
        text=lambda row: texts.clock_ms(row.time),
        sort=lambda row: row.id,
        width=110,
    ),
    Column(
        name="message",
        title="Message",
        text=lambda row: row.title,
        tone=lambda row: message_tone(row.title),
        icon=lambda row: "arrow-in" if row.direction.value == "in" else "arrow-out",
        tip=lambda row: f"{row.title}\n{row.cseq}\n{row.call_id}",
        width=200,
    ),
    Column(name="from", title="From", text=lambda row: row.from_user, width=90),
    Column(name="to", title="To", text=lambda row: row.to_user, width=90),
    Column(name="peer", title="Peer", text=lambda row: row.remote, width=150),
    Column(name="transport", title="Transport", text=lambda row: row.transport.upper(), width=85),
    Column(name="cseq", title="CSeq", text=lambda row: row.cseq, width=110),
    Column(
        name="size",
        title="Bytes",
        text=lambda row: str(row.size),
        sort=lambda row: row.size,
        right=True,
        width=65,
    ),
)


def message_tone(title: str) -> Tone | None:
    """The colour of a message: failures red, successes green, what asks for something plain."""
    match title[:1]:
        case "4" | "5" | "6":
            return Tone.WAIT if title[:3] in ("401", "407") else Tone.BAD
        case "2":
            return Tone.GOOD
        case "1" | "3":
            return Tone.QUIET
    return None


class TraceModel(RowsModel[TraceRow]):
    """Messages in the order they came, never more than the cap."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, lambda row: row.id, parent)

    @property
    def newest(self) -> int:
        """The id of the last row, 0 without rows."""
        last = self.row(self.rowCount() - 1)
        return last.id if last else 0

    def append(self, rows: Iterable[TraceRow]) -> None:
        """Add newer rows at once, and drop the oldest above the cap."""
        for row in rows:
            self.put(row)
        surplus = self.total - CAP
        if surplus > 0:
            for key in sorted(row.id for row in self.all_rows())[:surplus]:
                self.remove(key)
        self.flush()
