"""A mailbox by phone: every key, the greeting, the PIN."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.db.pin_hash import is_pin
from tests.support.office import in_virtual_time
from tests.support.phone import answering
from tests.support.voice_mail_office import VoiceMailOffice, collecting, with_messages


def states(office: VoiceMailOffice) -> dict[str, int]:
    counts = office.boxes.counts("101")
    return {"new": counts.new, "saved": counts.saved}


def file_plays(office: VoiceMailOffice) -> bool:
    return any(name.endswith(".wav") for name in office.playing)


@in_virtual_time
async def test_messages_are_heard_the_oldest_first_and_are_saved_by_that(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        await with_messages(office, 2)
        call = await collecting(await office.phone("101"))
        await office.hear("vm-you-have")
        assert office.playing == ("vm-you-have", "n-2", "vm-new-messages")
        await office.hear("vm-first-new")
        assert office.playing[:5] == ("vm-first-new", "vm-from", "n-1", "n-0", "n-0")
        first, second = await office.messages()
        await office.hear(first.file)
        await office.hear("vm-message-menu")
        assert states(office) == {"new": 1, "saved": 1}
        office.port.press("6")
        await office.hear(second.file)
        await office.press("vm-message-menu", "6")
        await office.press("vm-no-more", "#")
        await office.hear("vm-goodbye")
        await call.until_ended()
        assert states(office) == {"new": 0, "saved": 2}
        await office.over(call)
        assert office.last_record.connected == "voicemail:101"


@in_virtual_time
async def test_every_key_does_what_is_said(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        await with_messages(office, 3)
        one, two, three = await office.messages()
        call = await collecting(await office.phone("101"))
        await office.hear(one.file)
        await office.press("vm-message-menu", "1")
        await office.hear("vm-next-saved", one.file)
        await office.press("vm-message-menu", "7")
        await office.hear("vm-long")
        assert "n-3" in office.playing
        await office.press("vm-message-menu", "2")
        await office.hear("vm-saved", two.file)
        office.port.press("4")  # in the middle of the message
        await office.hear(one.file)
        office.port.press("66")
        await office.hear(three.file)
        await office.press("vm-message-menu", "3")
        await office.hear("vm-deleted", "vm-no-more")
        await office.press("vm-message-menu", "3")
        await office.hear("vm-undeleted")
        await office.press("vm-message-menu", "*")
        await office.hear(one.file)
        await office.press("vm-message-menu", "3")
        await office.hear(two.file)
        office.port.press("#")
        await call.until_ended()
        assert [each.id for each in await office.messages()] == [two.id, three.id]
        assert not (tmp_path / "101" / one.file).exists()
        await office.over(call)


@in_virtual_time
async def test_who_hangs_up_has_deleted_what_was_deleted(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        await with_messages(office, 1)
        call = await collecting(await office.phone("101"))
        await office.press("vm-message-menu", "3")
        await office.hear("vm-deleted")
        await office.over(call)
        assert await office.messages() == []
        assert list((tmp_path / "101").iterdir()) == []


@in_virtual_time
async def test_a_message_that_was_not_heard_stays_new(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        await with_messages(office, 1)
        call = await collecting(await office.phone("101"))
        await office.until(lambda: file_plays(office), "the message")
        await office.over(call)
        assert states(office) == {"new": 1, "saved": 0}


@in_virtual_time
async def test_an_empty_mailbox(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        call = await collecting(await office.phone("101"))
        await office.hear("vm-no-messages", "vm-goodbye")
        await call.until_ended()
        await office.over(call)


@in_virtual_time
async def test_the_caller_of_a_message_is_called_back(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        await with_messages(office, 1)
        target = await office.phone("100", behavior=answering)
        call = await collecting(await office.phone("101"))
        await office.press("vm-message-menu", "5")
        await office.until(lambda: bool(target.all_calls), "the call back")
        await asyncio.sleep(1)
        await office.over(call)
        assert (office.last_record.called, office.last_record.connected) == ("100", "100")
        assert states(office) == {"new": 0, "saved": 1}


@pytest.mark.parametrize("caller", ["112", "+", "1" * 5000, "\u0661\u0660\u0660", "sip:100@evil", "100;x"])
@in_virtual_time
async def test_a_caller_that_calls_itself_strange_is_not_called_back(tmp_path: Path, caller: str) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        assert "112" in office.holder.current.settings.emergency_numbers
        await with_messages(office, 1, caller=caller)
        await office.phone("100", behavior=answering)
        call = await collecting(await office.phone("101"))
        await office.press("vm-message-menu", "5")
        await office.hear("vm-cannot-call-back")
        await office.over(call)


@in_virtual_time
async def test_a_greeting_is_recorded_heard_and_removed(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        phone = await office.phone("101")
        call = await collecting(phone)
        await office.press("vm-no-messages", "0")
        await office.press("vm-options", "1")
        await office.at_the_tone()
        await office.say(3)
        office.port.press("#")
        await office.press("vm-review", "1")
        await office.hear("vm-greeting-kept")
        await office.over(call)
        await phone.register(0)
        caller = await office.phone("100")
        call = caller.call("101")
        await office.hear("greeting.wav")
        await office.at_the_tone()
        await office.over(call)
        await phone.register()
        call = await collecting(phone)
        await office.press("vm-no-messages", "0")
        await office.press("vm-options", "2")
        await office.hear("vm-greeting-standard")
        await office.over(call)
        assert office.boxes.greeting("101") is None


@pytest.mark.parametrize(
    ("keys", "said", "works"),
    [
        (("2580#", "2580#"), "vm-pin-changed", True),
        (("2580#", "2581#"), "vm-pins-differ", False),
        (("1234#",), "vm-pin-refused", False),
        (("25#",), "vm-pin-refused", False),
    ],
)
@in_virtual_time
async def test_the_pin_is_changed(keys: tuple[str, ...], said: str, works: bool, tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        call = await collecting(await office.phone("101"))
        await office.press("vm-no-messages", "0")
        await office.press("vm-options", "3")
        for asked, pressed in zip(("vm-new-pin", "vm-new-pin-again"), keys, strict=False):
            await office.press(asked, pressed)
        await office.hear(said)
        await office.over(call)
        assert is_pin("2580", office.holder.current.extensions["101"].mailbox.pin) is works
