"""The attendant on real sockets: keys by INFO and in-band, what is heard, and what rings."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from app.api import dial_plan
from app.sip import events
from tests.flows.conftest import House
from tests.support.announcements import DEFAULTS, likeness
from tests.support.keys import payloads_of
from tests.support.phone import EVENTS, PCMU, Phone, PhoneCall, refusing
from tests.support.tones import RATE, Samples, seconds_of

ENGLISH, CHINESE = DEFAULTS / "en" / "16k", DEFAULTS / "zh" / "16k"


def by_info(call: PhoneCall, keys: str) -> None:
    for key in keys:
        call.send("INFO", "application/dtmf-relay", f"Signal={key}\r\nDuration=160\r\n".encode())


def in_band(call: PhoneCall, keys: str) -> None:
    assert call.ear is not None
    call.ear.instead.extend(payloads_of(keys))


async def attendant(house: House, phone: Phone) -> PhoneCall:
    call = phone.call("800")
    await call.until(events.Accepted)
    return call


async def hears(call: PhoneCall, name: str, *, language: str = "en") -> None:
    """Wait until most of an announcement was heard."""
    folder = ENGLISH if language == "en" else CHINESE

    def enough(heard: Samples) -> bool:
        return len(heard) > RATE and likeness(heard, folder / f"{name}.ogg") > 0.6

    assert call.ear is not None
    await asyncio.to_thread(call.ear.listen, enough)


async def hears_tone(call: PhoneCall, hertz: float) -> None:
    def enough(heard: Samples) -> bool:
        return seconds_of(heard, hertz) > 0.5

    assert call.ear is not None
    call.ear.forget()
    await asyncio.to_thread(call.ear.listen, enough)


async def leave(call: PhoneCall) -> None:
    call.hang_up()
    await call.until_ended()


@pytest.mark.parametrize(
    ("press", "codecs"),
    [(by_info, (PCMU, EVENTS)), (in_band, (PCMU,)), (in_band, (PCMU, EVENTS))],
    ids=["INFO", "in-band", "in-band though events were agreed"],
)
async def test_102_is_dialled_and_rings(
    house: House, press: Callable[[PhoneCall, str], None], codecs: tuple[object, ...]
) -> None:
    await house.set("menu", "default", number="800")
    caller = await house.phone("100", hertz=440, codecs=codecs)
    callee = await house.phone("102", hertz=700)
    call = await attendant(house, caller)
    await hears(call, "menu-greeting")
    press(call, "102")
    answered = await callee.incoming()
    answered.ring()
    answered.answer()
    await hears_tone(call, 700)
    await hears_tone(answered, 440)
    await leave(call)


async def test_menus_lead_on_in_another_language_and_a_busy_extension_back(house: House) -> None:
    await house.add("menu", "chinese", language="zh", key_1="extension:102", direct_dial=False)
    await house.set("menu", "default", number="800", key_2="menu:chinese")
    await house.phone("102", behavior=refusing(486))
    call = await attendant(house, await house.phone("100", hertz=440, codecs=(PCMU, EVENTS)))
    by_info(call, "2")
    await hears(call, "menu-greeting", language="zh")
    by_info(call, "1")
    await hears(call, "fail-busy", language="zh")
    assert call.ear is not None
    call.ear.forget()
    await hears(call, "menu-greeting", language="zh")
    await leave(call)


async def test_nobody_gets_out_by_dialling(house: House) -> None:
    await house.add("line", "telecom", user="1", domain="127.0.0.9", register=False)
    await house.set("menu", "default", number="800", tries=1)
    call = await attendant(house, await house.phone("100", hertz=440, codecs=(PCMU, EVENTS)))
    by_info(call, "9110")
    await call.until_ended()
    trace = await house.ask(dial_plan.explain, "100", "800")
    assert (trace.route.kind, trace.route.name) == ("menu", "default")


async def test_closed_hours_are_told_and_the_call_ends(house: House) -> None:
    await house.add("time_condition", "never", weekdays="")
    await house.set("menu", "default", number="800", time_condition="never")
    call = await attendant(house, await house.phone("100", hertz=440, codecs=(PCMU, EVENTS)))
    await hears(call, "menu-closed")
    await call.until_ended()
