"""The live table of SIP trunks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject

from app.api.trunks import TrunkState, TrunkView
from ui import reasons, texts
from ui.models.rows import Column, RowsModel

_ORDER = {state: place for place, state in enumerate(TrunkState)}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrunkRow:
    """One trunk: how it stands, and its record's limits (None: no limit, 0: forbidden)."""

    view: TrunkView
    address: str = ""
    max_incoming: int | None = None
    max_outgoing: int | None = None


COLUMNS: tuple[Column[TrunkRow], ...] = (
    Column(name="name", title="Name", text=lambda row: row.view.name, width=140),
    Column(
        name="state",
        title="State",
        text=lambda row: texts.trunk_state(row.view.state),
        sort=lambda row: (_ORDER[row.view.state], row.view.name),
        tone=lambda row: texts.TRUNK_TONES[row.view.state],
        icon=lambda row: texts.TRUNK_ICONS[row.view.state],
        width=130,
    ),
    Column(name="address", title="Server", text=lambda row: row.address, width=180),
    Column(
        name="in",
        title="Calls in",
        text=lambda row: texts.calls_of(row.view.calls_in, row.max_incoming),
        sort=lambda row: row.view.calls_in,
        right=True,
        width=110,
    ),
    Column(
        name="out",
        title="Calls out",
        text=lambda row: texts.calls_of(row.view.calls_out, row.max_outgoing),
        sort=lambda row: row.view.calls_out,
        right=True,
        width=110,
    ),
    Column(
        name="reason",
        title="Reason",
        text=lambda row: reasons.reason(row.view.reason),
        tip=lambda row: reasons.reason(row.view.reason),
        width=280,
    ),
)


class TrunksModel(RowsModel[TrunkRow]):
    """All trunks; follows TrunkChanged."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, lambda row: row.view.name, parent)

    def follow(self, view: TrunkView) -> None:
        """Take over how a trunk stands; of one not known yet the limits come with a reload."""
        known = self.get(view.name)
        self.put(replace(known, view=view) if known else TrunkRow(view=view))

    def up(self) -> int:
        """How many are not known to be out of order."""
        return sum(
            1 for row in self.all_rows() if row.view.state in (TrunkState.REACHABLE, TrunkState.UNKNOWN)
        )

    def wanted(self) -> int:
        """How many are to be in service: all but the disabled ones."""
        return sum(1 for row in self.all_rows() if row.view.state is not TrunkState.DISABLED)

    def search(self, text: str) -> None:
        """Show only rows that hold the text in any column."""
        wanted = text.strip().casefold()
        self.filter(
            (lambda row: any(wanted in column.text(row).casefold() for column in COLUMNS)) if wanted else None
        )
