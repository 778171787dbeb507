"""Checks the PINs of mailboxes, and locks a mailbox for a while at which somebody guesses."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from app.db.pin_hash import is_pin
from app.db.tables.extension_voice_mail import check_pin
from app.errors import UserError
from app.events import EventBus, Notice, Severity
from app.services.directory import Extension
from app.services.guesses import Guesses

logger = logging.getLogger(__name__)

MOST_WRONG = 9  # of one mailbox within a quarter of an hour: three calls
# Checked in place of a mailbox that does not exist or has no PIN, so that both take the same time.
_NOBODY = "scrypt$14$AAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


class MailboxPins:
    """Who calls is not banned for a wrong PIN: the address is a phone's of ours, or a carrier's.

    `on_thread` runs what takes its time; `clock` gives Unix seconds.
    """

    def __init__(
        self,
        on_thread: Callable[[Callable[[str, str], bool], str, str], Awaitable[bool]],
        events: EventBus,
        clock: Callable[[], float],
    ) -> None:
        self._on_thread = on_thread
        self._events = events
        self._guesses = Guesses(MOST_WRONG, self._tell, clock)
        self._checking = asyncio.Lock()

    def is_locked(self, mailbox: str) -> bool:
        """Whether no PIN opens it for the time being."""
        return self._guesses.is_locked(mailbox)

    async def opens(self, extension: Extension | None, pin: str) -> bool:
        """Whether a PIN opens the mailbox of an extension; None: of a number that has none."""
        kept = extension.mailbox.pin if extension is not None and extension.mailbox.is_on else ""
        async with self._checking:  # else a hundred calls at once would have a hundred guesses
            if extension is not None and self.is_locked(extension.number):
                return False
            is_right = await self._on_thread(is_pin, pin, kept or _NOBODY) and bool(kept)
            if extension is not None and kept:
                if is_right:
                    self._guesses.note_right(extension.number)
                else:
                    self._guesses.note_wrong(extension.number)
        return is_right

    @staticmethod
    def is_good(pin: str) -> bool:
        """Whether a PIN may be chosen."""
        try:
            check_pin(pin)
        except UserError:
            return False
        return True

    def _tell(self, mailbox: str, seconds: float) -> None:
        minutes = round(seconds / 60)
        text = f"The mailbox {mailbox} is locked for {minutes} minutes: {MOST_WRONG} wrong PINs were entered."
        logger.warning("%s", text)
        self._events.publish(Notice(severity=Severity.WARNING, code="voicemail.locked", text=text))
