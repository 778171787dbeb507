from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import numpy as np
import pytest

from app.calls.call import Call
from app.calls.conversation import Clip, Conversation, HungUp
from app.services.actions import Action
from app.sip import events
from tests.support.office import Office, in_virtual_time
from tests.support.phone import PhoneCall

SECOND = 16_000
HELLO = Clip(np.full(2 * SECOND, 1000, np.int16), "hello")
MORE = Clip(np.full(3 * SECOND, 1000, np.int16), "more")

Talk = Callable[[Conversation], Awaitable[object]]


class Desk:
    """What a feature under test did: what its conversation returned, and how it ended."""

    def __init__(
        self, office: Office, talk: Talk, *, early: bool = False, after: Action | None = None
    ) -> None:
        self.office = office
        self.found: list[object] = []
        self.hung_up = 0
        self.done_at: list[float] = []
        self.after = after

        async def feature(call: Call) -> Action | None:
            try:
                conversation = await call.converse(early=early)
                self.found.append(await talk(conversation))
            except HungUp:
                self.hung_up += 1
                raise
            finally:
                self.done_at.append(office.loop.time())
            return self.after

        office.serve("500", feature)

    async def call(self, **options: object) -> PhoneCall:
        """Call it from 100."""
        phone = await self.office.phone("100")
        call = phone.call("500", **options)  # type: ignore[arg-type]
        await call.until(events.Accepted)
        return call


async def over(office: Office, call: PhoneCall) -> None:
    """The call ends, and leaves nothing."""
    if call.ended is None:
        call.hang_up()
    await call.until_ended()
    await office.quiet()
    office.assert_nothing_left()
    assert office.endpoint.counters.faults == 0


@in_virtual_time
async def test_what_is_played_takes_its_time() -> None:
    async with Office() as office:
        desk = Desk(office, lambda talk: talk.play(HELLO, MORE))
        call = await desk.call()
        begun = office.loop.time()
        assert office.port.played == ["hello", "more"]
        await call.until_ended()
        assert desk.found == [""]
        assert desk.done_at[0] - begun == pytest.approx(5, abs=0.02)
        record = office.last_record
        assert (record.outcome, record.status, record.media, record.codec) == (
            "answered",
            200,
            "voice",
            "PCMU",
        )
        await over(office, call)


@in_virtual_time
async def test_a_key_stops_it_and_counts_though_it_came_before() -> None:
    async def talk(conversation: Conversation) -> list[str]:
        first = await conversation.play(HELLO)
        await conversation.wait(5)
        return [first, await conversation.play(HELLO), await conversation.play(MORE, until="7")]

    async with Office() as office:
        desk = Desk(office, talk)
        call = await desk.call()
        await asyncio.sleep(1)
        office.port.press("1")
        await asyncio.sleep(1)
        office.port.press("23")
        await asyncio.sleep(4.5)
        office.port.press("7")
        await call.until_ended()
        assert desk.found == [["1", "2", "7"]]
        assert office.voice.all_ports[0].played == ["hello", "more"]
        await over(office, call)
