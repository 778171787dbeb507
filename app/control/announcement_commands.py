"""The commands on announcements, with a server and without one."""

from __future__ import annotations

from app.api import announcements
from app.control.record_commands import Command
from app.events import EventBus
from app.services.announcement_places import places
from app.services.announcements import Announcements
from app.services.configuration import Configuration

ANNOUNCEMENT_COMMANDS: dict[str, Command] = {"announcements": announcements.entries}


class OfflineAnnouncements:
    """The announcements of a data folder that no server runs on."""

    def __init__(self, configuration: Configuration) -> None:
        self.announcements = Announcements(
            places(configuration.options), holder=configuration.holder, events=EventBus()
        )


async def offline(command: str, configuration: Configuration, arguments: dict[str, object]) -> object:
    """Carry a command out on the folders alone."""
    pbx = OfflineAnnouncements(configuration)
    await pbx.announcements.read()
    return await ANNOUNCEMENT_COMMANDS[command](pbx, **arguments)
