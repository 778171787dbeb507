from __future__ import annotations

import pytest

from app.services.directory import Settings
from app.sip import events
from tests.support.office import Office, in_virtual_time
from tests.support.phone import answering, refusing, ringing


@pytest.mark.parametrize(
    ("behavior", "status", "outcome"),
    [
        (answering, 200, "answered"),
        (refusing(486), 486, "busy"),
        (refusing(600), 600, "busy"),
        (refusing(603), 603, "refused"),
        (refusing(480), 480, "no_answer"),
        (refusing(500), 500, "failed"),
        (ringing, 480, "no_answer"),
    ],
)
@in_virtual_time
async def test_what_the_caller_hears_and_the_record_says(behavior: object, status: int, outcome: str) -> None:
    async with Office(settings=Settings(no_answer_s=5)) as office:
        caller = await office.phone("100")
        await office.phone("101", behavior=behavior)
        call = caller.call("101")
        await call.until_true(lambda: call.status >= 200)
        assert call.status == status
        if call.ended is None:
            call.hang_up()
        await office.quiet()
        assert (office.last_record.status, office.last_record.outcome) == (status, outcome)
        office.assert_nothing_left()


@in_virtual_time
async def test_an_extension_without_devices_is_offline() -> None:
    async with Office() as office:
        caller = await office.phone("100")
        call = caller.call("101")
        await call.until_ended()
        await office.quiet()
        assert (call.status, office.last_record.outcome) == (480, "offline")


@in_virtual_time
async def test_a_changed_setting_counts_for_the_next_call() -> None:
    async with Office() as office:
        caller = await office.phone("100")
        await office.phone("101", behavior=ringing)
        office.holder.current = office.holder.current.with_settings(Settings(no_answer_s=3))
        started = office.loop.time()
        call = caller.call("101")
        await call.until(events.Ended)
        assert 3 <= office.loop.time() - started < 4
