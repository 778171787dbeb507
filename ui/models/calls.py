"""The live table of calls: coloured by state, counting up, and an ended call for a moment longer."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from app.events import CallState, CallView
from ui import texts
from ui.models.extensions import number_order
from ui.models.rows import Column, RowsModel
from ui.theme import Tone

LINGER_SECONDS = 5.0  # an ended call stays this long, so that its end can be seen
_TICK_MS = 1000
_RECORDING_ICONS = {"on": "record", "paused": "pause"}


class CallsModel(RowsModel[CallView]):
    """The calls in progress."""

    def __init__(self, parent: QObject | None = None, now: Callable[[], float] = time.time) -> None:
        self._now = now
        super().__init__(self._columns(), lambda row: row.id, parent, sort_column=6, descending=True)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.tick)

    def follow(self, call: CallView) -> None:
        """Take over what an event says of a call."""
        self.put(call)
        if not self._tick.isActive():
            self._tick.start()

    def load(self, calls: list[CallView]) -> None:
        """Show these calls and no others."""
        self.replace(calls)
        if calls:
            self._tick.start()

    def live(self) -> int:
        """How many have not ended."""
        return sum(1 for call in self.all_rows() if call.state is not CallState.ENDED)

    @Slot()
    def tick(self) -> None:
        """Let the durations count, and ended calls go."""
        now = self._now()
        for call in self.all_rows():
            if call.ended_at is not None and now - call.ended_at >= LINGER_SECONDS:
                self.remove(call.id)
        if not self.total:
            self._tick.stop()
        self.refresh()

    def length_of(self, call: CallView) -> float:
        """Seconds since the call was answered; before that since it began."""
        return (call.ended_at or self._now()) - (call.answered_at or call.started_at)

    def _columns(self) -> tuple[Column[CallView], ...]:
        return (
            Column(
                name="state",
                title="State",
                text=texts.call_state,
                tone=_tone,
                icon=lambda row: f"state-{row.state.value}",
                width=115,
            ),
            Column(
                name="caller",
                title="Caller",
                text=_caller,
                sort=lambda row: number_order(row.caller),
                width=180,
            ),
            Column(
                name="called",
                title="Called",
                text=lambda row: row.called,
                sort=lambda row: number_order(row.called),
                width=100,
            ),
            Column(name="connected", title="Answered by", text=lambda row: row.connected, width=105),
            Column(
                name="duration",
                title="Duration",
                text=lambda row: texts.duration(self.length_of(row)),
                sort=self.length_of,
                right=True,
                width=85,
            ),
            Column(name="media", title="Sound", text=_sound, width=150),
            Column(
                name="started",
                title="Started",
                text=lambda row: texts.clock(row.started_at),
                sort=lambda row: (row.started_at, row.id),
                width=95,
            ),
            Column(
                name="recording",
                title="Recording",
                text=texts.recording,
                tone=lambda row: Tone.BAD if row.recording == "on" else Tone.QUIET,
                icon=lambda row: _RECORDING_ICONS.get(row.recording, ""),
                width=100,
            ),
        )


def _tone(call: CallView) -> Tone:
    if call.state is CallState.ENDED:
        return texts.outcome_tone(call.outcome)
    return texts.CALL_TONES[call.state]


def _caller(call: CallView) -> str:
    return f"{call.caller} · {call.caller_name}" if call.caller_name else call.caller


def _sound(call: CallView) -> str:
    return " · ".join(filter(None, (texts.media(call.media) if call.media != "none" else "", call.codec)))
