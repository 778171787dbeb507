from __future__ import annotations

import asyncio

import pytest

from app.calls.surroundings import Surroundings
from app.calls.voice import NO_SOUNDS, VoicePath
from tests.support.office import Office, in_virtual_time


@in_virtual_time
async def test_a_house_without_sounds_plays_nothing() -> None:
    async with Office() as office:
        office.serve("500", lambda call: asyncio.sleep(2))  # type: ignore[arg-type,return-value]
        phone = await office.phone("100")
        phone.call("500")
        await asyncio.sleep(1)
        (call,) = office.exchange.calls
        assert NO_SOUNDS.hold_music(call) is None
        assert NO_SOUNDS.ringback(call) is None
        await office.quiet()
        office.assert_nothing_left()


def test_a_path_of_ports_counts_what_the_ports_count() -> None:
    counted = ["caller", "callee"]
    path = VoicePath(lambda: (counted[0], counted[1]))
    assert path.kind == "voice"
    assert asyncio.run(path.counters()) == ("caller", "callee")


def test_surroundings_cannot_be_changed_under_a_call() -> None:
    surroundings = Surroundings(
        legs=None,  # type: ignore[arg-type]
        relay=None,  # type: ignore[arg-type]
        voice=None,  # type: ignore[arg-type]
        announce=lambda call: None,
        clock=lambda: 0.0,
    )
    assert surroundings.sounds is NO_SOUNDS
    with pytest.raises(AttributeError):
        surroundings.sounds = NO_SOUNDS  # type: ignore[misc]
