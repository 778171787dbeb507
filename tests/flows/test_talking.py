"""Two phones call through the engine and hear each other, however the signalling and the sound travel."""

from __future__ import annotations

import asyncio

import pytest

from app.api import call_records, calls
from app.events import CallRecorded, CallState
from app.sip import events
from app.sip.flow import Transport
from tests.flows.conftest import House
from tests.support.phone import Phone, PhoneCall
from tests.support.tones import Samples, seconds_of

LOW, HIGH = 440, 660


async def connect(caller: Phone, callee: Phone, **options: object) -> tuple[PhoneCall, PhoneCall]:
    """Let one call the other, which answers."""
    out = caller.call(callee.number, **options)  # type: ignore[arg-type]
    incoming = await callee.incoming()
    incoming.ring()
    await out.until(events.Progressed)
    incoming.answer()
    await out.until(events.Accepted)
    await incoming.until(events.Confirmed)
    return out, incoming


async def hears(call: PhoneCall, hertz: float, seconds: float = 0.3) -> None:
    """Wait until the tone is heard, from now on."""

    def enough(samples: Samples) -> bool:
        return seconds_of(samples, hertz) >= seconds

    assert call.ear is not None
    call.ear.forget()
    await asyncio.to_thread(call.ear.listen, enough)


async def talk(out: PhoneCall, incoming: PhoneCall) -> None:
    """Both hear the other's tone."""
    await asyncio.gather(hears(out, incoming.phone.hertz), hears(incoming, out.phone.hertz))


@pytest.mark.parametrize("mode", ["direct", "relay"])
@pytest.mark.parametrize("transport", list(Transport))
async def test_both_hear_each_other(house: House, mode: str, transport: Transport) -> None:
    await house.media(mode)
    caller = await house.phone("100", transport=transport, hertz=LOW)
    callee = await house.phone("101", transport=transport, hertz=HIGH)
    out, incoming = await connect(caller, callee)
    await talk(out, incoming)
    assert out.ear is not None
    assert incoming.ear is not None
    is_direct = out.remote_target[1] == incoming.ear.port and incoming.remote_target[1] == out.ear.port
    assert is_direct == (mode == "direct")
    out.hang_up()
    await incoming.until_ended()
    view = await house.ended_call()
    assert (view.outcome, view.media, view.codec, view.connected) == ("answered", mode, "PCMU", "101")
    await house.hear(CallRecorded)
    record = (await house.ask(call_records.page))[0]
    assert (record.caller, record.called, record.outcome, record.status) == ("100", "101", "answered", 200)
    assert len(record.legs) == (2 if mode == "relay" else 0)
    assert all(leg.packets_in > 10 and leg.source_address for leg in record.legs)


@pytest.mark.parametrize("house", ["::1"], indirect=True)
@pytest.mark.parametrize("mode", ["auto", "relay"])
async def test_ipv6(house: House, mode: str) -> None:
    await house.media(mode)
    caller = await house.phone("100", hertz=LOW)
    callee = await house.phone("101", hertz=HIGH)
    out, incoming = await connect(caller, callee)
    await talk(out, incoming)
    incoming.hang_up()
    await out.until_ended()


@pytest.mark.parametrize("mode", ["direct", "relay"])
async def test_the_caller_may_leave_the_offer_to_the_called_side(house: House, mode: str) -> None:
    await house.media(mode)
    caller = await house.phone("100", hertz=LOW)
    callee = await house.phone("101", hertz=HIGH)
    out, incoming = await connect(caller, callee, offer=False)
    await talk(out, incoming)
    incoming.hang_up()
    await out.until_ended()


@pytest.mark.parametrize("mode", ["direct", "relay"])
async def test_hold_and_resume_without_music(house: House, mode: str) -> None:
    await house.media(mode)
    await house.set("setting", "music_on_hold", value=False)
    caller = await house.phone("100", hertz=LOW)
    callee = await house.phone("101", hertz=HIGH)
    out, incoming = await connect(caller, callee)
    await talk(out, incoming)
    incoming.change("sendonly")
    await incoming.until(events.AnswerReceived)
    assert (out.remote_direction, incoming.remote_direction) == ("sendonly", "recvonly")
    assert (await house.ask(calls.live_calls))[0].state is CallState.HELD
    incoming.change("sendrecv")
    await incoming.until(events.AnswerReceived, 2)
    assert (await house.ask(calls.live_calls))[0].state is CallState.TALKING
    await talk(out, incoming)
    out.hang_up()
    await incoming.until_ended()


async def test_phones_of_different_transports_talk(house: House) -> None:
    caller = await house.phone("100", transport=Transport.TLS, hertz=LOW)
    callee = await house.phone("101", hertz=HIGH)
    out, incoming = await connect(caller, callee)
    await talk(out, incoming)
    out.hang_up()
    await incoming.until_ended()


async def test_a_phone_behind_a_nat_is_relayed(house: House) -> None:
    caller = await house.phone("100", hertz=LOW, media_host="192.168.7.7")
    callee = await house.phone("101", hertz=HIGH)
    out, incoming = await connect(caller, callee)
    await talk(out, incoming)
    assert (await house.ask(calls.live_calls))[0].media == "relay"
    out.hang_up()
    await incoming.until_ended()


async def test_a_called_phone_behind_a_nat_is_reached_where_it_registered_from(house: House) -> None:
    caller = await house.phone("100", hertz=LOW)
    callee = await house.phone("101", hertz=HIGH, contact="<sip:101@192.168.7.7:5060>")
    out, incoming = await connect(caller, callee)
    await talk(out, incoming)
    assert (await house.ask(calls.live_calls))[0].media == "relay"
    incoming.change("sendonly")
    await incoming.until(events.AnswerReceived)
    out.hang_up()
    await incoming.until_ended()


async def test_relayed_calls_have_no_video(house: House) -> None:
    await house.media("relay")
    caller = await house.phone("100", hertz=LOW)
    callee = await house.phone("101", hertz=HIGH)
    out, incoming = await connect(caller, callee, video=True)
    assert incoming.remote_sdp is not None
    assert b"m=video 0 " in incoming.remote_sdp
    await talk(out, incoming)
    out.hang_up()
    await incoming.until_ended()


async def test_early_sound_reaches_the_caller(house: House) -> None:
    await house.media("relay")
    caller = await house.phone("100", hertz=LOW)
    callee = await house.phone("101", hertz=HIGH)
    out = caller.call("101")
    incoming = await callee.incoming()
    incoming.ring(183, early=True)
    await out.until(events.Progressed)
    await hears(out, HIGH)
    incoming.answer()
    await out.until(events.Accepted)
    await talk(out, incoming)
    out.hang_up()
    await incoming.until_ended()


async def test_the_window_hangs_up(house: House) -> None:
    caller, callee = await house.phone("100"), await house.phone("101")
    out, incoming = await connect(caller, callee)
    (view,) = await house.ask(calls.live_calls)
    await house.ask(calls.hang_up, view.id)
    await asyncio.gather(out.until_ended(), incoming.until_ended())
