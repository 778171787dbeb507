"""Callers who talk with the PBX, and phones carried from codec to codec, on real sockets with real sound."""

from __future__ import annotations

import asyncio

import pytest

from app.api import calls
from app.calls.call import Call
from app.calls.conversation import Clip, HungUp
from app.calls.voice import CallSounds
from app.events import CallState
from app.media.sources import Playlist
from app.pbx import Pbx
from app.services.actions import Action, Refuse, RingExtension
from app.sip import events
from tests.flows.conftest import House
from tests.support.music import MUSIC_HERTZ, RINGBACK_HERTZ, Sounds, tone_clip
from tests.support.phone import EVENTS, G722, OPUS, PCMA, PCMU, Phone, PhoneCall
from tests.support.tones import Samples, seconds_of

LOW, HIGH = 440, 660
PROMPT = 1000


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


async def connect(caller: Phone, callee: Phone, number: str = "") -> tuple[PhoneCall, PhoneCall]:
    """Let one call the other, which answers."""
    out = caller.call(number or callee.number)
    incoming = await callee.incoming()
    incoming.answer()
    await out.until(events.Accepted)
    await incoming.until(events.Confirmed)
    return out, incoming


async def with_sounds(house: House) -> None:
    """Let the house play tones on hold and while it rings."""
    sounds: CallSounds = Sounds()

    async def use(pbx: Pbx) -> None:
        object.__setattr__(pbx.exchange.switchboard._surroundings, "sounds", sounds)

    await house.ask(use)


def prompt(seconds: float = 30.0) -> Clip:
    return tone_clip(PROMPT, seconds)


@pytest.mark.parametrize("codec", [PCMU, PCMA, G722, OPUS])
async def test_a_caller_hears_a_prompt_and_dials_on(house: House, codec: object) -> None:
    async def attendant(call: Call) -> Action:
        talking = await call.converse()
        first = await talking.play(prompt())
        return RingExtension(await talking.keys(3, first=first))

    await house.serve("500", attendant)
    await with_sounds(house)
    caller = await house.phone("100", hertz=LOW, codecs=(codec, EVENTS))
    callee = await house.phone("101", hertz=HIGH)
    out = caller.call("500")
    await out.until(events.Accepted)
    await hears(out, PROMPT)
    for digit in "101":
        out.send("INFO", "application/dtmf-relay", f"Signal={digit}\r\nDuration=160\r\n".encode())
    incoming = await callee.incoming()
    incoming.ring()
    await hears(out, RINGBACK_HERTZ)
    incoming.answer()
    await incoming.until(events.Confirmed)
    await talk(out, incoming)
    out.hang_up()
    await incoming.until_ended()
    view = await house.ended_call()
    assert (view.outcome, view.media, view.connected) == ("answered", "voice", "101")


async def test_the_callers_words_are_heard(house: House) -> None:
    found: list[tuple[str, float]] = []

    async def recorder(call: Call) -> None:
        talking = await call.converse()
        pieces: list[Samples] = []
        heard = await talking.listen(lambda _tick, frame: pieces.append(frame.copy()), most_s=1.0)
        sound = [piece[::2] for piece in pieces]
        found.append((heard.why, sum(seconds_of(each, LOW) for each in sound)))

    await house.serve("500", recorder)
    caller = await house.phone("100", hertz=LOW)
    out = caller.call("500")
    await out.until_ended()
    ((why, seconds),) = found
    assert why == "time"
    assert seconds > 0.6


@pytest.mark.parametrize("asks", [False, True])
async def test_early_words_and_then_a_refusal(house: House, asks: bool) -> None:
    async def sorry(call: Call) -> Action:
        talking = await call.converse(early=True)
        await talking.play(prompt(1.5))
        return Refuse(480)

    await house.serve("500", sorry)
    caller = await house.phone("100", hertz=LOW)
    out = caller.call("500", headers=(("Require", "100rel"),) if asks else ())
    progressed = await out.until(events.Progressed)
    assert progressed.status == 183
    await hears(out, PROMPT)
    await out.until_ended()
    assert out.status == 480
    assert (await house.ended_call()).outcome != "answered"


@pytest.mark.parametrize("mode", ["direct", "relay"])
@pytest.mark.parametrize("foreign", [OPUS, G722])
async def test_phones_without_a_common_codec_hear_each_other(
    house: House, mode: str, foreign: object
) -> None:
    await house.media(mode)
    caller = await house.phone("100", hertz=LOW)
    callee = await house.phone("101", hertz=HIGH, codecs=(foreign, EVENTS))
    out = caller.call("101")
    (await callee.incoming()).reject(488)
    incoming = await callee.incoming()
    incoming.answer()
    await out.until(events.Accepted)
    await talk(out, incoming)
    (view,) = await house.ask(calls.live_calls)
    assert view.media == "voice"
    incoming.hang_up()
    await out.until_ended()


@pytest.mark.parametrize("mode", ["direct", "relay"])
async def test_who_is_put_on_hold_hears_music_until_the_other_comes_back(house: House, mode: str) -> None:
    await house.media(mode)
    await with_sounds(house)
    caller = await house.phone("100", hertz=LOW)
    callee = await house.phone("101", hertz=HIGH)
    out, incoming = await connect(caller, callee)
    await talk(out, incoming)
    incoming.change("sendonly")
    await incoming.until(events.AnswerReceived)
    await hears(out, MUSIC_HERTZ)
    (view,) = await house.ask(calls.live_calls)
    assert (view.state, view.media) == (CallState.HELD, "voice")
    incoming.change("sendrecv")
    await incoming.until(events.AnswerReceived, 2)
    await talk(out, incoming)
    assert out.ear is not None
    out.ear.forget()
    await hears(out, HIGH)
    assert seconds_of(out.ear.heard(), MUSIC_HERTZ) == 0
    (view,) = await house.ask(calls.live_calls)
    assert (view.state, view.media) == (CallState.TALKING, mode)
    out.hang_up()
    await incoming.until_ended()


async def test_a_call_is_brought_onto_voice_ports_while_two_talk(house: House) -> None:
    async def host(pbx: Pbx) -> bool:
        (call,) = pbx.exchange.calls
        return await call.host()

    caller = await house.phone("100", hertz=LOW)
    callee = await house.phone("101", hertz=HIGH)
    out, incoming = await connect(caller, callee)
    await talk(out, incoming)
    assert await house.ask(host)
    await talk(out, incoming)
    (view,) = await house.ask(calls.live_calls)
    assert view.media == "voice"
    out.hang_up()
    await incoming.until_ended()


async def test_music_plays_on_until_the_caller_hangs_up(house: House) -> None:
    ended: list[bool] = []

    async def queue(call: Call) -> None:
        talking = await call.converse()
        talking.play_on(Playlist((tone_clip(PROMPT, 1.0),), repeat=True))
        try:
            await talking.wait(3600)
        except HungUp:
            ended.append(True)
            raise

    await house.serve("500", queue)
    out = (await house.phone("100", hertz=LOW)).call("500")
    await out.until(events.Accepted)
    await hears(out, PROMPT, 1.5)
    out.hang_up()
    await house.ended_call()
    assert ended == [True]


@pytest.mark.parametrize("doubles", [False, True])
async def test_keys_in_the_stream_count_once_though_info_tells_them_too(house: House, doubles: bool) -> None:
    found: list[str] = []

    async def menu(call: Call) -> None:
        found.append(await (await call.converse()).keys(4, first_s=10, next_s=2))

    await house.serve("500", menu)
    out = (await house.phone("100", hertz=LOW)).call("500")
    await out.until(events.Accepted)
    assert out.ear is not None
    for key in "77#":
        await asyncio.to_thread(out.ear.press, key)
        if doubles:
            out.send("INFO", "application/dtmf-relay", f"Signal={key}\r\nDuration=100\r\n".encode())
    await out.until_ended()
    assert found == ["77"]
