"""The action OpenMenu: an attendant talks with the caller until it is clear where the call goes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from app.calls.call import Call
from app.calls.conversation import Clip, Conversation
from app.services.actions import Action, OpenMenu
from app.services.announcements import Announcements
from app.services.caller_party import party_of
from app.services.directory import DirectoryHolder
from app.services.menu_walk import MenuWalk, Said, Step
from app.services.refusal_announcements import announcement_of
from app.services.spelled_names import SpelledNames
from app.services.spoken_parts import Digits, Part

logger = logging.getLogger(__name__)


class Attendant:
    """Gives a MenuWalk a voice and ears. One for all calls: the names are spelled once."""

    def __init__(
        self, holder: DirectoryHolder, announcements: Announcements, clock: Callable[[], float]
    ) -> None:
        self._holder = holder
        self._announcements = announcements
        self._clock = clock
        self._names = SpelledNames()

    async def run(self, call: Call, action: OpenMenu) -> Action | None:
        """Talk; what the caller chose comes next."""
        if action.told is not None:
            call.diversions.clear()  # of the number that was not reached: the caller may try it again
        directory = self._holder.current
        talk = await call.converse()
        walk = MenuWalk(directory, party_of(call), self._moment, action, self._names)
        step = walk.begin()
        while True:
            self._note(call, talk, step)
            key = await self._say(talk, step)
            if step.is_over:
                break
            key = key or await talk.key(step.wait_s)
            if walk.needs_names:
                await self._names.prepare_aside(directory.extensions)
            step = walk.press(key) if key else walk.silence()
        talk.forget_keys()
        logger.info("call %d: menu %s: %s", call.id, step.menu, step.destination or "hung up")
        if step.then is None:
            talk.hang_up()
        return step.then

    def _note(self, call: Call, talk: Conversation, step: Step) -> None:
        """Each menu stands in the call's record, once in a row; its language is that of all that follows."""
        way = f"menu {step.menu}"
        if step.menu and call.ways[-1:] != [way]:
            call.ways.append(way)
        if step.language:
            call.language = talk.language = step.language

    async def _say(self, talk: Conversation, step: Step) -> str:
        """Say it; returns the key that cut it short."""
        firm = [each for each in step.says if each.is_firm]
        if firm:
            await talk.play(*await self._clips(talk, firm), until="")
            talk.forget_keys()
        says = [each for each in step.says if not each.is_firm]
        if not says:
            return ""
        clips = await self._clips(talk, says)
        if step.is_over:
            await talk.play(*clips, until="")
            return ""
        return await talk.play(*clips)

    async def _clips(self, talk: Conversation, says: Sequence[Said]) -> tuple[Clip, ...]:
        found: list[Clip] = []
        for each in says:
            part = self._part(each)
            if part is not None:
                found += await self._announcements.clips(each.language or talk.language, part)
        return tuple(found)

    def _part(self, each: Said) -> Part | None:
        if each.digits:
            return Digits(each.digits)
        refusal = each.refusal
        name = announcement_of(refusal.status, refusal.outcome) if refusal is not None else each.id
        if name and not self._announcements.is_known(name):
            logger.warning("a menu says “%s”, of which there is no recording", name)
            return None
        return name or None

    def _moment(self) -> datetime:
        return datetime.fromtimestamp(self._clock(), tz=UTC)
