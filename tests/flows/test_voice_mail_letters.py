"""A message left on a real phone reaches its owner by mail: a real SMTP server, sound that plays."""

from __future__ import annotations

import asyncio
import io

import numpy as np
import pytest
import soundfile

from app.api import voice_mail
from tests.flows.conftest import House
from tests.flows.test_voice_mail import VOICE, leave
from tests.support.post_office import PostOffice, open_post_office

OWNER = "clerk@example.net"


async def set_up(house: House, post: PostOffice, **more: object) -> None:
    settings = {"host": "127.0.0.1", "port": str(post.port), "security": "none", "from": "office@example.com"}
    for name, value in settings.items():
        await house.set("setting", f"mail_{name}", value=value)
    await house.set("extension", "101", voicemail=True, voicemail_email=OWNER, **more)


async def arrived(post: PostOffice, letters: int) -> None:
    async with asyncio.timeout(30):
        while len(post.letters) < letters:  # noqa: ASYNC110  the server has no event
            await asyncio.sleep(0.02)


async def test_the_attachment_is_what_was_said(house: House) -> None:
    async with open_post_office() as post:
        await set_up(house, post)
        await leave(house, await house.phone("100", hertz=VOICE))
        await arrived(post, 1)
        (letter,) = post.letters
        assert letter["To"] == OWNER
        assert "100" in letter["Subject"]
        (attached,) = letter.iter_attachments()
        sound, rate = soundfile.read(io.BytesIO(attached.get_content()), dtype="float32")
        (message,) = await house.ask(voice_mail.messages, "101")
        assert len(sound) / rate == pytest.approx(message.seconds, abs=0.2)
        middle = sound[rate // 2 : rate * 3 // 2]
        assert np.argmax(np.abs(np.fft.rfft(middle))) * rate / len(middle) == pytest.approx(VOICE, abs=3)


async def test_deleted_here_once_it_has_gone(house: House) -> None:
    async with open_post_office() as post:
        await set_up(house, post, voicemail_delete=True)
        await leave(house, await house.phone("100", hertz=VOICE))
        await arrived(post, 1)
        async with asyncio.timeout(30):
            while await house.ask(voice_mail.messages, "101"):  # noqa: ASYNC110  no event of its own
                await asyncio.sleep(0.02)
