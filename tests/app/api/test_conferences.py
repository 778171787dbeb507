"""Conferences through the door of the window."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import cast

import pytest

from app.api import conferences
from app.errors import UserError
from app.pbx import Pbx
from tests.app.services.features.test_conference import Hall
from tests.support.office import in_virtual_time


@in_virtual_time
async def test_a_conference_is_led() -> None:
    async with Hall() as hall:
        pbx = cast(Pbx, SimpleNamespace(exchange=hall.office.exchange))
        assert await conferences.meetings(pbx) == []
        await hall.join("100")
        await hall.join("101")
        (view,) = await conferences.meetings(pbx)
        first, second = view.parties
        await conferences.mute(pbx, "8000", first.id, True)
        await conferences.lock(pbx, "8000", True)
        await conferences.record(pbx, "8000", True)
        (view,) = await conferences.meetings(pbx)
        assert (view.is_locked, view.is_recorded, view.parties[0].is_muted) == (True, True, True)
        with pytest.raises(UserError, match="recorded already"):
            await conferences.record(pbx, "8000", True)
        await conferences.send_away(pbx, "8000", second.id)
        await hall.calls[1].until_ended()
        await asyncio.sleep(1)
        with pytest.raises(UserError, match="not in room 8000 any more"):
            await conferences.mute(pbx, "8000", second.id, True)
        guest = await hall.office.phone("102")
        await conferences.invite(pbx, "8000", "102")
        (await guest.incoming()).reject(486)
        await conferences.end(pbx, "8000")
        await hall.calls[0].until_ended()
        await asyncio.sleep(1)
        with pytest.raises(UserError, match="Nobody is in room"):
            await conferences.end(pbx, "8000")
        with pytest.raises(UserError, match="no conference room 1"):
            await conferences.lock(pbx, "1", True)
