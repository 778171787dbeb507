"""The table of those who are in a conference room: who talks, who is muted, who leads."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject

from app.events import ConferencePartyView
from ui import texts
from ui.marks import mark
from ui.models.extensions import number_order
from ui.models.rows import Column, RowsModel
from ui.theme import Tone

_TALKS, _MUTED, _LISTENS = mark("words", "Talking"), mark("words", "Muted"), mark("words", "Listening")
_LEADS = mark("words", "Moderator")


def _state(row: ConferencePartyView) -> str:
    if row.is_muted:
        return texts.word(_MUTED)
    return texts.word(_TALKS if row.is_talking else _LISTENS)


def _tone(row: ConferencePartyView) -> Tone:
    if row.is_muted:
        return Tone.WAIT
    return Tone.BUSY if row.is_talking else Tone.QUIET


def _icon(row: ConferencePartyView) -> str:
    if row.is_muted:
        return "mute"
    return "state-talking" if row.is_talking else "state-idle"


class ConferencePartiesModel(RowsModel[ConferencePartyView]):
    """The parties of one room, in the order they came."""

    def __init__(self, parent: QObject | None = None, now: Callable[[], float] = time.time) -> None:
        self._now = now
        columns: tuple[Column[ConferencePartyView], ...] = (
            Column(
                name="number",
                title="Number",
                text=lambda row: row.number,
                sort=lambda row: number_order(row.number),
                width=140,
            ),
            Column(name="name", title="Name", text=lambda row: row.name, width=160),
            Column(name="state", title="State", text=_state, tone=_tone, icon=_icon, width=130),
            Column(
                name="role",
                title="Role",
                text=lambda row: texts.word(_LEADS) if row.is_moderator else "",
                width=110,
            ),
            Column(
                name="since",
                title="In the room",
                text=lambda row: texts.duration(self._now() - row.joined_at),
                sort=lambda row: (row.joined_at, row.id),
                right=True,
                width=110,
            ),
        )
        super().__init__(columns, lambda row: row.id, parent, sort_column=4)

    def follow(self, parties: tuple[ConferencePartyView, ...]) -> None:
        """Show these parties and no others."""
        wanted = {party.id for party in parties}
        for row in self.all_rows():
            if row.id not in wanted:
                self.remove(row.id)
        for party in parties:
            if self.get(party.id) != party:
                self.put(party)
