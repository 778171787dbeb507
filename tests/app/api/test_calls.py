from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.api import calls
from app.errors import UserError
from app.events import CallState
from app.sip import events
from tests.support.office import Office, in_virtual_time
from tests.support.phone import answering


@in_virtual_time
async def test_calls_are_shown_found_in_the_trace_and_ended() -> None:
    async with Office() as office:
        pbx: Any = SimpleNamespace(exchange=office.exchange)
        assert await calls.live_calls(pbx) == []
        caller = await office.phone("100")
        await office.phone("101", behavior=answering)
        call = caller.call("101")
        await call.until(events.Accepted)
        (view,) = await calls.live_calls(pbx)
        assert (view.caller, view.called, view.state) == ("100", "101", CallState.TALKING)
        assert (await calls.call_ids(pbx, view.id))[0] == call.session.call_id
        await calls.hang_up(pbx, view.id)
        await call.until_ended()
        await office.quiet()
        with pytest.raises(UserError) as caught:
            await calls.hang_up(pbx, view.id)
        assert caught.value.code == "call.gone"
        with pytest.raises(UserError):
            await calls.call_ids(pbx, view.id)
        office.assert_nothing_left()
