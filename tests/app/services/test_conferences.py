"""Rooms come from the directory; meetings begin with the first party and end with the last."""

from __future__ import annotations

import asyncio

import pytest

from app.errors import UserError
from app.events import Notice
from app.services.conference_room import Admission
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


@pytest.mark.logs("opens for no password of callers from outside for 15 minutes")
@in_virtual_time
async def test_guessing_at_a_password_from_outside_locks_out_nobody_else() -> None:
    async with Hall(password="1234", moderator_password="99") as hall:
        rooms, room = hall.conferences, hall.conferences.room("8000")
        for guess in range(15):
            assert rooms.admission(room, f"{guess}", "") is Admission.WRONG
        assert rooms.admission(room, "1234", "") is Admission.WRONG
        assert rooms.admission(room, "99", "") is Admission.WRONG
        assert rooms.admission(room, "1234", "100") is Admission.PARTY
        assert rooms.admission(room, "99", "100") is Admission.MODERATOR
        notices = [each for each in hall.office.announced if isinstance(each, Notice)]
        assert [each.code for each in notices] == ["conference.guessed"]
        await asyncio.sleep(16 * 60)
        assert rooms.admission(room, "1234", "") is Admission.PARTY


@pytest.mark.logs("opens for no password of extension 101")
@in_virtual_time
async def test_the_moderators_password_of_an_open_room_cannot_be_guessed_at_for_ever() -> None:
    async with Hall(moderator_password="99") as hall:
        rooms, room = hall.conferences, hall.conferences.room("8000")
        found = [rooms.admission(room, f"{guess}", "101") for guess in range(100)]
        assert set(found) == {Admission.PARTY}
        assert rooms.admission(room, "", "101") is Admission.PARTY
