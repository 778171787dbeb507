"""Mailboxes as the window and the command line see them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from app.api import voice_mail
from app.db.tables.voice_message import VoiceMessage
from app.errors import EnvironmentFault, UserError
from app.services.configuration import Configuration
from app.services.mailboxes import Mailboxes
from tests.support.data_folder import opened


class Pbx:
    """A configuration with its mailboxes."""

    def __init__(self, configuration: Configuration, mailboxes: Mailboxes) -> None:
        self.configuration = configuration
        self.mailboxes = mailboxes

    async def left(self, mailbox: str = "101") -> VoiceMessage:
        recording = await self.mailboxes.record(mailbox)
        recording.take(0, np.full(320, 500, np.int16))
        await recording.finish()
        return await self.mailboxes.keep(mailbox, recording, caller="100", caller_name="Anna", at=5.0)


@pytest.fixture
async def pbx(tmp_path: Path) -> AsyncIterator[Pbx]:
    async with opened(tmp_path) as records:
        configuration = records.configuration
        await configuration.set("extension", "101", {"voicemail": "yes", "description": "Anna"})
        made = Pbx(
            configuration, Mailboxes(configuration.database, tmp_path / "voicemail", configuration._bus)
        )
        await made.mailboxes.open()
        yield made
        await made.mailboxes.close()


async def test_mailboxes_that_are_on_or_hold_something(pbx: Pbx) -> None:
    (only,) = await voice_mail.mailboxes(pbx)
    assert (only.number, only.description, only.is_on, only.new, only.saved) == ("101", "Anna", True, 0, 0)
    assert (only.most, only.has_pin, only.has_greeting) == (100, False, False)
    await pbx.left("102")
    assert [(each.number, each.is_on, each.new) for each in await voice_mail.mailboxes(pbx)] == [
        ("101", True, 0),
        ("102", False, 1),
    ]
    await pbx.configuration.set("extension", "101", {"voicemail_pin": "4711"})
    assert (await voice_mail.mailboxes(pbx))[0].has_pin


async def test_the_newest_message_comes_first(pbx: Pbx) -> None:
    first, second = await pbx.left(), await pbx.left()
    found = await voice_mail.messages(pbx, "101")
    assert [each.id for each in found] == [second.id, first.id]
    assert found[1] == await voice_mail.message(pbx, first.id)
    assert (found[0].caller, found[0].is_new, found[0].seconds) == ("100", True, 0.02)
    assert soundfile.info(found[0].path).frames == 320
    with pytest.raises(UserError, match="no extension 999"):
        await voice_mail.messages(pbx, "999")


async def test_mark_and_delete(pbx: Pbx) -> None:
    first, second = await pbx.left(), await pbx.left()
    await voice_mail.mark(pbx, [first.id, second.id], False)
    assert (await voice_mail.mailboxes(pbx))[0].saved == 2
    await voice_mail.mark(pbx, [first.id], True)
    assert (await voice_mail.message(pbx, first.id)).is_new
    with pytest.raises(UserError, match="no message 99"):
        await voice_mail.delete(pbx, [first.id, 99])
    await voice_mail.delete(pbx, [first.id])
    assert [each.id for each in await voice_mail.messages(pbx, "101")] == [second.id]


async def test_a_message_is_copied(pbx: Pbx, tmp_path: Path) -> None:
    message = await pbx.left()
    await voice_mail.copy(pbx, message.id, str(tmp_path / "copy.wav"))
    sound, rate = soundfile.read(tmp_path / "copy.wav", dtype="int16")
    assert (rate, list(set(sound))) == (16_000, [500])


async def test_greetings(pbx: Pbx, tmp_path: Path) -> None:
    source = tmp_path / "hello.wav"
    soundfile.write(source, np.full(1600, 0.1), 16_000)
    assert await voice_mail.greeting(pbx, "101") == ""
    await voice_mail.set_greeting(pbx, "101", str(source))
    assert soundfile.info(await voice_mail.greeting(pbx, "101")).frames == 1600
    assert (await voice_mail.mailboxes(pbx))[0].has_greeting
    await voice_mail.remove_greeting(pbx, "101")
    assert await voice_mail.greeting(pbx, "101") == ""
    with pytest.raises(EnvironmentFault):
        await voice_mail.set_greeting(pbx, "101", str(tmp_path / "missing.wav"))
    with pytest.raises(UserError):
        await voice_mail.set_greeting(pbx, "999", str(source))
