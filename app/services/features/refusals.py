"""The action Refuse: tell the caller no, and why, in words where it can hear them."""

from __future__ import annotations

import logging

from app.calls.call import Call
from app.calls.causes import Outcome
from app.calls.conversation import Conversation
from app.errors import EnvironmentFault
from app.services.actions import Refuse
from app.services.announcements import Announcements
from app.services.dial_plan import is_emergency
from app.services.directory import DirectoryHolder
from app.services.refusal_announcements import OTHER, announcement_of

logger = logging.getLogger(__name__)


class Refusals:
    """The end of calls that cannot be.

    A caller who has been accepted hears why and is hung up on. Any other is refused with the status as it is;
    where the setting says so it hears why before, as early sound (183). What keeps the words from being said,
    no port, no codec in common, keeps nothing else: the status is the answer.
    """

    def __init__(self, holder: DirectoryHolder, announcements: Announcements) -> None:
        self._holder = holder
        self._announcements = announcements

    async def run(self, call: Call, action: Refuse) -> None:
        """Refuse the call; nothing comes after it."""
        said = announcement_of(action.status, action.outcome)
        if call.answered_at is not None:
            await self._tell_accepted(call, said or OTHER)
            return
        if said and self._tells_early(call):
            await self._tell_early(call, said)
        call.refuse(action.status, action.reason, Outcome(action.outcome) if action.outcome else None)

    def _tells_early(self, call: Call) -> bool:
        """Not where help was called: who calls tries elsewhere at once."""
        directory = self._holder.current
        return directory.settings.early_announcements and not is_emergency(directory, call.called)

    async def _tell_accepted(self, call: Call, said: str) -> None:
        try:
            talk = await call.converse()
            await self._say(talk, said)
            talk.hang_up()
        except EnvironmentFault as fault:
            logger.info("call %d ends without words: %s", call.id, fault)
            call.end()

    async def _tell_early(self, call: Call, said: str) -> None:
        try:
            if not call.could_converse():
                return
            talk = await call.converse(early=True)
            await self._say(talk, said)
        except EnvironmentFault as fault:
            logger.info("call %d is refused without words: %s", call.id, fault)

    async def _say(self, talk: Conversation, said: str) -> None:
        await talk.play(*await self._announcements.clips(talk.language, said), until="")
