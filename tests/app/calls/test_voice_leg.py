from __future__ import annotations

import asyncio

import pytest

from app.calls.call import Call
from app.calls.conversation import HungUp
from app.services.actions import Action
from app.services.devices import Devices
from app.sip import events
from tests.support.music import tone_clip
from tests.support.office import Office, in_virtual_time
from tests.support.phone import PhoneCall

WORDS = tone_clip(440, 3, "words")


async def ring_then_talk(office: Office, *, early: bool = False) -> list[str]:
    """Who calls 500 is connected with 101 directly, and talks with us when 101 does not take the call."""
    seen: list[str] = []

    async def feature(call: Call) -> Action | None:
        extension = office.holder.current.extensions["101"]
        result = await call.ring(Devices(office.exchange.bindings).of(extension, call), 20)
        seen.append(str(result.status))
        try:
            talk = await call.converse(early=early)
            seen.append(await talk.play(WORDS) or "played")
        except HungUp:
            seen.append("hung up")
            raise
        return None

    office.serve("500", feature)
    return seen


def early_then_busy(call: PhoneCall) -> None:
    call.ring(183, early=True)
    asyncio.get_running_loop().call_later(2, call.reject, 486)


@pytest.mark.parametrize("reliable", [False, True])
@pytest.mark.parametrize("early", [False, True])
@in_virtual_time
async def test_a_caller_that_heard_a_phone_early_is_led_to_our_port(reliable: bool, early: bool) -> None:
    async with Office() as office:
        seen = await ring_then_talk(office, early=early)
        await office.phone("101", behavior=early_then_busy)
        phone = await office.phone("100", rel100=reliable)
        call = phone.call("500", headers=(("Require", "100rel"),) if reliable else ())
        await call.until(events.Progressed)
        before = call.remote_target
        await asyncio.sleep(4)
        assert call.remote_target == office.port.address != before
        await call.until_ended()
        assert seen == ["486", "played"]
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_a_caller_that_does_not_follow_is_hung_up() -> None:
    async with Office() as office:
        seen = await ring_then_talk(office)
        await office.phone("101", behavior=early_then_busy)
        call = (await office.phone("100")).call("500", headers=(("Require", "100rel"),))
        call.refuse_offers = 488
        await call.until_ended()
        assert seen == ["486", "hung up"]
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_what_was_counted_is_known_after_the_end() -> None:
    async with Office() as office:

        async def feature(call: Call) -> None:
            await (await call.converse()).wait(5)

        office.serve("500", feature)
        call = (await office.phone("100")).call("500")
        await call.until(events.Accepted)
        (live,) = office.exchange.calls
        voice = live.voice
        assert voice is not None
        assert voice.counters() is not None
        call.hang_up()
        await office.quiet()
        assert voice.counters().local_address == voice.port.address
        voice.close()
        office.assert_nothing_left()
        assert '"legs"' in office.last_record.details
