"""Mails the owner of a mailbox each message that was left, and notes what became of the mail."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any

from app.db.tables.mail import MailRow
from app.db.tables.voice_message import MailState, VoiceMessage
from app.errors import EnvironmentFault, OpenMssError
from app.events import Event, EventBus, Notice, Severity, VoiceMessageLeft
from app.services.directory import DirectoryHolder, Extension
from app.services.letters import Attachment, Letter
from app.services.mail import Mail
from app.services.mailboxes import Mailboxes

logger = logging.getLogger(__name__)

_KIND = "voice_mail"
_LONGEST_CALLER = 80
_WORDS = {
    "en": (
        "Voice message from {caller}, {seconds}",
        "{caller} left a message of {seconds} in the mailbox of {mailbox} on {moment}.",
        "It is attached. On the phone it is heard with *97.",
        "It is heard with *97.",
        "{minutes}:{seconds:02d} minutes",
    ),
    "zh": (
        "来自 {caller} 的语音留言，{seconds}",
        "{caller} 于 {moment} 在 {mailbox} 的语音信箱留言，时长 {seconds}。",
        "留言见附件，也可以在话机上拨 *97 收听。",
        "请在话机上拨 *97 收听。",
        "{minutes} 分 {seconds:02d} 秒",
    ),
}
_NOBODY = {"en": "an unknown caller", "zh": "未知号码"}


class VoiceMailLetters:
    """Listens for messages; `mail.outcome` is its to use."""

    def __init__(
        self,
        mail: Mail,
        mailboxes: Mailboxes,
        holder: DirectoryHolder,
        events: EventBus,
        *,
        spawn: Callable[[Coroutine[Any, Any, None], str], object],
    ) -> None:
        self._mail = mail
        self._mailboxes = mailboxes
        self._holder = holder
        self._events = events
        self._spawn = spawn
        self._unsubscribe = events.subscribe(self._hear)
        mail.outcome = self._note_outcome

    def stop(self) -> None:
        """Listen no more."""
        self._unsubscribe()

    def _hear(self, event: Event) -> None:
        if isinstance(event, VoiceMessageLeft):
            extension = self._holder.current.extension(event.mailbox)
            if extension is not None and extension.mailbox.email:
                self._spawn(self._post(extension, event.message_id), f"mail of message {event.message_id}")

    async def _post(self, extension: Extension, message_id: int) -> None:
        try:
            message = await self._mailboxes.message(message_id)
            attachments: tuple[Attachment, ...] = ()
            if extension.mailbox.attach:
                path = self._mailboxes.path(message)
                attachments = (await asyncio.to_thread(_attachment, path, message),)
            language = extension.language or self._holder.current.settings.prompt_language
            await self._mail.post(letter_of(message, extension, attachments, language))
            await self._mailboxes.note_mail(message_id, MailState.QUEUED)
        except OpenMssError as problem:
            logger.info("message %d is not mailed: %s", message_id, problem)
            await self._mailboxes.note_mail(message_id, MailState.FAILED)
            self._events.publish(Notice(severity=Severity.WARNING, code=problem.code, text=problem.text))

    def _note_outcome(self, row: MailRow, is_sent: bool) -> None:
        if row.kind == _KIND and row.about.isdigit():
            self._spawn(self._note(int(row.about), is_sent), f"outcome of the mail of message {row.about}")

    async def _note(self, message_id: int, is_sent: bool) -> None:
        await self._mailboxes.note_mail(message_id, MailState.SENT if is_sent else MailState.FAILED)
        if not is_sent:
            return
        try:
            message = await self._mailboxes.message(message_id)
        except OpenMssError:  # heard and deleted meanwhile
            return
        owner = self._holder.current.extension(message.mailbox)
        if owner is not None and owner.mailbox.delete_when_mailed and owner.mailbox.attach:
            await self._mailboxes.delete([message])


def letter_of(
    message: VoiceMessage, owner: Extension, attachments: tuple[Attachment, ...], language: str
) -> Letter:
    """Write the letter about a message."""
    language = language if language in _WORDS else "en"
    subject, told, attached, heard, length = _WORDS[language]
    whole = round(message.seconds)
    words = {
        "caller": _plain(f"{message.caller_name} {message.caller}") or _NOBODY[language],
        "seconds": length.format(minutes=whole // 60, seconds=whole % 60),
        "mailbox": message.mailbox,
        "moment": datetime.fromtimestamp(message.at).strftime("%Y-%m-%d %H:%M"),
    }
    return Letter(
        kind=_KIND,
        recipient=owner.mailbox.email,
        subject=subject.format(**words),
        text=f"{told.format(**words)}\n{attached if attachments else heard}\n",
        about=str(message.id),
        attachments=attachments,
    )


def _plain(text: str) -> str:
    """What a stranger calls itself, on one line of sensible length, without what turns text around."""
    shown = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(shown.split())[:_LONGEST_CALLER]


def _attachment(path: Path, message: VoiceMessage) -> Attachment:
    """The sound as MP3, small and played everywhere; else as it is. Waits for the disk."""
    import soundfile

    name = datetime.fromtimestamp(message.at).strftime("message-%Y%m%d-%H%M%S")
    try:
        sound, rate = soundfile.read(path, dtype="int16")
        made = io.BytesIO()
        soundfile.write(made, sound, rate, format="MP3", subtype="MPEG_LAYER_III")
        return Attachment(f"{name}.mp3", "audio/mpeg", made.getvalue())
    except (soundfile.LibsndfileError, RuntimeError, ValueError) as problem:
        logger.info("message %d is mailed as it is: %s", message.id, problem)
        try:
            content = path.read_bytes()
        except OSError as error:
            text = f"The sound of message {message.id} cannot be read ({error.strerror})."
            raise EnvironmentFault("voicemail.unreadable", text, path=str(path)) from error
        return Attachment(f"{name}{path.suffix}", "audio/x-wav", content)
