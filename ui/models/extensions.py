"""The live table of extensions: number, description, state, devices."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject

from app.events import BindingView, ExtensionChanged, ExtensionState
from ui import texts
from ui.models.rows import Column, RowsModel

_STATE_ORDER = {state: place for place, state in enumerate(reversed(ExtensionState))}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRow:
    """One extension as its row shows it."""

    number: str
    description: str
    state: ExtensionState
    bindings: tuple[BindingView, ...]


def number_order(number: str) -> tuple[int, str]:
    """Sort dialled numbers as people do: 99 before 100."""
    return (len(number), number) if re.fullmatch(r"\+?\d+", number) else (1000, number)


COLUMNS: tuple[Column[ExtensionRow], ...] = (
    Column(
        name="number",
        title="Number",
        text=lambda row: row.number,
        sort=lambda row: number_order(row.number),
        width=110,
    ),
    Column(name="description", title="Description", text=lambda row: row.description, width=200),
    Column(
        name="state",
        title="State",
        text=lambda row: texts.extension_state(row.state),
        sort=lambda row: (_STATE_ORDER[row.state], number_order(row.number)),
        tone=lambda row: texts.EXTENSION_TONES[row.state],
        icon=lambda row: f"state-{row.state.value}",
        width=150,
    ),
    Column(
        name="address",
        title="Address",
        text=lambda row: ", ".join(binding.address for binding in row.bindings),
        width=190,
    ),
    Column(
        name="device",
        title="Device",
        text=lambda row: ", ".join(dict.fromkeys(binding.user_agent for binding in row.bindings)),
        tip=lambda row: "\n".join(binding.user_agent for binding in row.bindings),
        width=220,
    ),
)


class ExtensionsModel(RowsModel[ExtensionRow]):
    """All extensions; follows ExtensionChanged."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, lambda row: row.number, parent)

    def follow(self, event: ExtensionChanged) -> None:
        """Take over what an event says; of an extension not known yet the description comes with a reload."""
        known = self.get(event.number)
        if known is None:
            known = ExtensionRow(number=event.number, description="", state=event.state, bindings=())
        self.put(replace(known, state=event.state, bindings=event.bindings))

    def search(self, text: str) -> None:
        """Show only rows that hold the text in number, description, address or device."""
        wanted = text.strip().casefold()
        if not wanted:
            self.filter(None)
            return
        self.filter(lambda row: any(wanted in column.text(row).casefold() for column in COLUMNS))

    def registered(self) -> int:
        """How many have at least one device."""
        return sum(1 for row in self.all_rows() if row.state is not ExtensionState.OFF)


BINDING_COLUMNS: tuple[Column[BindingView], ...] = (
    Column(name="address", title="Address", text=lambda row: row.address, width=180),
    Column(name="transport", title="Transport", text=lambda row: row.transport.upper(), width=90),
    Column(name="device", title="Device", text=lambda row: row.user_agent, width=220),
    Column(
        name="expires",
        title="Valid until",
        text=lambda row: texts.clock(row.expires_at),
        sort=lambda row: row.expires_at,
        width=100,
    ),
    Column(name="contact", title="Contact", text=lambda row: row.contact, width=260),
)
