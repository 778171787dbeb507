"""Rooms come from the directory; meetings begin with the first party and end with the last."""

from __future__ import annotations

import asyncio

import pytest

from app.errors import UserError
from app.services.conferences import Door
from tests.app.services.features.test_conference import Hall
from tests.support.office import in_virtual_time


@in_virtual_time
async def test_a_room_exists_while_it_is_enabled() -> None:
    async with Hall(enabled=False) as hall:
        assert hall.conferences.room("8000") is None
        assert hall.conferences.room("1") is None
        with pytest.raises(UserError, match="no conference room 8000"):
            hall.conferences.lock("8000", False)


@in_virtual_time
async def test_the_door_of_an_empty_room() -> None:
    async with Hall(locked=True) as hall:
        room = hall.conferences.room("8000")
        assert hall.conferences.refusal(room, is_moderator=False) is Door.LOCKED
        assert hall.conferences.refusal(room, is_moderator=True) is None
        hall.conferences.lock("8000", False)
        assert hall.conferences.refusal(room, is_moderator=False) is None
        hall.conferences.lock("8000", True)
        assert hall.conferences.refusal(room, is_moderator=False) is Door.LOCKED


@in_virtual_time
async def test_a_meeting_lasts_from_the_first_to_the_last() -> None:
    async with Hall() as hall:
        assert hall.conferences.is_idle
        await hall.join("100")
        assert not hall.conferences.is_idle
        hall.calls[0].hang_up()
        await hall.calls[0].until_ended()
        await asyncio.sleep(1)
        assert hall.conferences.is_idle
        with pytest.raises(UserError, match="Nobody is in room"):
            hall.conferences.meeting("8000")
        with pytest.raises(UserError, match="Nobody is in room"):
            hall.conferences.record("8000", True)


@in_virtual_time
async def test_only_what_is_recorded_can_be_ended() -> None:
    async with Hall() as hall:
        await hall.join("100")
        with pytest.raises(UserError, match="is not recorded"):
            hall.conferences.record("8000", False)
