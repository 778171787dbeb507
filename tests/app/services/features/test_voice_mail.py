"""Messages left, in virtual time: greetings, keys, limits, and callers who hang up in the middle."""

from __future__ import annotations

import asyncio
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.db.tables.voice_message import MessageState
from app.events import MailboxChanged, Notice, VoiceMessageLeft
from app.services import voice_mail_files
from app.services.extension_rules import Forwards
from app.sip import events
from tests.support.office import extension, in_virtual_time
from tests.support.phone import G729, answering, refusing, ringing
from tests.support.voice_mail_office import RATE, VoiceMailOffice, mailbox, speech


@pytest.mark.parametrize(
    ("behavior", "said"),
    [(ringing, "vm-not-available"), (refusing(486), "vm-is-busy"), (None, "vm-not-available")],
)
@in_virtual_time
async def test_nobody_takes_the_call_so_a_message_is_left(behavior: Any, said: str, tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        caller = await office.phone("100")
        if behavior is not None:
            await office.phone("101", behavior=behavior)
        call = caller.call("101")
        await office.hear(said)
        assert office.port.playing == ("vm-person-at", "n-1", "n-0", "n-1", said, "vm-leave-message")
        await office.at_the_tone()
        await office.say(4)
        office.port.press("#")
        await office.hear("vm-review")
        office.port.press("1")
        await office.hear("vm-message-sent")
        await call.until_ended()
        (message,) = await office.messages()
        assert (message.caller, message.state) == ("100", MessageState.NEW)
        assert message.seconds == pytest.approx(3.9, abs=0.1)
        path = office.boxes.path(message)
        with wave.open(str(path)) as file:
            assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16_000, 1, 2)
            heard = np.frombuffer(file.readframes(file.getnframes()), np.int16)
        assert len(heard) / RATE == message.seconds
        assert np.abs(heard).max() == 8000
        assert (path.stat().st_mode & 0o077) == 0
        await office.over(call)
        record = office.last_record
        assert (record.called, record.connected, record.outcome) == ("101", "voicemail:101", "answered")
        told = [each for each in office.announced if isinstance(each, VoiceMessageLeft | MailboxChanged)]
        assert told == [
            VoiceMessageLeft(mailbox="101", message_id=message.id),
            MailboxChanged(mailbox="101", new=1, saved=0),
        ]


@in_virtual_time
async def test_the_caller_hangs_up_and_what_was_said_is_kept(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        caller = await office.phone("100")
        call = caller.call("101")
        await office.at_the_tone()
        await office.say(3)
        await office.over(call)
        (message,) = await office.messages()
        assert message.seconds == pytest.approx(3, abs=0.1)


@pytest.mark.parametrize("seconds", [0, 1])
@in_virtual_time
async def test_who_hangs_up_at_the_tone_leaves_nothing(seconds: float, tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        call = (await office.phone("100")).call("101")
        await office.at_the_tone()
        office.port.say(speech(seconds))
        await asyncio.sleep(seconds + 0.1)
        await office.over(call)
        assert await office.messages() == []
        assert list((tmp_path / "101").iterdir()) == []


@in_virtual_time
async def test_silence_ends_a_message_and_is_not_kept(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        call = (await office.phone("100")).call("101")
        await office.at_the_tone()
        office.port.say(speech(5))
        await office.hear("vm-review")
        await call.until_ended()
        (message,) = await office.messages()
        assert 5 <= message.seconds <= 5.7
        await office.over(call)


@in_virtual_time
async def test_who_says_nothing_leaves_nothing(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        call = (await office.phone("100")).call("101")
        await office.hear("vm-nothing-said")
        await call.until_ended()
        assert await office.messages() == []
        await office.over(call)


@in_virtual_time
async def test_a_message_ends_at_its_longest(tmp_path: Path) -> None:
    box = mailbox("101", longest_s=10)
    async with VoiceMailOffice(tmp_path, extension("100"), box) as office:
        call = (await office.phone("100")).call("101")
        await office.at_the_tone()
        office.port.say(speech(30))
        await office.hear("vm-review")
        await office.over(call)
        (message,) = await office.messages()
        assert message.seconds == pytest.approx(10, abs=0.1)


@in_virtual_time
async def test_a_caller_listens_and_records_again(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        call = (await office.phone("100")).call("101")
        await office.at_the_tone()
        await office.say(3)
        office.port.press("#")
        await office.press("vm-review", "2")
        await office.until(lambda: any(name.endswith(".part") for name in office.port.playing), "the message")
        await office.press("vm-review", "3")
        await office.at_the_tone()
        await office.say(6)
        office.port.press("#1")
        await call.until_ended()
        (message,) = await office.messages()
        assert message.seconds == pytest.approx(5.9, abs=0.1)
        assert [path.name for path in (tmp_path / "101").iterdir()] == [message.file]
        await office.over(call)


@in_virtual_time
async def test_a_full_mailbox_says_so(tmp_path: Path) -> None:
    box = mailbox("101", most_messages=1)
    async with VoiceMailOffice(tmp_path, extension("100"), box) as office:
        caller = await office.phone("100")
        await office.left(caller)
        call = caller.call("101")
        await office.hear("vm-mailbox-full")
        await call.until_ended()
        assert len(await office.messages()) == 1
        await office.over(call)


@pytest.mark.logs("The disk is full")
@in_virtual_time
async def test_a_full_disk_is_told_to_caller_and_administrator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        call = (await office.phone("100")).call("101")
        await office.at_the_tone()

        def full(_path: Path) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(voice_mail_files, "new_wave", full)
        await office.say(4)
        office.port.press("#")
        await office.hear("vm-cannot-keep")
        await office.over(call)
        assert await office.messages() == []
        (notice,) = [each for each in office.announced if isinstance(each, Notice)]
        assert notice.code == "voicemail.disk_full"


@in_virtual_time
async def test_zero_leads_to_the_operator(tmp_path: Path) -> None:
    box = mailbox("101", operator="extension:102")
    known = (extension("100"), box, extension("102"))
    async with VoiceMailOffice(tmp_path, *known) as office:
        operator = await office.phone("102", behavior=answering)
        call = (await office.phone("100")).call("101")
        await office.at_the_tone()
        office.port.say(speech(3))
        await asyncio.sleep(1)
        office.port.press("0")
        await office.until(lambda: bool(operator.all_calls), "the operator's call")
        await asyncio.sleep(1)
        await office.over(call)
        assert await office.messages() == []
        assert office.last_record.connected == "102"


@in_virtual_time
async def test_whom_the_caller_meant_gets_the_message(tmp_path: Path) -> None:
    """Forwarded to a colleague who does not answer either: it is for the first."""
    known = (
        extension("100"),
        mailbox("101", forwards=Forwards(always="102")),
        mailbox("102"),
    )
    async with VoiceMailOffice(tmp_path, *known) as office:
        await office.phone("102", behavior=ringing)
        await office.left(await office.phone("100"))
        assert (len(await office.messages("101")), len(await office.messages("102"))) == (1, 0)


@in_virtual_time
async def test_forwarding_comes_before_the_mailbox(tmp_path: Path) -> None:
    known = (extension("100"), mailbox("101", forwards=Forwards(busy="102")), extension("102"))
    async with VoiceMailOffice(tmp_path, *known) as office:
        target = await office.phone("102", behavior=answering)
        await office.phone("101", behavior=refusing(486))
        call = (await office.phone("100")).call("101")
        await call.until(events.Accepted)
        assert len(target.all_calls) == 1
        await office.over(call)


@in_virtual_time
async def test_forwarded_to_another_mailbox(tmp_path: Path) -> None:
    known = (
        extension("100"),
        extension("101", forwards=Forwards(always="voicemail:102")),
        mailbox("102"),
    )
    async with VoiceMailOffice(tmp_path, *known) as office:
        await office.left(await office.phone("100"))
        assert len(await office.messages("102")) == 1


@in_virtual_time
async def test_without_a_mailbox_the_caller_is_refused(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path, extension("100"), extension("101")) as office:
        call = (await office.phone("100")).call("101")
        await call.until_ended()
        assert call.status == 480


@pytest.mark.parametrize(("behavior", "status"), [(refusing(486), 486), (ringing, 480)])
@in_virtual_time
async def test_who_speaks_no_codec_of_ours_hears_what_it_would_without_a_mailbox(
    behavior: Any, status: int, tmp_path: Path
) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        await office.phone("101", behavior=behavior)
        caller = await office.phone("100", codecs=(G729,))
        call = caller.call("101")
        await call.until_ended()
        assert call.status == status
