"""A meeting keeps what is said to one party apart from what all hear, and tells what can be seen."""

from __future__ import annotations

import asyncio

import pytest

from app.errors import UserError
from app.services.conference_room import Announce
from tests.app.services.features.test_conference import Hall
from tests.support.office import in_virtual_time


@in_virtual_time
async def test_what_is_said_to_one_is_not_cut_off_by_who_comes() -> None:
    async with Hall() as hall:
        first = await hall.join("100")
        first.press("*")
        await asyncio.sleep(0.5)
        assert first.playing == ("conf-menu",)
        await hall.dial("101")
        assert first.playing == ("conf-menu",)
        await asyncio.sleep(15)
        assert [port.playing for port in hall.ports] == [(), ()]
        assert first.source is not None, "the room is heard again"


@in_virtual_time
async def test_who_hangs_up_in_the_middle_of_being_sent_away() -> None:
    async with Hall() as hall:
        await hall.join("100")
        await hall.join("101")
        meeting = hall.conferences.meeting("8000")
        meeting.send_away(hall.view.parties[1].id)
        await asyncio.sleep(0.1)
        hall.calls[1].hang_up()
        await hall.calls[1].until_ended()
        await asyncio.sleep(1)
        assert [party.number for party in hall.view.parties] == ["100"]


@in_virtual_time
async def test_a_party_that_holds_finds_the_room_where_it_was() -> None:
    from app.sip import events

    async with Hall(announce=Announce.NONE) as hall:
        first = await hall.join("100")
        await hall.join("101")
        hall.calls[0].change("sendonly")
        await hall.calls[0].until(events.AnswerReceived)
        await asyncio.sleep(1)
        assert first.source is None
        hall.calls[0].change("sendrecv")
        await hall.calls[0].until(events.AnswerReceived, 2)
        await asyncio.sleep(1)
        assert first.source is not None


@in_virtual_time
async def test_numbers_of_parties_who_left_are_known_no_more() -> None:
    async with Hall() as hall:
        await hall.join("100")
        meeting = hall.conferences.meeting("8000")
        with pytest.raises(UserError, match="Party 0 is not in room 8000"):
            meeting.mute(0, True)
        meeting.record(None)
        assert meeting.view().is_recorded is False
