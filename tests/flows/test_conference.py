"""Telephones with different codecs in one conference room, on real sockets with real sound."""

from __future__ import annotations

import asyncio

import pytest

from app.api import conferences, recordings
from app.api.recordings import RecordingView
from app.errors import UserError
from app.sip import events
from tests.flows.conftest import House
from tests.support.phone import EVENTS, G722, OPUS, PCMA, PCMU, PhoneCall
from tests.support.tones import RATE, Samples, share_of

TONES = (440, 660, 1100)


async def room(house: House, **values: object) -> None:
    """Set up room 8000, silent but for its parties; what is recorded needs no more disk than there is."""
    await house.set("setting", "recording_free_megabytes", value="0")
    await house.add("conference", "8000", announce="none", music_alone=False, **values)


async def join(house: House, number: str, hertz: float, codec: object, dialled: str = "*6*8000") -> PhoneCall:
    phone = await house.phone(number, hertz=hertz, codecs=(codec, EVENTS))
    call = phone.call(dialled)
    await call.until(events.Accepted)
    return call


async def hears_exactly(call: PhoneCall, *tones: float) -> None:
    """Wait until half a second holds these tones and none of the others."""

    def enough(samples: Samples) -> bool:
        latest = samples[-RATE // 2 :]
        if len(latest) < RATE // 2:
            return False
        shares = {hertz: share_of(latest, hertz) for hertz in TONES}
        wanted = 0.7 / len(tones) if tones else 1.0
        return all(shares[hertz] > wanted if hertz in tones else shares[hertz] < 0.01 for hertz in TONES)

    assert call.ear is not None
    call.ear.forget()
    await asyncio.to_thread(call.ear.listen, enough)


async def leave(*calls: PhoneCall) -> None:
    for call in calls:
        call.hang_up()
        await call.until_ended()


@pytest.mark.parametrize("codecs", [(PCMU, G722, OPUS), (PCMA, PCMA, OPUS)])
async def test_three_hear_the_two_others_and_not_themselves(house: House, codecs: tuple[object, ...]) -> None:
    await room(house)
    calls = [
        await join(house, number, hertz, codec)
        for number, hertz, codec in zip(("100", "101", "102"), TONES, codecs, strict=True)
    ]
    for call, own in zip(calls, TONES, strict=True):
        await hears_exactly(call, *(hertz for hertz in TONES if hertz != own))
    (view,) = await house.ask(conferences.meetings)
    assert [party.number for party in view.parties] == ["100", "101", "102"]
    assert all(party.is_talking for party in view.parties)
    await house.ask(conferences.mute, "8000", view.parties[0].id, True)
    await hears_exactly(calls[1], TONES[2])
    await hears_exactly(calls[0], TONES[1], TONES[2])
    await house.ask(conferences.send_away, "8000", view.parties[2].id)
    await calls[2].until_ended()
    await hears_exactly(calls[0], TONES[1])
    await leave(*calls[:2])


async def test_a_locked_room_and_its_end_for_all(house: House) -> None:
    await room(house, password="1234")
    first = await join(house, "100", TONES[0], PCMU, "*6*8000*1234")
    second = await join(house, "101", TONES[1], OPUS, "*6*8000*1234")
    await hears_exactly(first, TONES[1])
    await house.ask(conferences.lock, "8000", True)
    third = await join(house, "102", TONES[2], PCMU, "*6*8000*1234")
    await third.until_ended()
    await house.ask(conferences.end, "8000")
    await first.until_ended()
    await second.until_ended()
    with pytest.raises(UserError, match="Nobody is in room 8000"):
        await house.ask(conferences.end, "8000")


async def test_a_conference_is_recorded_and_kept(house: House) -> None:
    await room(house, record=True)
    first = await join(house, "100", TONES[0], PCMU)
    second = await join(house, "101", TONES[1], OPUS)
    await hears_exactly(first, TONES[1])
    await leave(first, second)
    rows: list[RecordingView] = []
    async with asyncio.timeout(15):
        while not rows or rows[0].state == "running":
            rows = await house.ask(recordings.page)
            await asyncio.sleep(0.05)
    assert (rows[0].state, rows[0].room) == ("complete", "8000")
    assert rows[0].seconds > 0.5
