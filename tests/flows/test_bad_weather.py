"""Hundreds of calls on a wire that loses, repeats and reorders: all end cleanly, nothing is left."""

from __future__ import annotations

import asyncio
from random import Random

import pytest

from app.db.tables.call_record import CallRecordRow
from app.sdp.codec import Codec
from app.services.directory import LocalMedia, Settings
from app.sip import events
from tests.support import virtual_time
from tests.support.music import Sounds
from tests.support.office import Office, extension
from tests.support.phone import EVENTS, G722, OPUS, PCMA, PCMU, Phone, PhoneCall, refusing
from tests.support.wire import Weather

FOUL = {"loss": 0.2, "repeat": 0.1, "reorder": 0.2}
RUNS = 200
TOLD = {200, 404, 408, 480, 486, 487, 500, 503, 603}


def moody(random: Random) -> object:
    """How a phone takes a call: answers soon or late, changes the session, refuses, or lets it ring."""

    def behavior(call: PhoneCall) -> None:
        loop = asyncio.get_running_loop()
        mood = random.random()
        if mood < 0.1:
            refusing(486)(call)
            return
        call.ring(early=mood > 0.8)
        if mood < 0.2:
            return
        loop.call_later(random.uniform(0.01, 4), call.answer)
        if mood > 0.6:
            loop.call_later(random.uniform(5, 9), hold_and_resume, call)
        if mood > 0.5:
            loop.call_later(random.uniform(2, 60), call.hang_up)

    return behavior


def hold_and_resume(call: PhoneCall) -> None:
    if call.ended is None and call.session is not None:
        call.change("sendonly")
        asyncio.get_running_loop().call_later(3, lambda: call.ended or call.change("sendrecv"))


async def one_call(caller: Phone, to: str, random: Random) -> PhoneCall:
    """Call, and hang up sooner or later."""
    call = caller.call(to, offer=random.random() > 0.2)
    asyncio.get_running_loop().call_later(random.uniform(0.05, 40), call.hang_up)
    if random.random() > 0.6:
        asyncio.get_running_loop().call_later(random.uniform(5, 12), hold_and_resume, call)
    await call.until_ended()
    return call


async def a_bad_day(seed: int, *, with_music: bool = False) -> list[CallRecordRow]:
    """Three phones, two calls at a time; returns the call records.

    With music, who is put on hold is brought onto voice ports, as is who speaks no codec of the other's.
    """
    random = Random(seed)
    media = LocalMedia.RELAY if seed % 2 else LocalMedia.DIRECT
    known = [extension("100"), extension("101", multi_device=True, max_devices=3), extension("102")]
    weather = Weather(seed=seed, **FOUL)
    async with Office(
        *known,
        weather=weather,
        settings=Settings(no_answer_s=30, local_media=media),
        sounds=Sounds(has_music=with_music),
    ) as office:
        phones = [
            await office.phone(number, registered=False, codecs=codecs)
            for number, codecs in zip(("100", "101", "101", "102"), codecs_of(with_music), strict=True)
        ]
        for phone in phones:
            phone.behavior = moody(random)  # type: ignore[assignment]
        answers = await asyncio.gather(*(phone.register() for phone in phones), return_exceptions=True)
        assert all(isinstance(each, AssertionError) or each.status == 200 for each in answers)  # type: ignore[union-attr]
        calls = await asyncio.gather(
            one_call(phones[0], "101", random),
            one_call(phones[3], random.choice(("100", "101", "888")), random),
        )
        for call in calls:
            assert call.status in TOLD | {0, 100, 180, 183}, call.status
            assert sum(isinstance(each, events.Ended) for each in call.heard) == 1
        await office.quiet()
        office.assert_nothing_left()
        assert office.endpoint.counters.faults == 0
        assert all(phone.endpoint.counters.faults == 0 for phone in phones)
        assert all(phone.endpoint.stack.is_idle for phone in phones)
        return list(office.records)


def codecs_of(is_mixed: bool) -> list[tuple[Codec, ...]]:
    """What each phone speaks."""
    usual = (PCMU, EVENTS)
    return [usual, (PCMA, OPUS), (PCMU, G722, EVENTS), (OPUS, EVENTS)] if is_mixed else [usual] * 4


@pytest.mark.parametrize("first", range(0, RUNS, 25))
@pytest.mark.parametrize("with_music", [False, True])
def test_calls_complete_or_fail_cleanly(first: int, with_music: bool) -> None:
    rows: list[CallRecordRow] = []
    for seed in range(first, first + 25):
        rows += virtual_time.run(a_bad_day(seed, with_music=with_music))
    outcomes = {row.outcome for row in rows}
    assert {"answered", "cancelled"} <= outcomes
    assert "failed" not in outcomes
    assert ("voice" in {row.media for row in rows}) is with_music
