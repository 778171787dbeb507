"""Who is let into a mailbox: from the own phone, by number and PIN, and not by guessing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.db.pin_hash import hash_pin
from app.events import Notice
from tests.support.office import extension, in_virtual_time
from tests.support.voice_mail_office import VoiceMailOffice, collecting, mailbox, with_messages

PIN = hash_pin("4711")


@in_virtual_time
async def test_an_extension_without_a_mailbox(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path) as office:
        call = await collecting(await office.phone("100"))
        await office.hear("vm-no-mailbox")
        await call.until_ended()


@in_virtual_time
async def test_another_phone_needs_number_and_pin(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path, extension("100"), mailbox("101", pin=PIN)) as office:
        await with_messages(office, 1)
        call = await collecting(await office.phone("100"), "*98")
        await office.press("vm-enter-mailbox", "101#")
        await office.press("vm-enter-pin", "4711#")
        await office.hear("vm-you-have")
        await office.over(call)


@pytest.mark.parametrize("entered", [("101", "1234"), ("999", "4711"), ("100", "4711")])
@in_virtual_time
async def test_three_wrong_pins_end_the_call(entered: tuple[str, str], tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path, extension("100"), mailbox("101", pin=PIN)) as office:
        call = await collecting(await office.phone("100"), "*98")
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
        call = await collecting(await office.phone("100"), "*98")
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
            call = await collecting(phone, "*98")
            for _ in range(3):
                await office.press("vm-enter-mailbox", "101#")
                await office.press("vm-enter-pin", "1234#")
                await office.hear("vm-wrong-pin")
            await call.until_ended()
        call = await collecting(phone, "*98")
        await office.press("vm-enter-mailbox", "101#")
        await office.hear("vm-locked")
        await call.until_ended()
        assert [each.code for each in office.announced if isinstance(each, Notice)] == ["voicemail.locked"]
        own = await collecting(await office.phone("101"))
        await office.hear("vm-no-messages")  # the own phone needs no PIN
        own.hang_up()
        await asyncio.sleep(1000)
        call = await collecting(phone, "*98")
        await office.press("vm-enter-mailbox", "101#")
        await office.press("vm-enter-pin", "4711#")
        await office.hear("vm-no-messages")
        await office.over(call)


@in_virtual_time
async def test_the_own_phone_can_be_asked_too(tmp_path: Path) -> None:
    async with VoiceMailOffice(tmp_path, mailbox("101", pin=PIN, asks_pin=True)) as office:
        call = await collecting(await office.phone("101"))
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
