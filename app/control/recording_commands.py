"""The commands on recordings and conferences: with a running server, and recordings without one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.api import conferences, recordings
from app.control.record_commands import Command
from app.events import EventBus
from app.services.configuration import Configuration
from app.services.recording_disk import RecordingDisk
from app.services.recording_shelf import RecordingShelf


async def _page(
    pbx: recordings.HasRecordings, number: str = "", limit: int = 200
) -> list[recordings.RecordingView]:
    return await recordings.page(pbx, recordings.RecordingFilter(number=number), limit)


_WITHOUT_SERVER: dict[str, Command] = {
    "recordings": _page,
    "recordings.get": recordings.get,
    "recordings.export": recordings.export,
    "recordings.delete": recordings.delete,
}
RECORDING_COMMANDS: dict[str, Command] = {
    **_WITHOUT_SERVER,
    "recordings.start": recordings.start,
    "recordings.stop": recordings.stop,
    "recordings.pause": recordings.pause,
    "recordings.resume": recordings.resume,
    "conferences": conferences.meetings,
    "conferences.mute": conferences.mute,
    "conferences.send_away": conferences.send_away,
    "conferences.lock": conferences.lock,
    "conferences.end": conferences.end,
    "conferences.record": conferences.record,
    "conferences.invite": conferences.invite,
}
OFFLINE = frozenset(_WITHOUT_SERVER)


class _Shelf:
    """The part of a Pbx that recordings need."""

    def __init__(self, shelf: RecordingShelf) -> None:
        self.recordings = shelf


async def offline(command: str, configuration: Configuration, arguments: Mapping[str, Any]) -> object:
    """Carry a command out on the recordings of a folder that no server runs on."""
    disk = RecordingDisk()
    folder = configuration.options.paths.recordings
    shelf = RecordingShelf(configuration.database, configuration.holder, disk, folder, EventBus())
    try:
        return await _WITHOUT_SERVER[command](_Shelf(shelf), **arguments)
    finally:
        await disk.stop()
