"""The messages of all mailboxes: rows in the database, sound in files, and how many there are in memory."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import shutil
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar, TypeVarTuple

from peewee import SqliteDatabase

from app.db.tables import voice_message
from app.db.tables.voice_message import MailState, MessageState, VoiceMessage
from app.errors import EnvironmentFault, UserError
from app.events import EventBus, MailboxChanged, Notice, Severity, VoiceMessageLeft
from app.services import voice_mail_files as files
from app.services.voice_mail_files import GREETING, MessageRecording

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
A = TypeVarTuple("A")

_LONGEST_GREETING_S = 120.0


class Rows(Protocol):
    """The part of `db.database.Database` that is used."""

    async def run(
        self, function: Callable[Concatenate[SqliteDatabase, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call a function on the database thread, in one transaction."""
        ...


@dataclass(frozen=True, slots=True)
class Counts:
    """How many messages a mailbox holds."""

    new: int = 0
    saved: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.new + self.saved


EMPTY = Counts()


class Mailboxes:
    """All mailboxes of a data folder. `open` comes first; then `counts` and `greeting` answer at once.

    A message is in the database and on disk when `keep` returns, and in neither when it raises. `changed` is
    called with the mailbox after every change of its counts; `disk` does what waits for files.
    """

    def __init__(
        self, database: Rows, folder: Path, events: EventBus, *, disk: Executor | None = None
    ) -> None:
        self._database = database
        self.folder = folder
        self._events = events
        self._disk = disk or ThreadPoolExecutor(max_workers=1, thread_name_prefix="voice-mail")
        self._counts: dict[str, Counts] = {}
        self._greetings: frozenset[str] = frozenset()
        self.changed: Callable[[str], None] = lambda _mailbox: None

    async def open(self) -> None:
        """Clear up what an unclean end left, and count."""
        messages = await self._database.run(voice_message.every)
        lost = await self.on_disk(
            files.sweep, self.folder, {(message.mailbox, message.file) for message in messages}
        )
        gone = [message for message in messages if (message.mailbox, message.file) in lost]
        if gone:
            logger.warning("%d messages have no sound any more and are forgotten", len(gone))
            await self._database.run(voice_message.delete, [message.id for message in gone])
        self._greetings = await self.on_disk(files.greetings, self.folder)
        for message in messages:
            if message not in gone:
                self._count(message.mailbox, message.state, 1)

    async def close(self) -> None:
        """Let the thread end."""
        await asyncio.to_thread(self._disk.shutdown)

    def counts(self, mailbox: str) -> Counts:
        """How many messages there are."""
        return self._counts.get(mailbox, EMPTY)

    def in_use(self) -> frozenset[str]:
        """The mailboxes that hold a message or a greeting."""
        return frozenset(self._counts) | self._greetings

    def greeting(self, mailbox: str) -> Path | None:
        """The greeting its owner recorded."""
        return self.folder / mailbox / GREETING if mailbox in self._greetings else None

    async def messages(self, mailbox: str) -> list[VoiceMessage]:
        """The messages of a mailbox, the oldest first."""
        return await self._database.run(voice_message.of_mailbox, mailbox)

    async def message(self, message_id: int) -> VoiceMessage:
        """One message. Raises UserError `voicemail.unknown_message`."""
        found = await self._database.run(voice_message.one, message_id)
        if found is None:
            text = f"There is no message {message_id}. It may have been deleted from the phone."
            raise UserError("voicemail.unknown_message", text, message=message_id)
        return found

    def path(self, message: VoiceMessage) -> Path:
        """Where its sound lies."""
        return self.folder / message.mailbox / message.file

    async def record(self, mailbox: str) -> MessageRecording:
        """Begin a recording for a mailbox: a message, or a greeting. Raises EnvironmentFault."""
        path = await self.on_disk(files.draft, self.folder, mailbox)
        return MessageRecording(path, self._disk)

    async def keep(
        self, mailbox: str, recording: MessageRecording, *, caller: str, caller_name: str, at: float
    ) -> VoiceMessage:
        """Keep a finished recording as a new message. Raises EnvironmentFault."""
        recording.is_over = True
        name = await self.on_disk(files.keep_message, recording.path)
        draft = VoiceMessage(
            mailbox=mailbox,
            caller=caller,
            caller_name=caller_name,
            at=at,
            seconds=recording.seconds,
            file=name,
        )
        try:
            message = await self._database.run(voice_message.add, draft)
        except BaseException:
            await self.on_disk(files.remove, self.path(draft))
            raise
        self._count(mailbox, MessageState.NEW, 1)
        self._events.publish(VoiceMessageLeft(mailbox=mailbox, message_id=message.id))
        self._tell(mailbox)
        return message

    async def mark(self, message: VoiceMessage, state: MessageState) -> VoiceMessage:
        """Mark a message as heard, or as new again."""
        if state is not message.state and await self._database.run(
            voice_message.set_state, message.id, state
        ):
            self._count(message.mailbox, message.state, -1)
            self._count(message.mailbox, state, 1)
            self._tell(message.mailbox)
        return dataclasses.replace(message, state=state)

    async def note_mail(self, message_id: int, mailed: MailState) -> None:
        """Note what became of the mail about a message, which may be gone."""
        await self._database.run(voice_message.set_mailed, message_id, mailed)
        message = await self._database.run(voice_message.one, message_id)
        if message is not None:
            self._publish(message.mailbox)

    async def delete(self, messages: Iterable[VoiceMessage]) -> None:
        """Remove messages, rows first: a file left behind is swept, a row without file would be a lie."""
        gone = list(messages)
        known = {
            message.id: message
            for mailbox in {each.mailbox for each in gone}
            for message in await self.messages(mailbox)
        }
        found = [known[message.id] for message in gone if message.id in known]
        if not found:
            return
        await self._database.run(voice_message.delete, [message.id for message in found])
        for message in found:
            self._count(message.mailbox, message.state, -1)
            await self.on_disk(files.remove, self.path(message))
        for mailbox in {message.mailbox for message in found}:
            self._tell(mailbox)

    async def keep_greeting(self, mailbox: str, recording: MessageRecording) -> None:
        """Make a finished recording the greeting. Raises EnvironmentFault."""
        recording.is_over = True
        await self.on_disk(files.keep, recording.path, self.folder / mailbox / GREETING)
        self._greetings |= {mailbox}
        self._tell(mailbox)

    async def import_greeting(self, mailbox: str, source: Path) -> None:
        """Make a sound file the greeting. Raises EnvironmentFault, as SoundFileFault where it is none."""
        await self.on_disk(files.write_greeting, self.folder, mailbox, source, _LONGEST_GREETING_S)
        self._greetings |= {mailbox}
        self._tell(mailbox)

    async def remove_greeting(self, mailbox: str) -> None:
        """Greet as everybody does."""
        if mailbox in self._greetings:
            self._greetings -= {mailbox}
            await self.on_disk(files.remove, self.folder / mailbox / GREETING)
            self._tell(mailbox)

    async def copy(self, message: VoiceMessage, target: Path) -> None:
        """Write a message's sound to another file. Raises EnvironmentFault."""
        try:
            await self.on_disk(shutil.copyfile, self.path(message), target)
        except OSError as error:
            raise files.disk_fault(target.parent, error) from error

    async def forget(self, mailboxes: Collection[str]) -> None:
        """Remove all that mailboxes hold: their extensions are gone, and others may get the numbers."""
        for mailbox in mailboxes:
            found = await self.messages(mailbox)
            await self._database.run(voice_message.delete, [message.id for message in found])
            await self.on_disk(files.remove_mailbox, self.folder, mailbox)
            self._greetings -= {mailbox}
            if self._counts.pop(mailbox, None) is not None:
                self._tell(mailbox)

    def report(self, fault: EnvironmentFault) -> None:
        """Tell the administrator that messages cannot be kept."""
        logger.error("%s", fault)
        self._events.publish(Notice(severity=Severity.ERROR, code=fault.code, text=fault.text))

    def _count(self, mailbox: str, state: MessageState, step: int) -> None:
        known = self.counts(mailbox)
        if state is MessageState.NEW:
            known = Counts(max(known.new + step, 0), known.saved)
        else:
            known = Counts(known.new, max(known.saved + step, 0))
        if known.total:
            self._counts[mailbox] = known
        else:
            self._counts.pop(mailbox, None)

    def _tell(self, mailbox: str) -> None:
        self._publish(mailbox)
        self.changed(mailbox)

    def _publish(self, mailbox: str) -> None:
        known = self.counts(mailbox)
        self._events.publish(MailboxChanged(mailbox=mailbox, new=known.new, saved=known.saved))

    async def on_disk(self, function: Callable[[*A], T], *args: *A) -> T:
        """Do on the thread what waits for files, or takes its time."""
        return await asyncio.get_running_loop().run_in_executor(self._disk, function, *args)
