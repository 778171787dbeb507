"""Mailboxes by phone, in virtual time: *97 and *98, PINs, every key, the greeting, and forwarding codes."""

from __future__ import annotations

import asyncio
import dataclasses
from pathlib import Path

import pytest

from app.db.pin_hash import hash_pin, is_pin
from app.db.tables.voice_message import MessageState
from app.events import Notice
from app.services.extension_rules import Forwards
from app.sip import events
from tests.support.office import extension, in_virtual_time
from tests.support.phone import Phone, PhoneCall, answering
from tests.support.voice_mail_office import VoiceMailOffice, mailbox, speech

PIN = hash_pin("4711")
NEW, SAVED = MessageState.NEW, MessageState.SAVED


async def with_messages(office: VoiceMailOffice, count: int, mailbox: str = "101") -> None:
    """Let messages of 3 s lie in a mailbox, from 100, an hour apart."""
    for place in range(count):
        recording = await office.boxes.record(mailbox)
        for _ in range(150):
            recording.take(0, LOUD)
        await recording.finish()
        at = office.clock() - 3600 * (count - place)
        await office.boxes.keep(mailbox, recording, caller="100", caller_name="", at=at)


LOUD = speech(0.02)


async def collecting(office: VoiceMailOffice, phone: Phone, number: str = "*97") -> PhoneCall:
    call = phone.call(number)
    await call.until(events.Accepted)
    return call


def states(office: VoiceMailOffice) -> dict[str, int]:
    counts = office.boxes.counts("101")
    return {"new": counts.new, "saved": counts.saved}


def file_plays(office: VoiceMailOffice) -> bool:
    return any(name.endswith(".wav") for name in office.playing)


@in_virtual_time
async def test_messages_are_heard_the_oldest_first_and_are_saved_by_that(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        await with_messages(office, 2)
        call = await collecting(office, await office.phone("101"))
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
        call = await collecting(office, await office.phone("101"))
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
        call = await collecting(office, await office.phone("101"))
        await office.press("vm-message-menu", "3")
        await office.hear("vm-deleted")
        await office.over(call)
        assert await office.messages() == []
        assert list((tmp_path / "101").iterdir()) == []


@in_virtual_time
async def test_a_message_that_was_not_heard_stays_new(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        await with_messages(office, 1)
        call = await collecting(office, await office.phone("101"))
        await office.until(lambda: file_plays(office), "the message")
        await office.over(call)
        assert states(office) == {"new": 1, "saved": 0}


@in_virtual_time
async def test_an_empty_mailbox(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        call = await collecting(office, await office.phone("101"))
        await office.hear("vm-no-messages", "vm-goodbye")
        await call.until_ended()
        await office.over(call)


@in_virtual_time
async def test_an_extension_without_a_mailbox(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        call = await collecting(office, await office.phone("100"))
        await office.hear("vm-no-mailbox")
        await call.until_ended()


@in_virtual_time
async def test_the_caller_of_a_message_is_called_back(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        await with_messages(office, 1)
        target = await office.phone("100", behavior=answering)
        call = await collecting(office, await office.phone("101"))
        await office.press("vm-message-menu", "5")
        await office.until(lambda: bool(target.all_calls), "the call back")
        await asyncio.sleep(1)
        await office.over(call)
        assert (office.last_record.called, office.last_record.connected) == ("100", "100")
        assert states(office) == {"new": 0, "saved": 1}


@in_virtual_time
async def test_another_phone_needs_number_and_pin(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path, extension("100"), mailbox("101", pin=PIN)) as office:
        await with_messages(office, 1)
        call = await collecting(office, await office.phone("100"), "*98")
        await office.press("vm-enter-mailbox", "101#")
        await office.press("vm-enter-pin", "4711#")
        await office.hear("vm-you-have")
        await office.over(call)


@pytest.mark.parametrize("entered", [("101", "1234"), ("999", "4711"), ("100", "4711")])
@in_virtual_time
async def test_three_wrong_pins_end_the_call(entered: tuple[str, str], tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path, extension("100"), mailbox("101", pin=PIN)) as office:
        call = await collecting(office, await office.phone("100"), "*98")
        for _ in range(3):
            await office.press("vm-enter-mailbox", f"{entered[0]}#")
            await office.press("vm-enter-pin", f"{entered[1]}#")
            await office.hear("vm-wrong-pin")
        await office.hear("vm-goodbye")
        await call.until_ended()
        await office.over(call)


@in_virtual_time
async def test_a_mailbox_without_a_pin_opens_from_its_own_phone_only(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        call = await collecting(office, await office.phone("100"), "*98")
        await office.press("vm-enter-mailbox", "101#")
        await office.press("vm-enter-pin", "#")
        await office.hear("vm-wrong-pin")
        await office.over(call)


@pytest.mark.logs("is locked for 15 minutes")
@in_virtual_time
async def test_who_guesses_finds_the_mailbox_locked(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path, extension("100"), mailbox("101", pin=PIN)) as office:
        phone = await office.phone("100")
        for _ in range(3):
            call = await collecting(office, phone, "*98")
            for _ in range(3):
                await office.press("vm-enter-mailbox", "101#")
                await office.press("vm-enter-pin", "1234#")
                await office.hear("vm-wrong-pin")
            await call.until_ended()
        call = await collecting(office, phone, "*98")
        await office.press("vm-enter-mailbox", "101#")
        await office.hear("vm-locked")
        await call.until_ended()
        assert [each.code for each in office.announced if isinstance(each, Notice)] == ["voicemail.locked"]
        own = await collecting(office, await office.phone("101"))
        await office.hear("vm-no-messages")  # the own phone needs no PIN
        own.hang_up()
        await asyncio.sleep(1000)
        call = await collecting(office, phone, "*98")
        await office.press("vm-enter-mailbox", "101#")
        await office.press("vm-enter-pin", "4711#")
        await office.hear("vm-no-messages")
        await office.over(call)


@in_virtual_time
async def test_the_own_phone_can_be_asked_too(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path, mailbox("101", pin=PIN, asks_pin=True)) as office:
        call = await collecting(office, await office.phone("101"))
        await office.press("vm-enter-pin", "4711#")
        await office.hear("vm-no-messages")
        await office.over(call)


@in_virtual_time
async def test_nobody_comes_to_a_mailbox_by_calling_it(tmp_path: Path) -> None:
    """Star leads callers to the PIN of the mailbox they called, also its owner who calls from elsewhere."""
    async with VoiceMailOffice(tmp_path, extension("100"), mailbox("101", pin=PIN)) as office:
        call = (await office.phone("100")).call("101")
        await office.press("vm-leave-message", "*")
        await office.press("vm-enter-pin", "4711#")
        await office.hear("vm-no-messages")
        await office.over(call)


@in_virtual_time
async def test_a_greeting_is_recorded_heard_and_removed(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        phone = await office.phone("101")
        call = await collecting(office, phone)
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
        call = await collecting(office, phone)
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
        call = await collecting(office, await office.phone("101"))
        await office.press("vm-no-messages", "0")
        await office.press("vm-options", "3")
        for asked, pressed in zip(("vm-new-pin", "vm-new-pin-again"), keys, strict=False):
            await office.press(asked, pressed)
        await office.hear(said)
        await office.over(call)
        assert is_pin("2580", office.holder.current.extensions["101"].mailbox.pin) is works


@pytest.mark.parametrize(
    ("code", "field", "name"),
    [
        ("*93", "always", "always"),
        ("*90", "busy", "busy"),
        ("*91", "no_answer", "no-answer"),
        ("*92", "offline", "offline"),
    ],
)
@in_virtual_time
async def test_a_phone_switches_its_forwarding(code: str, field: str, name: str, tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        phone = await office.phone("101")
        call = phone.call(f"{code}*100")
        await office.hear(f"fwd-{name}-on")
        assert office.playing == (f"fwd-{name}-on", "n-1", "n-0", "n-0")
        await call.until_ended()
        assert getattr(office.holder.current.extensions["101"].forwards, field) == "100"
        call = phone.call(f"{code}#")
        await office.hear(f"fwd-{name}-off")
        await call.until_ended()
        assert getattr(office.holder.current.extensions["101"].forwards, field) == ""
        await office.over(call)


@pytest.mark.parametrize("number", ["999", "101", "110"])
@in_virtual_time
async def test_a_phone_cannot_forward_anywhere(number: str, tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        call = (await office.phone("101")).call(f"*93*{number}")
        await office.hear("fwd-refused")
        await call.until_ended()
        assert office.holder.current.extensions["101"].forwards == Forwards()


@in_virtual_time
async def test_a_phone_that_may_not_forward_hears_so(tmp_path: Path) -> None:
    known = dataclasses.replace(extension("101"), forwards=Forwards(by_phone=False))
    async with VoiceMailOffice(tmp_path, extension("100"), known) as office:
        call = (await office.phone("101")).call("*93*100")
        await office.hear("fwd-not-permitted")
        await call.until_ended()
