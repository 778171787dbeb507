from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from peewee import SqliteDatabase

from app.api import calls
from app.calls.active import ActiveCalls
from app.db.migrations import MIGRATIONS
from app.db.tables import call_record
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


@in_virtual_time
async def test_the_legs_of_a_call_are_known_during_it_after_it_and_after_a_restart() -> None:
    async with Office() as office:
        database = SqliteDatabase(":memory:")
        for migration in MIGRATIONS:
            migration.up(database)

        async def run(question: Callable[..., Any], *args: Any) -> Any:
            return question(database, *args)

        pbx: Any = SimpleNamespace(
            exchange=office.exchange, configuration=SimpleNamespace(database=SimpleNamespace(run=run))
        )
        caller = await office.phone("100")
        callee = await office.phone("101", behavior=answering)
        call = caller.call("101")
        await call.until(events.Accepted)
        legs = (call.session.call_id, callee.all_calls[0].session.call_id)
        assert await calls.legs_of(pbx, legs[1]) == legs
        call.hang_up()
        await office.quiet()
        assert await calls.legs_of(pbx, legs[1]) == legs
        call_record.write(database, office.records)
        pbx.exchange = SimpleNamespace(calls=ActiveCalls())
        assert await calls.legs_of(pbx, legs[1]) == legs
        assert await calls.legs_of(pbx, "a-registration") == ("a-registration",)
        database.close()
