"""Each message left is mailed with a playable attachment, and its row says what became of the mail."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from app.db.tables.voice_message import MailState, VoiceMessage
from app.events import EventBus
from app.services.directory import Directory, DirectoryHolder, Extension
from app.services.extension_rules import Mailbox
from app.services.mail import Mail
from app.services.mail_delivery import MailServer
from app.services.mailboxes import Mailboxes
from app.services.voice_mail_letters import VoiceMailLetters, letter_of
from tests.support.data_folder import opened
from tests.support.post_office import PostOffice, open_post_office

OWNER = "clerk@example.net"
HERTZ, RATE = 440.0, 16_000


class Office:
    """Mailboxes, a queue and a post office in one."""

    def __init__(self, post: PostOffice, mailboxes: Mailboxes, mail: Mail, holder: DirectoryHolder) -> None:
        self.post, self.mailboxes, self.mail, self.holder = post, mailboxes, mail, holder
        self.tasks: set[asyncio.Task[None]] = set()

    def spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = asyncio.get_running_loop().create_task(work, name=name)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def leave(self, seconds: float = 2.0) -> VoiceMessage:
        recording = await self.mailboxes.record("100")
        sound = np.sin(2 * np.pi * HERTZ * np.arange(round(seconds * RATE)) / RATE)
        for tick, frame in enumerate(np.split((8000 * sound).astype(np.int16), round(seconds * 50))):
            recording.take(tick, frame)
        await recording.finish()
        return await self.mailboxes.keep(
            "100", recording, caller="0791234", caller_name="Ana", at=1_800_000_000.0
        )

    async def mailed(self, message: VoiceMessage, *states: MailState) -> None:
        async with asyncio.timeout(15):
            while (await self.mailboxes.message(message.id)).mailed not in states:  # noqa: ASYNC110  no event
                await asyncio.sleep(0.01)


@asynccontextmanager
async def office_at(folder: Path, **box: Any) -> AsyncIterator[Office]:
    bus = EventBus()
    async with open_post_office() as post, opened(folder) as records:
        server = MailServer(host="127.0.0.1", port=post.port, security="none", sender="office@example.com")

        async def where() -> MailServer | None:
            return server

        database = records.configuration.database
        mailboxes = Mailboxes(database, folder / "voicemail", bus)
        await mailboxes.open()
        mail = Mail(database, where, bus, clock=lambda: 1_800_000_100.0)
        extension = Extension(number="100", mailbox=Mailbox(is_on=True, email=OWNER, **box))
        holder = DirectoryHolder(Directory().with_extensions({"100": extension}))
        office = Office(post, mailboxes, mail, holder)
        letters = VoiceMailLetters(mail, mailboxes, holder, bus, spawn=office.spawn)
        mail.start()
        try:
            yield office
        finally:
            letters.stop()
            await mail.stop()
            await asyncio.gather(*office.tasks)
            await mailboxes.close()


async def test_the_attachment_plays(tmp_path: Path) -> None:
    async with office_at(tmp_path) as office:
        message = await office.leave()
        await office.mailed(message, MailState.SENT)
    (letter,) = office.post.letters
    assert letter["To"] == OWNER
    assert letter["Subject"] == "Voice message from Ana 0791234, 0:02 minutes"
    (attached,) = letter.iter_attachments()
    assert attached.get_content_type() == "audio/mpeg"
    sound, rate = soundfile.read(io.BytesIO(attached.get_content()), dtype="int16")
    spectrum = np.abs(np.fft.rfft(sound[: 2 * rate]))
    assert abs(np.argmax(spectrum) * rate / (2 * rate) - HERTZ) < 2
    assert len(sound) / rate == pytest.approx(2.0, abs=0.2)


async def test_without_attachment(tmp_path: Path) -> None:
    async with office_at(tmp_path, attach=False, delete_when_mailed=True) as office:
        message = await office.leave()
        await office.mailed(message, MailState.SENT)
        assert len(await office.mailboxes.messages("100")) == 1  # nothing is deleted that was not sent along
    assert list(office.post.letters[0].iter_attachments()) == []


async def test_deleted_once_it_is_mailed(tmp_path: Path) -> None:
    async with office_at(tmp_path, delete_when_mailed=True) as office:
        await office.leave()
        async with asyncio.timeout(15):
            while await office.mailboxes.messages("100"):  # noqa: ASYNC110  no event
                await asyncio.sleep(0.01)
    assert len(office.post.letters) == 1


async def test_a_refusal_for_good_stands_at_the_message_which_stays(tmp_path: Path) -> None:
    async with office_at(tmp_path, delete_when_mailed=True) as office:
        office.post.refuse_recipient = "550 No such user"
        message = await office.leave()
        await office.mailed(message, MailState.FAILED)
        assert len(await office.mailboxes.messages("100")) == 1


def test_chinese_and_a_caller_who_hides() -> None:
    message = VoiceMessage(mailbox="100", caller="", at=1_800_000_000.0, seconds=61.4, file="x.wav")
    letter = letter_of(message, Extension(number="100", mailbox=Mailbox(email=OWNER)), (), "zh")
    assert letter.subject == "来自 未知号码 的语音留言，1 分 01 秒"
    assert "请在话机上拨 *97 收听" in letter.text


def test_what_a_caller_calls_itself_is_shown_plainly() -> None:
    owner = Extension(number="100", mailbox=Mailbox(is_on=True, email=OWNER))
    message = VoiceMessage(
        mailbox="100", caller="5" * 9000, caller_name="A\n\n<b>\x1b[2J\u202e", at=0.0, seconds=2, file="x.wav"
    )
    letter = letter_of(message, owner, (), "en")
    assert letter.text.count("\n") == 2
    assert len(letter.text) < 300
    assert letter.text.startswith("A <b> [2J 555")
