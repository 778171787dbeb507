"""The action LeaveMessage: greet the caller and take a message."""

from __future__ import annotations

import logging
from collections.abc import Callable

from app.calls.call import Call
from app.calls.causes import Outcome
from app.errors import EnvironmentFault
from app.services.actions import Action, CheckMessages, LeaveMessage, MessageReason, Refuse
from app.services.announcements import Announcements
from app.services.directory import DirectoryHolder, Extension
from app.services.forwarding import Forwarder
from app.services.mailboxes import Mailboxes
from app.services.screening import ANONYMOUS
from app.services.spoken_parts import Digits, Part, Recorded
from app.services.voice_mail_files import MessageRecording
from app.services.voice_mail_talk import Talk

logger = logging.getLogger(__name__)

_TRIES = 5  # recordings of one caller


class VoiceMail:
    """Whatever ends the talk, what was said until then is kept if it is long enough."""

    def __init__(
        self,
        holder: DirectoryHolder,
        mailboxes: Mailboxes,
        announcements: Announcements,
        forwarder: Forwarder,
        clock: Callable[[], float],
    ) -> None:
        self._holder = holder
        self._mailboxes = mailboxes
        self._announcements = announcements
        self._forwarder = forwarder
        self._clock = clock

    async def run(self, call: Call, action: LeaveMessage) -> Action | None:
        """Greet, record, let the caller hear and replace it, keep it; say what comes after."""
        extension = self._holder.current.extension(action.mailbox)
        if extension is None or not extension.enabled:
            return Refuse(404)
        cannot_speak = call.answered_at is None and call.offer is not None and not call.could_converse()
        if not extension.mailbox.is_on or cannot_speak:
            if action.reason is MessageReason.BUSY:
                return Refuse(486)
            return Refuse(480, outcome=Outcome.NO_ANSWER)
        call.note_connected(f"voicemail:{extension.number}")
        talk = Talk(await call.converse(), self._announcements)
        if self._mailboxes.counts(extension.number).total >= extension.mailbox.most_messages:
            logger.info("call %d: the mailbox %s is full", call.id, extension.number)
            await talk.tell("vm-mailbox-full")
            return None
        keys = self._keys(extension)
        key = await talk.say(*self._greeting(extension, action.reason), until=f"#{keys}")
        if key and key in keys:
            return self._elsewhere(call, extension, key)
        try:
            key = await self._take(call, talk, extension)
        except EnvironmentFault as fault:
            self._mailboxes.report(fault)
            await talk.tell("vm-cannot-keep")
            return None
        return self._elsewhere(call, extension, key) if key else None

    @staticmethod
    def _keys(extension: Extension) -> str:
        """The keys that lead away: to the operator, and the owner to the messages."""
        mailbox = extension.mailbox
        return ("0" if mailbox.operator else "") + ("*" if mailbox.pin else "")

    def _elsewhere(self, call: Call, extension: Extension, key: str) -> Action:
        if key == "*":
            return CheckMessages(extension.number)
        return self._forwarder.onward(call, extension, extension.mailbox.operator)

    def _greeting(self, extension: Extension, reason: MessageReason) -> tuple[Part, ...]:
        own = self._mailboxes.greeting(extension.number)
        if own is not None:
            return (Recorded(own),)
        why = "vm-is-busy" if reason is MessageReason.BUSY else "vm-not-available"
        operator = ("vm-operator",) if extension.mailbox.operator else ()
        return ("vm-person-at", Digits(extension.number), why, "vm-leave-message", *operator)

    async def _take(self, call: Call, talk: Talk, extension: Extension) -> str:
        """Record until the caller is content; returns a key that leads away, then nothing is kept."""
        keys = self._keys(extension)
        for _ in range(_TRIES):
            recording = await self._mailboxes.record(extension.number)
            try:
                key = await talk.record(recording, longest_s=extension.mailbox.longest_s, until=f"#{keys}")
                if key and key in keys:
                    await recording.discard()
                    return key
                if not self._is_long_enough(extension, recording):
                    await recording.discard()
                    if not key:  # nobody is there, or nobody speaks
                        await talk.tell("vm-nothing-said")
                        return ""
                    await talk.tell("vm-too-short")
                    continue
                if await talk.is_content(recording.path, by_silence=True):
                    await self._keep(call, extension, recording)
                    await talk.tell("vm-message-sent")
                    return ""
                await recording.discard()
            except EnvironmentFault:
                raise
            except BaseException:  # the caller hung up, or we are to stop
                await self._save_rest(call, extension, recording)
                raise
        return ""

    async def _save_rest(self, call: Call, extension: Extension, recording: MessageRecording) -> None:
        """Keep what was said before the caller hung up."""
        try:
            if recording.is_over:
                return
            await recording.finish()
            if self._is_long_enough(extension, recording):
                await self._keep(call, extension, recording)
            else:
                await recording.discard()
        except EnvironmentFault as fault:
            self._mailboxes.report(fault)

    async def _keep(self, call: Call, extension: Extension, recording: MessageRecording) -> None:
        caller = call.shown_number if call.shown_number != ANONYMOUS else ""
        message = await self._mailboxes.keep(
            extension.number, recording, caller=caller, caller_name=call.shown_name, at=self._clock()
        )
        logger.info("call %d left message %d in mailbox %s", call.id, message.id, extension.number)

    @staticmethod
    def _is_long_enough(extension: Extension, recording: MessageRecording) -> bool:
        return recording.has_voice and recording.seconds >= extension.mailbox.shortest_s
