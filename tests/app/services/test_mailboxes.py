"""Messages in the database and on disk: a crash, a greeting from a file, a mailbox that goes."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pytest
import soundfile

from app.db.tables.voice_message import MailState, MessageState
from app.errors import EnvironmentFault, UserError
from app.events import EventBus, MailboxChanged
from app.services.mailboxes import Counts, Mailboxes
from tests.support.office import in_virtual_time
from tests.support.office_mailboxes import DatabaseInMemory, office_mailboxes
from tests.support.voice_mail_office import VoiceMailOffice, speech, with_messages


@in_virtual_time
async def test_a_deleted_extension_takes_its_messages_along(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        await with_messages(office, 2)
        await office.boxes.forget(["101"])
        assert await office.messages() == []
        assert office.boxes.counts("101").total == 0
        assert not (tmp_path / "101").exists()


@pytest.mark.logs("have no sound any more")
def test_a_crash_leaves_neither_rows_without_files_nor_files_without_rows(tmp_path: Path) -> None:
    async def scene() -> None:
        database = DatabaseInMemory()
        first = office_mailboxes(tmp_path, EventBus(), database)
        kept, lost = [], await first.record("101")
        for _ in range(2):
            recording = await first.record("101")
            recording.take(0, speech(0.02))
            await recording.finish()
            kept.append(await first.keep("101", recording, caller="1", caller_name="", at=1.0))
        lost.take(0, speech(0.02))
        lost._write(lost._frames)  # spoken, and the power fails
        (tmp_path / "101" / "20261123-101500-0123456789abcdef.wav").touch()  # renamed, and no row yet
        first.path(kept[0]).unlink()
        (tmp_path / "notes").mkdir()
        (tmp_path / "notes" / "mine.wav").touch()
        second = office_mailboxes(tmp_path, EventBus(), database)
        await second.open()
        assert await second.messages("101") == [kept[1]]
        assert [path.name for path in (tmp_path / "101").iterdir()] == [kept[1].file]
        assert second.counts("101").new == 1
        assert (tmp_path / "notes" / "mine.wav").exists()
        database.close()

    asyncio.run(scene())


async def spoken(boxes: Mailboxes, mailbox: str = "101") -> int:
    """Keep a message; its id."""
    recording = await boxes.record(mailbox)
    recording.take(0, speech(0.02))
    await recording.finish()
    return (await boxes.keep(mailbox, recording, caller="100", caller_name="Anna", at=5.0)).id


@pytest.fixture
def heard() -> list[MailboxChanged]:
    return []


@pytest.fixture
def boxes(tmp_path: Path, heard: list[MailboxChanged]) -> Mailboxes:
    bus = EventBus()
    bus.subscribe(lambda event: heard.append(event) if isinstance(event, MailboxChanged) else None)
    return office_mailboxes(tmp_path, bus)


async def test_counts_follow_what_is_done(boxes: Mailboxes, heard: list[MailboxChanged]) -> None:
    told: list[str] = []
    boxes.changed = told.append
    number = await spoken(boxes)
    await spoken(boxes)
    message = await boxes.mark(await boxes.message(number), MessageState.SAVED)
    assert (boxes.counts("101"), boxes.counts("101").total) == (Counts(1, 1), 2)
    await boxes.mark(message, MessageState.SAVED)  # nothing new
    await boxes.delete([message])
    await boxes.delete([message])
    assert boxes.counts("101") == Counts(1, 0)
    assert [(each.new, each.saved) for each in heard] == [(1, 0), (2, 0), (1, 1), (1, 0)]
    assert told == ["101"] * 4
    assert boxes.in_use() == {"101"}


async def test_what_became_of_the_mail_is_noted(boxes: Mailboxes) -> None:
    number = await spoken(boxes)
    await boxes.note_mail(number, MailState.SENT)
    assert (await boxes.message(number)).mailed is MailState.SENT
    with pytest.raises(UserError, match="There is no message 99"):
        await boxes.message(99)


async def test_a_greeting_comes_from_any_sound_file(boxes: Mailboxes, tmp_path: Path) -> None:
    source = tmp_path / "hello.flac"
    soundfile.write(source, np.ones((8_000, 2), np.float32) * 0.1, 8_000)
    await boxes.import_greeting("101", source)
    greeting = boxes.greeting("101")
    assert greeting is not None
    sound, rate = soundfile.read(greeting)
    assert (rate, sound.ndim, len(sound)) == (16_000, 1, 16_000)
    await boxes.remove_greeting("101")
    assert boxes.greeting("101") is None
    assert not greeting.exists()


async def test_what_is_no_sound_is_no_greeting(boxes: Mailboxes, tmp_path: Path) -> None:
    source = tmp_path / "hello.txt"
    source.write_text("hello")
    with pytest.raises(EnvironmentFault, match="no sound file"):
        await boxes.import_greeting("101", source)
    assert boxes.greeting("101") is None


async def test_a_copy_is_the_message(boxes: Mailboxes, tmp_path: Path) -> None:
    message = await boxes.message(await spoken(boxes))
    await boxes.copy(message, tmp_path / "copy.wav")
    assert (tmp_path / "copy.wav").read_bytes() == boxes.path(message).read_bytes()
    with pytest.raises(EnvironmentFault):
        await boxes.copy(message, tmp_path / "nowhere" / "copy.wav")
