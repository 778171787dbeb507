"""The commands on voice mail, with a running server and without one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.api import voice_mail
from app.control.record_commands import Command
from app.events import EventBus
from app.services.configuration import Configuration
from app.services.mailboxes import Mailboxes

VOICE_MAIL_COMMANDS: dict[str, Command] = {
    "voicemail": voice_mail.mailboxes,
    "voicemail.messages": voice_mail.messages,
    "voicemail.mark": voice_mail.mark,
    "voicemail.delete": voice_mail.delete,
    "voicemail.copy": voice_mail.copy,
    "voicemail.greeting": voice_mail.greeting,
    "voicemail.set_greeting": voice_mail.set_greeting,
    "voicemail.remove_greeting": voice_mail.remove_greeting,
}


class _Mailroom:
    """The part of a Pbx that voice mail needs."""

    def __init__(self, configuration: Configuration) -> None:
        self.configuration = configuration
        folder = configuration.options.paths.voice_mail
        self.mailboxes = Mailboxes(configuration.database, folder, EventBus())


async def offline(command: str, configuration: Configuration, arguments: Mapping[str, Any]) -> object:
    """Carry a command out on the mailboxes of a folder that no server runs on."""
    pbx = _Mailroom(configuration)
    try:
        await pbx.mailboxes.open()
        return await VOICE_MAIL_COMMANDS[command](pbx, **arguments)
    finally:
        await pbx.mailboxes.close()
