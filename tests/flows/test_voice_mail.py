"""Voice mail on real sockets: a message left is heard again intact, the lamp follows, a restart keeps it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from app.api import records, voice_mail
from app.events import MailboxChanged
from app.sip import events
from tests.flows.conftest import House
from tests.support.house import open_house
from tests.support.phone import Phone, PhoneCall
from tests.support.tones import seconds_of

VOICE, BEEP = 620, 1000
SPOKEN_S = 2.5


def press(call: PhoneCall, keys: str) -> None:
    for key in keys:
        call.send("INFO", "application/dtmf-relay", f"Signal={key}\r\nDuration=160\r\n".encode())


async def until(question: Callable[[], bool], what: str) -> None:
    try:
        async with asyncio.timeout(30):
            while not question():  # noqa: ASYNC110  the ear is a thread
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"{what} did not come") from None


def hears(call: PhoneCall, hertz: float, seconds: float) -> bool:
    return call.ear is not None and seconds_of(call.ear.heard(), hertz) >= seconds


async def speak_after_the_tone(caller: Phone, number: str = "101") -> PhoneCall:
    """Call somebody who is not there, and speak, which takes its time."""
    call = caller.call(number)
    await call.until(events.Accepted)
    press(call, "#")  # the greeting is known
    await until(lambda: hears(call, BEEP, 0.2), "the tone")
    await asyncio.sleep(SPOKEN_S)
    return call


async def leave(house: House, caller: Phone, number: str = "101") -> None:
    call = await speak_after_the_tone(caller, number)
    press(call, "#1")
    await house.hear(MailboxChanged, lambda event: event.mailbox == number and event.new > 0)
    call.hang_up()
    await call.until_ended()


def lamp(phone: Phone) -> str:
    """What the phone was told last."""
    told = [each.body.decode() for each in phone.requests if each.method == "NOTIFY"]
    return told[-1].splitlines()[2] if told else ""


async def collect(phone: Phone, number: str = "*97") -> PhoneCall:
    """Hear the first message at once: counts and envelope are cut short."""
    call = phone.call(number)
    await call.until(events.Accepted)
    press(call, "11")
    await until(lambda: hears(call, VOICE, SPOKEN_S - 0.4), "the message")
    return call


async def test_a_message_is_heard_again_and_the_lamp_follows(house: House) -> None:
    await house.set("extension", "101", voicemail=True)
    owner = await house.phone("101", hertz=300)
    await until(lambda: lamp(owner) == "Voice-Message: 0/0 (0/0)", "the lamp, out")
    await owner.register(0)
    await leave(house, await house.phone("100", hertz=VOICE))
    (message,) = await house.ask(voice_mail.messages, "101")
    assert (message.caller, message.is_new) == ("100", True)
    assert message.seconds == pytest.approx(SPOKEN_S, abs=0.8)
    await owner.register()
    await until(lambda: lamp(owner) == "Voice-Message: 1/0 (0/0)", "the lamp, lit")
    call = await collect(owner)
    press(call, "3#")
    await call.until_ended()
    await until(lambda: lamp(owner) == "Voice-Message: 0/0 (0/0)", "the lamp, out again")
    assert await house.ask(voice_mail.messages, "101") == []


async def test_the_caller_hangs_up_and_the_message_is_there(house: House) -> None:
    await house.set("extension", "101", voicemail=True)
    call = await speak_after_the_tone(await house.phone("100", hertz=VOICE))
    call.hang_up()
    await house.hear(MailboxChanged, lambda event: event.new == 1)
    owner = await house.phone("101", hertz=300)
    heard = await collect(owner)
    heard.hang_up()
    await heard.until_ended()


async def test_another_phone_opens_the_mailbox_by_its_pin(house: House) -> None:
    await house.set("extension", "101", voicemail=True, voicemail_pin="4711")
    caller = await house.phone("100", hertz=VOICE)
    await leave(house, caller)
    call = caller.call("*98")
    await call.until(events.Accepted)
    press(call, "101#4711#11")
    await until(lambda: hears(call, VOICE, SPOKEN_S - 0.4), "the message")
    call.hang_up()
    await call.until_ended()


async def test_a_full_mailbox_takes_no_more(house: House) -> None:
    await house.set("extension", "101", voicemail=True, voicemail_messages=1)
    caller = await house.phone("100", hertz=VOICE)
    await leave(house, caller)
    call = caller.call("101")
    await call.until_ended()
    assert len(await house.ask(voice_mail.messages, "101")) == 1


async def test_a_deleted_extension_takes_its_messages_along(house: House) -> None:
    await house.set("extension", "102", voicemail=True)
    await leave(house, await house.phone("100", hertz=VOICE), "102")
    (message,) = await house.ask(voice_mail.messages, "102")
    await house.delete("extension", "102")
    await house.hear(MailboxChanged, lambda event: event.mailbox == "102" and event.new == 0)
    await until(lambda: not Path(message.path).parent.exists(), "an empty disk")


async def test_a_restart_keeps_messages(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await house.set("extension", "101", voicemail=True)
        await leave(house, await house.phone("100", hertz=VOICE))
    async with open_house(tmp_path) as house:
        assert [each.is_new for each in await house.ask(voice_mail.messages, "101")] == [True]
        owner = await house.phone("101", hertz=300)
        await until(lambda: lamp(owner) == "Voice-Message: 1/0 (0/0)", "the lamp, lit")
        call = await collect(owner)
        call.hang_up()
        await call.until_ended()


async def test_forwarding_is_set_by_phone_and_stays(house: House) -> None:
    owner = await house.phone("101")
    call = owner.call("*93*102")
    await call.until_ended()
    assert (await house.ask(records.get_record, "extension", "101"))["forward_always"] == "102"
    target = await house.phone("102", behavior=lambda each: each.answer())
    out = (await house.phone("100")).call("101")
    await out.until(events.Accepted)
    assert len(target.all_calls) == 1
    out.hang_up()
    await out.until_ended()
