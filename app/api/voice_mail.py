"""Mailboxes: how many messages each holds, the messages, their sound, and the greetings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.db.tables.voice_message import MailState, MessageState, VoiceMessage
from app.errors import UserError
from app.services.configuration import Configuration
from app.services.directory import Extension
from app.services.mailboxes import Mailboxes

__all__ = [
    "MailState",
    "MailboxView",
    "VoiceMessageView",
    "copy",
    "delete",
    "greeting",
    "mailboxes",
    "mark",
    "message",
    "messages",
    "remove_greeting",
    "set_greeting",
]


class HasMailboxes(Protocol):
    """The part of a Pbx that is needed here."""

    @property
    def configuration(self) -> Configuration:
        """The records."""

    @property
    def mailboxes(self) -> Mailboxes:
        """The messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxView:
    """One mailbox. Not `is_on`: its extension takes no more messages, and still has some."""

    number: str
    description: str
    is_on: bool
    new: int
    saved: int
    most: int
    has_pin: bool
    has_greeting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceMessageView:
    """One message. `at` is Unix seconds, `path` its sound: WAV, 16 kHz, mono."""

    id: int
    mailbox: str
    caller: str
    caller_name: str
    at: float
    seconds: float
    is_new: bool
    mailed: MailState
    path: str


async def mailboxes(pbx: HasMailboxes) -> list[MailboxView]:
    """All mailboxes that are switched on or hold messages, by number."""
    directory = pbx.configuration.directory
    used = pbx.mailboxes.in_use()
    found = [each for each in directory.extensions.values() if each.mailbox.is_on or each.number in used]
    return [_mailbox(pbx, each) for each in sorted(found, key=lambda each: (len(each.number), each.number))]


async def messages(pbx: HasMailboxes, mailbox: str) -> list[VoiceMessageView]:
    """The messages of a mailbox, the newest first. UserError for a number that is no extension's."""
    _known(pbx, mailbox)
    found = await pbx.mailboxes.messages(mailbox)
    return [_message(pbx, each) for each in reversed(found)]


async def message(pbx: HasMailboxes, message_id: int) -> VoiceMessageView:
    """One message. UserError where it is gone."""
    return _message(pbx, await pbx.mailboxes.message(message_id))


async def mark(pbx: HasMailboxes, message_ids: Iterable[int], is_new: bool) -> None:
    """Mark messages as heard, or as new again: the phone's lamp follows. UserError where one is gone."""
    state = MessageState.NEW if is_new else MessageState.SAVED
    for each in await _messages(pbx, message_ids):
        await pbx.mailboxes.mark(each, state)


async def delete(pbx: HasMailboxes, message_ids: Iterable[int]) -> None:
    """Delete messages for good. UserError where one is gone; then nothing is deleted."""
    await pbx.mailboxes.delete(await _messages(pbx, message_ids))


async def copy(pbx: HasMailboxes, message_id: int, target: str) -> None:
    """Write a message's sound to a file. UserError, EnvironmentFault."""
    await pbx.mailboxes.copy(await pbx.mailboxes.message(message_id), Path(target))


async def greeting(pbx: HasMailboxes, mailbox: str) -> str:
    """The file of the greeting that its owner recorded; "" where callers hear the standard one."""
    _known(pbx, mailbox)
    found = pbx.mailboxes.greeting(mailbox)
    return str(found) if found is not None else ""


async def set_greeting(pbx: HasMailboxes, mailbox: str, source: str) -> None:
    """Make a sound file the greeting. UserError, EnvironmentFault for a file that cannot be played."""
    _known(pbx, mailbox)
    await pbx.mailboxes.import_greeting(mailbox, Path(source))


async def remove_greeting(pbx: HasMailboxes, mailbox: str) -> None:
    """Let callers hear the standard greeting. UserError."""
    _known(pbx, mailbox)
    await pbx.mailboxes.remove_greeting(mailbox)


async def _messages(pbx: HasMailboxes, message_ids: Iterable[int]) -> Sequence[VoiceMessage]:
    return [await pbx.mailboxes.message(each) for each in message_ids]


def _known(pbx: HasMailboxes, mailbox: str) -> Extension:
    found = pbx.configuration.directory.extension(mailbox)
    if found is None:
        text = f"There is no extension {mailbox}, hence no mailbox."
        raise UserError("voicemail.unknown_mailbox", text, mailbox=mailbox)
    return found


def _mailbox(pbx: HasMailboxes, extension: Extension) -> MailboxView:
    counts = pbx.mailboxes.counts(extension.number)
    return MailboxView(
        number=extension.number,
        description=extension.description,
        is_on=extension.mailbox.is_on,
        new=counts.new,
        saved=counts.saved,
        most=extension.mailbox.most_messages,
        has_pin=bool(extension.mailbox.pin),
        has_greeting=pbx.mailboxes.greeting(extension.number) is not None,
    )


def _message(pbx: HasMailboxes, message: VoiceMessage) -> VoiceMessageView:
    return VoiceMessageView(
        id=message.id,
        mailbox=message.mailbox,
        caller=message.caller,
        caller_name=message.caller_name,
        at=message.at,
        seconds=message.seconds,
        is_new=message.state is MessageState.NEW,
        mailed=message.mailed,
        path=str(pbx.mailboxes.path(message)),
    )
