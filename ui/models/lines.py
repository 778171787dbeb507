"""The live table of external lines, and the table of a line's history."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.api.lines import LineEventRow, LineState, LineView
from ui import reasons, texts
from ui.models.rows import Column, RowsModel

_ORDER = {state: place for place, state in enumerate(LineState)}

COLUMNS: tuple[Column[LineView], ...] = (
    Column(name="name", title="Name", text=lambda row: row.name, width=140),
    Column(
        name="state",
        title="State",
        text=lambda row: texts.line_state(row.state),
        sort=lambda row: (_ORDER[row.state], row.name),
        tone=lambda row: texts.LINE_TONES[row.state],
        icon=lambda row: texts.LINE_ICONS[row.state],
        width=130,
    ),
    Column(
        name="since",
        title="Since",
        text=lambda row: texts.date_and_time(row.since),
        sort=lambda row: row.since,
        width=155,
    ),
    Column(name="in", title="Calls in", text=lambda row: str(row.calls_in), right=True, width=80),
    Column(name="out", title="Calls out", text=lambda row: str(row.calls_out), right=True, width=85),
    Column(
        name="reason",
        title="Reason",
        text=lambda row: reasons.reason(row.reason),
        tip=lambda row: reasons.reason(row.reason),
        width=320,
    ),
)


class LinesModel(RowsModel[LineView]):
    """All lines; follows LineChanged."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, lambda row: row.name, parent)

    def up(self) -> int:
        """How many are in service."""
        return sum(1 for row in self.all_rows() if row.state is LineState.REGISTERED)

    def wanted(self) -> int:
        """How many are to be in service: all but the disabled ones."""
        return sum(1 for row in self.all_rows() if row.state is not LineState.DISABLED)

    def search(self, text: str) -> None:
        """Show only rows that hold the text in any column."""
        wanted = text.strip().casefold()
        self.filter(
            (lambda row: any(wanted in column.text(row).casefold() for column in COLUMNS)) if wanted else None
        )


HISTORY_COLUMNS: tuple[Column[LineEventRow], ...] = (
    Column(
        name="at",
        title="Date and time",
        text=lambda row: texts.date_and_time(row.at),
        sort=lambda row: (row.at, row.id),
        width=155,
    ),
    Column(
        name="state",
        title="State",
        text=lambda row: texts.line_state(LineState(row.state)),
        tone=lambda row: texts.LINE_TONES[LineState(row.state)],
        icon=lambda row: texts.LINE_ICONS[LineState(row.state)],
        width=130,
    ),
    Column(
        name="reason",
        title="Reason",
        text=lambda row: reasons.reason(row.reason),
        tip=lambda row: reasons.reason(row.reason),
        width=420,
    ),
    Column(name="server", title="Server", text=lambda row: row.server, width=170),
)
