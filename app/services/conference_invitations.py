"""Calls extensions into conference rooms, as the window and the command line ask for."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from app.calls.call import Surroundings
from app.calls.call_out import call_out
from app.calls.conversation import Conversation, HungUp
from app.calls.originate import RingResult
from app.errors import EnvironmentFault, UserError
from app.services.conference_room import ConferenceRoom
from app.services.conferences import Conferences
from app.services.devices import Devices
from app.services.directory import DirectoryHolder, Extension

if TYPE_CHECKING:
    from app.calls.originate import Destination

logger = logging.getLogger(__name__)


class ConferenceInvitations:
    """The calls that the PBX makes for rooms. Whoever answers is in: no password is asked of the invited."""

    def __init__(
        self,
        conferences: Conferences,
        devices: Devices,
        holder: DirectoryHolder,
        surroundings: Surroundings,
        spawn: Callable[[Coroutine[Any, Any, None], str], object],
    ) -> None:
        self._conferences = conferences
        self._devices = devices
        self._holder = holder
        self._surroundings = surroundings
        self._spawn = spawn
        self._talks: set[Conversation] = set()

    def invite(self, number: str, extension_number: str) -> None:
        """Ring an extension's devices for a room. UserError where there is no such room or no device."""
        room = self._conferences.room(number)
        if room is None:
            raise UserError("conference.unknown", f"There is no conference room {number}.", room=number)
        extension = self._holder.current.extension(extension_number)
        devices = self._devices.registered(extension) if extension is not None and extension.enabled else []
        if extension is None or not devices:
            text = f"Extension {extension_number} cannot be called now: no telephone of it is registered."
            raise UserError("conference.no_phone", text, number=extension_number)
        self._spawn(self._bring(room, extension, devices), f"invitation into room {number}")

    def stop(self) -> None:
        """Hang up on all who were invited."""
        for talk in list(self._talks):
            talk.hang_up()

    async def _bring(self, room: ConferenceRoom, extension: Extension, devices: list[Destination]) -> None:
        settings = self._holder.current.settings
        try:
            talk = await call_out(
                self._surroundings,
                devices,
                shown_number=room.number,
                shown_name=room.description,
                no_answer_s=settings.no_answer_s,
                codecs=settings.codecs,
                language=room.language or extension.language or settings.prompt_language,
            )
        except HungUp:
            return
        except EnvironmentFault as fault:
            logger.warning("extension %s could not be called into a room: %s", extension.number, fault)
            return
        if isinstance(talk, RingResult):
            logger.info("extension %s did not come to room %s", extension.number, room.number)
            return
        self._talks.add(talk)
        talk.call.shown_name = extension.description
        try:
            await self._enter(room, talk)
        except HungUp:
            logger.debug("extension %s left room %s", extension.number, room.number)
        finally:
            self._talks.discard(talk)
            talk.hang_up()
            await talk.call.release()

    async def _enter(self, room: ConferenceRoom, talk: Conversation) -> None:
        name = await self._conferences.name_of(room, talk)
        if room.record:
            await self._conferences.say(room, talk, "conf-recorded")
        await self._conferences.attend(room, talk, name=name)
