"""The action SetForwarding: a phone switches one of its own forwardings, and hears that it did."""

from __future__ import annotations

import logging

from app.calls.call import Call
from app.errors import OpenMssError
from app.services.actions import Refuse, SetForwarding
from app.services.announcements import Announcements
from app.services.directory import DirectoryHolder
from app.services.extension_rules import ChangeExtension
from app.services.forwarding import Forwarder
from app.services.spoken_parts import Digits
from app.services.voice_mail_talk import Talk

logger = logging.getLogger(__name__)


class ForwardingCodes:
    """Saves through the configuration, so that the window shows it and a restart keeps it."""

    def __init__(
        self,
        holder: DirectoryHolder,
        announcements: Announcements,
        forwarder: Forwarder,
        change: ChangeExtension,
    ) -> None:
        self._holder = holder
        self._announcements = announcements
        self._forwarder = forwarder
        self._change = change

    async def run(self, call: Call, action: SetForwarding) -> Refuse | None:
        """Check, save, confirm."""
        extension = self._holder.current.extension(call.caller_extension)
        if extension is None:
            return Refuse(404)
        talk = Talk(await call.converse(), self._announcements)
        name = action.rule.value.replace("_", "-")
        if not extension.forwards.by_phone:
            await talk.tell("fwd-not-permitted")
            return None
        if action.number and not self._forwarder.may_forward_to(extension, action.number):
            await talk.tell("fwd-refused")
            return None
        try:
            await self._change(extension.number, {f"forward_{action.rule}": action.number})
        except OpenMssError as error:
            logger.info("call %d: forwarding to %s: %s", call.id, action.number, error)
            await talk.tell("fwd-refused")
            return None
        if action.number:
            await talk.tell(f"fwd-{name}-on", Digits(action.number))
        else:
            await talk.tell(f"fwd-{name}-off")
        return None
