"""Recordings and a conference for the manual's pictures."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from app.api import calls, recordings, records
from app.db.tables import recording as recording_table
from app.db.tables.recording import RecordingRow
from app.sip import events
from tests.support.phone import Phone
from ui.main_window import MainWindow

ROOMS = (("8000", "Monday meeting", "tones"), ("8001", "Board", "names"), ("8002", "Workshop", "none"))
KEPT = (  # caller, name, connected, room, seconds, hours ago, state, begun by
    ("101", "Li Wei", "100", "", 312, 27, "complete", "always"),
    ("13912345678", "", "100", "", 95, 25, "complete", "extension 100"),
    ("", "", "", "8000", 2710, 6, "complete", "conference 8000"),
    ("103", "Wang Fang", "102", "", 41, 3, "repaired", "window"),
    ("105", "Warehouse", "101", "", 188, 1, "complete", "always"),
)


async def keep_recordings(window: MainWindow) -> None:
    """Make the rooms, and enter some recordings."""
    for number, description, announce in ROOMS:
        values = {"description": description, "announce": announce}
        await window.bridge.ask(records.add_record, "conference", number, values)
    await window.bridge.ask(_keep)


async def _keep(pbx: Any) -> None:
    folder = pbx.options.paths.recordings
    rows = [
        RecordingRow(
            file=str(folder / f"{number}.wav"),
            started_at=time.time() - 3600 * hours,
            seconds=seconds,
            bytes=32_000 * seconds + 44,
            state=state,
            caller=caller,
            caller_name=name,
            called=connected,
            connected=connected,
            room=room,
            started_by=started_by,
        )
        for number, (caller, name, connected, room, seconds, hours, state, started_by) in enumerate(KEPT)
    ]
    await pbx.configuration.database.run(recording_table.write, rows)


async def record_a_call(window: MainWindow) -> None:
    """Record the first of the live calls."""
    live = await window.bridge.ask(calls.live_calls)
    await window.bridge.ask(recordings.start, live[0].id)


async def meet(phones: Mapping[str, Phone]) -> None:
    """Three come to the room."""
    for number in ("104", "105", "102"):
        call = phones[number].call("*6*8000")
        await call.until(events.Accepted)
