"""Opens the configuration of a data folder for a test, and closes it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from app.events import Event, EventBus
from app.options import Options
from app.services.configuration import Configuration


class Records:
    """A Pbx as far as `app.api.records` needs one; `events` are what was announced."""

    def __init__(self, configuration: Configuration, events: list[Event]) -> None:
        self.configuration = configuration
        self.events = events


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Records]:
    """The records of a folder, made where there are none."""
    bus, events = EventBus(), list[Event]()
    bus.subscribe(events.append)
    configuration = Configuration(Options(data=folder), bus)
    await configuration.open()
    try:
        yield Records(configuration, events)
    finally:
        await configuration.close()
