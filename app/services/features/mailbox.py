"""The action CheckMessages: let the owner of a mailbox in, from the own phone or with number and PIN."""

from __future__ import annotations

import logging

from app.calls.call import Call
from app.services.actions import Action, CheckMessages
from app.services.announcements import Announcements
from app.services.directory import DirectoryHolder, Extension
from app.services.mailbox_pins import MailboxPins
from app.services.voice_mail_session import Sessions
from app.services.voice_mail_talk import Talk

logger = logging.getLogger(__name__)

_TRIES = 3
_LONGEST_NUMBER, _LONGEST_PIN = 16, 10


class MailboxDoor:
    """Wrong numbers and wrong PINs look alike, and the third ends the call."""

    def __init__(
        self,
        holder: DirectoryHolder,
        announcements: Announcements,
        pins: MailboxPins,
        sessions: Sessions,
    ) -> None:
        self._holder = holder
        self._announcements = announcements
        self._pins = pins
        self._sessions = sessions

    async def run(self, call: Call, action: CheckMessages) -> Action | None:
        """Ask what has to be asked, and let the owner hear the messages; say what comes after."""
        call.note_connected(call.connected or "voicemail")
        talk = Talk(await call.converse(), self._announcements)
        # Who was sent here by another's forwarding, or by an attendant, is not at the own phone.
        is_own = bool(action.mailbox) and action.mailbox == call.caller_extension and not call.diversions
        extension = self._holder.current.extension(action.mailbox)
        if is_own and (extension is None or not extension.mailbox.is_on):
            await talk.tell("vm-no-mailbox")
            return None
        if extension is None or not is_own or (extension.mailbox.asks_pin and extension.mailbox.pin):
            extension = await self._admit(call, talk, action.mailbox)
        if extension is None:
            return None
        call.note_connected(f"voicemail:{extension.number}")
        return await self._sessions.run(call, talk, extension)

    async def _admit(self, call: Call, talk: Talk, mailbox: str) -> Extension | None:
        """Ask for the number, where it is not known, and the PIN, three times."""
        for _ in range(_TRIES):
            number = mailbox or await talk.number("vm-enter-mailbox", most=_LONGEST_NUMBER)
            if not number:
                continue
            if self._pins.is_locked(number):
                await talk.tell("vm-locked")
                return None
            pin = await talk.number("vm-enter-pin", most=_LONGEST_PIN)
            extension = self._holder.current.extension(number)
            if extension is not None and not extension.enabled:
                extension = None
            if await self._pins.opens(extension, pin):
                return extension
            logger.info(
                "call %d: a wrong number or PIN for mailbox %s from %s",
                call.id,
                number if extension is not None else "?",  # it may be a PIN, keyed too early
                call.caller_number or call.caller_flow.remote,
            )
            await talk.tell("vm-wrong-pin")
        await talk.tell("vm-goodbye")
        return None
