"""An announcement is recorded by calling a phone: what is said after the tone, without the key at its end."""

from __future__ import annotations

import asyncio
import io

import numpy as np
import pytest
import soundfile

from app.errors import UserError
from tests.support.fake_voice import FakePort
from tests.support.office import Office, in_virtual_time
from tests.support.phone import answering, ringing

WORDS = np.full(16_000 * 2, 1000, np.int16)  # two seconds


async def asked(office: Office, number: str = "100") -> asyncio.Task[bytes]:
    return asyncio.create_task(office.exchange.phone_recording.record(number))


async def listening(office: Office) -> FakePort:
    """Wait until the prompt and the tone were played and the port listens."""
    async with asyncio.timeout(60):
        while not (office.voice.open_ports and office.voice.open_ports[0]._sinks):  # noqa: ASYNC110  virtual time
            await asyncio.sleep(0.1)
    return office.voice.open_ports[0]


@in_virtual_time
async def test_what_is_said_is_kept_without_the_key() -> None:
    async with Office() as office:
        await office.phone("100", behavior=answering)
        task = await asked(office)
        port = await listening(office)
        assert port.played == ["studio-record", "beep"]
        port.say(WORDS)
        await asyncio.sleep(2.5)
        port.press("#")
        sound, rate = soundfile.read(io.BytesIO(await task), dtype="int16")
        assert len(sound) / rate == pytest.approx(2.3, abs=0.1)
        assert int((sound == 1000).sum()) == len(WORDS)
        assert office.voice.ports == 0


@in_virtual_time
async def test_hanging_up_ends_it_as_well() -> None:
    async with Office() as office:
        phone = await office.phone("100", behavior=answering)
        task = await asked(office)
        port = await listening(office)
        port.say(WORDS)
        await asyncio.sleep(2.1)
        phone.all_calls[0].hang_up()
        sound, _ = soundfile.read(io.BytesIO(await task), dtype="int16")
        assert int((sound == 1000).sum()) == len(WORDS)


@in_virtual_time
async def test_who_has_no_phone_who_does_not_answer_and_who_says_nothing() -> None:
    async with Office() as office:
        for number in ("100", "199"):
            with pytest.raises(UserError) as refused:
                await (await asked(office, number))
            assert refused.value.code == "announcement.no_phone"
        await office.phone("101", behavior=ringing)
        with pytest.raises(UserError) as refused:
            await (await asked(office, "101"))
        assert refused.value.code == "announcement.no_answer"
        silent = await office.phone("102", behavior=answering)
        task = await asked(office, "102")
        await asyncio.sleep(0.5)
        silent.all_calls[0].hang_up()
        with pytest.raises(UserError) as refused:
            await task
        assert refused.value.code == "announcement.nothing_said"
