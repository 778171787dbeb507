"""A phone that holds a menu could do so for ever: nobody is there who would hang up on it."""

from __future__ import annotations

import asyncio

import pytest

from app.calls.conversation import Conversation
from app.sip import events
from tests.app.calls.test_conversation import HELLO, Desk, over
from tests.support.office import Office, in_virtual_time

HOUR = 3600.0


@pytest.mark.parametrize(("hours", "is_over"), [(3, False), (5, True)])
def test_who_holds_for_hours_is_hung_up_on(hours: int, is_over: bool) -> None:
    @in_virtual_time
    async def scenario() -> None:
        async def talk(conversation: Conversation) -> str:
            return await conversation.play(HELLO)

        async with Office() as office:
            desk = Desk(office, talk)
            call = await desk.call()
            await asyncio.sleep(1)
            call.change("sendonly")
            await call.until(events.AnswerReceived)
            await asyncio.sleep(hours * HOUR)
            assert (call.ended is not None) is is_over
            assert desk.hung_up == int(is_over)
            await over(office, call)

    scenario()
