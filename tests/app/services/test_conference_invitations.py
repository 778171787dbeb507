"""Extensions are called into a room; those who do not come cost nothing."""

from __future__ import annotations

import asyncio

import pytest

from app.errors import UserError
from app.services.conference_room import Announce
from tests.app.services.features.test_conference import Hall
from tests.support.office import in_virtual_time


@in_virtual_time
async def test_who_answers_is_in() -> None:
    async with Hall(password="1234", announce=Announce.NONE, description="Monday") as hall:
        phone = await hall.office.phone("101")
        hall.office.exchange.invitations.invite("8000", "101")
        call = await phone.incoming()
        assert call.session is not None
        assert call.session.invite.from_.user == "8000"
        call.ring()
        call.answer()
        await asyncio.sleep(4)
        assert [party.number for party in hall.view.parties] == ["101"]
        (port,) = hall.office.voice.open_ports
        assert port.played == ["conf-alone", "music"]
        await hall.join("100", "*6*8000*1234")
        assert len(hall.view.parties) == 2
        call.hang_up()
        await call.until_ended()
        await asyncio.sleep(1)
        assert [party.number for party in hall.view.parties] == ["100"]


@in_virtual_time
async def test_removed_as_everybody_else() -> None:
    async with Hall() as hall:
        phone = await hall.office.phone("101")
        hall.office.exchange.invitations.invite("8000", "101")
        call = await phone.incoming()
        call.answer()
        await asyncio.sleep(4)
        hall.conferences.meeting("8000").end()
        await call.until_ended()


@in_virtual_time
async def test_who_does_not_answer_or_refuses_leaves_nothing() -> None:
    async with Hall() as hall:
        phone = await hall.office.phone("101")
        hall.office.exchange.invitations.invite("8000", "101")
        (await phone.incoming()).reject(486)
        await asyncio.sleep(1)
        hall.office.exchange.invitations.invite("8000", "101")
        (await phone.incoming()).ring()
        await asyncio.sleep(30)
        assert hall.conferences.views() == []


@in_virtual_time
async def test_whom_nobody_can_call() -> None:
    async with Hall() as hall:
        invite = hall.office.exchange.invitations.invite
        with pytest.raises(UserError, match="no telephone of it is registered"):
            invite("8000", "101")
        with pytest.raises(UserError, match="999 cannot be called"):
            invite("8000", "999")
        with pytest.raises(UserError, match="no conference room 1"):
            invite("1", "101")


@in_virtual_time
async def test_the_exchange_stops_with_an_invited_party() -> None:
    async with Hall() as hall:
        phone = await hall.office.phone("101")
        hall.office.exchange.invitations.invite("8000", "101")
        call = await phone.incoming()
        call.answer()
        await asyncio.sleep(4)
        await hall.office.exchange.stop()
        await call.until_ended()
