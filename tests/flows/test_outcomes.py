"""Calls that do not come about, and numbers with several phones, through the whole engine on loopback."""

from __future__ import annotations

import asyncio

import pytest

from app.events import ExtensionChanged, ExtensionState
from app.sip import events
from app.sip.flow import Direction, Transport
from tests.flows.conftest import House
from tests.support.phone import Phone, PhoneCall, answering, refusing, ringing


async def outcome(house: House, call: PhoneCall) -> tuple[int, str]:
    """How a call ended for its caller, and in the call's record."""
    await call.until_ended()
    view = await house.ended_call()
    assert view.status == call.status
    return call.status, view.outcome


@pytest.mark.parametrize(
    ("status", "told", "word"), [(486, 486, "busy"), (603, 603, "refused"), (404, 480, "no_answer")]
)
async def test_the_called_phone_refuses(house: House, status: int, told: int, word: str) -> None:
    caller = await house.phone("100")
    await house.phone("101", behavior=refusing(status))
    assert await outcome(house, caller.call("101")) == (told, word)


async def test_offline_and_unknown_and_disabled_numbers(house: House) -> None:
    caller = await house.phone("100")
    assert await outcome(house, caller.call("101")) == (480, "offline")
    house.heard.clear()
    assert await outcome(house, caller.call("888")) == (404, "not_found")
    house.heard.clear()
    await house.phone("102", behavior=answering)
    await house.set("extension", "102", enabled=False)
    assert await outcome(house, caller.call("102")) == (404, "not_found")


async def test_nobody_answers(house: House) -> None:
    await house.set("setting", "no_answer_s", value=1)
    caller = await house.phone("100")
    callee = await house.phone("101", behavior=ringing)
    assert await outcome(house, caller.call("101")) == (480, "no_answer")
    ended = await callee.all_calls[0].until_ended()
    assert ended.cause is events.EndCause.CANCELLED


async def test_the_caller_gives_up(house: House) -> None:
    caller, callee = await house.phone("100"), await house.phone("101", behavior=ringing)
    call = caller.call("101")
    await call.until(events.Progressed)
    call.hang_up()
    assert (await callee.all_calls[0].until_ended()).cause is events.EndCause.CANCELLED
    assert (await house.ended_call()).outcome == "cancelled"


async def test_a_number_with_several_phones_rings_all_and_the_first_answer_wins(house: House) -> None:
    await house.set("extension", "101", multi_device=True, max_devices=3)
    caller = await house.phone("100")
    phones = [
        await house.phone("101", behavior=ringing, transport=transport)
        for transport in (Transport.UDP, Transport.TCP, Transport.UDP)
    ]
    call = caller.call("101")
    await call.until(events.Progressed)
    async with asyncio.timeout(15):
        while not all(phone.all_calls for phone in phones):  # noqa: ASYNC110  three phones, one condition
            await asyncio.sleep(0.01)
    winner = phones[1].all_calls[0]
    winner.answer()
    await call.until(events.Accepted)
    for phone in (phones[0], phones[2]):
        await phone.all_calls[0].until_ended()
        cancel = next(data for way, data in phone.recorder.messages if data.startswith(b"CANCEL"))
        assert b'Reason: SIP;cause=200;text="Call completed elsewhere"' in cancel
    call.hang_up()
    await winner.until_ended()


async def test_one_number_one_phone_unless_allowed(house: House) -> None:
    caller = await house.phone("100")
    older = await house.phone("101", behavior=answering)
    newer = await house.phone("101", behavior=answering)
    call = caller.call("101")
    await call.until(events.Accepted)
    assert (len(older.all_calls), len(newer.all_calls)) == (0, 1)
    call.hang_up()
    await newer.all_calls[0].until_ended()


async def test_too_many_phones(house: House) -> None:
    await house.set("extension", "101", multi_device=True, max_devices=1)
    await house.phone("101")
    extra = await house.phone("101", registered=False)
    refused = await extra.register()
    assert (refused.status, refused.reason) == (403, "At most 1 devices may register")


async def test_a_phone_with_a_wrong_password_gets_no_service(house: House) -> None:
    await house.phone("101")
    stranger = await house.phone("100", password="wrong", registered=False)
    assert (await stranger.register()).status == 403
    call = stranger.call("101")
    await call.until_ended()
    assert call.status == 403


async def test_an_authorised_address_needs_no_password(house: House) -> None:
    await house.set("extension", "100", allowed_address="127.0.0.1")
    callee = await house.phone("101", behavior=answering)
    caller = await house.phone("100", registered=False, password="none")
    call = caller.call("101")
    await call.until(events.Accepted)
    assert not any("407" in line for line in caller.recorder.first_lines(Direction.IN))
    call.hang_up()
    await callee.all_calls[0].until_ended()


async def test_the_window_sees_what_extensions_do(house: House) -> None:
    async def shows(number: str, state: ExtensionState) -> None:
        await house.hear(ExtensionChanged, lambda event: (event.number, event.state) == (number, state))

    caller, callee = await house.phone("100"), await house.phone("101", behavior=ringing)
    await shows("101", ExtensionState.IDLE)
    call = caller.call("101")
    await shows("101", ExtensionState.RINGING)
    callee.all_calls[0].answer()
    await shows("100", ExtensionState.TALKING)
    call.hang_up()
    await callee.all_calls[0].until_ended()
    await callee.register(0)
    await shows("101", ExtensionState.OFF)


async def test_a_closed_connection_takes_its_binding_along(house: House) -> None:
    phone = await house.phone("101", transport=Transport.TCP)
    await phone.stop()

    def is_off(event: ExtensionChanged) -> bool:
        return event.number == "101" and event.state is ExtensionState.OFF

    await house.hear(ExtensionChanged, is_off)


async def test_text_messages(house: House) -> None:
    sender, receiver = await house.phone("100"), await house.phone("101")
    response = await sender.request("MESSAGE", "101", b"hello", "text/plain")
    assert response is not None
    assert response.status == 200
    assert receiver.requests[0].body == b"hello"
    assert receiver.requests[0].from_.user == "100"
    offline = await sender.request("MESSAGE", "102", b"hello", "text/plain")
    assert offline is not None
    assert offline.status == 480


@pytest.mark.parametrize(("method", "status"), [("OPTIONS", 200), ("SUBSCRIBE", 489), ("INFO", 481)])
async def test_other_requests(house: House, method: str, status: int) -> None:
    phone: Phone = await house.phone("100")
    response = await phone.request(method, "100")
    assert response is not None
    assert response.status == status
