from __future__ import annotations

import asyncio
import logging

import pytest

from app.calls.causes import HUNG_UP, Outcome
from app.events import CallChanged
from app.services.directory import LocalMedia, Settings
from app.sip import events
from tests.support.office import Office, in_virtual_time
from tests.support.phone import PhoneCall, answering, ringing


async def connected(office: Office) -> tuple[PhoneCall, PhoneCall]:
    caller, callee = await office.phone("100"), await office.phone("101", behavior=answering)
    call = caller.call("101")
    await call.until(events.Accepted)
    other = callee.all_calls[0]
    await other.until(events.Confirmed)
    return call, other


@in_virtual_time
async def test_its_life_is_logged_and_announced(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "app.calls.call")
    async with Office() as office:
        call, other = await connected(office)
        assert office.exchange.calls.find(1) is not None
        call.hang_up()
        await other.until_ended()
        await office.quiet()
        views = [event.call for event in office.announced if isinstance(event, CallChanged)]
        assert [view.state.value for view in views] == ["trying", "ringing", "talking", "ended"]
        assert views[-1].outcome == "answered"
        assert views[-2].outcome == ""  # while it lives
        assert views[-1].ended_at is not None
        assert views[-1].answered_at is not None
        assert views[-1].ended_at >= views[-1].answered_at >= views[-1].started_at
    assert "call 1: RINGING -> TALKING (Answered)" in caplog.messages
    assert "call 1: TALKING -> ENDED (Ended)" in caplog.messages


@pytest.mark.parametrize("mode", [LocalMedia.DIRECT, LocalMedia.RELAY])
@pytest.mark.parametrize("moment", ["ringing", "talking"])
@in_virtual_time
async def test_ending_it_from_here_releases_everything(mode: LocalMedia, moment: str) -> None:
    async with Office(settings=Settings(local_media=mode)) as office:
        caller = await office.phone("100")
        callee = await office.phone("101", behavior=ringing if moment == "ringing" else answering)
        call = caller.call("101")
        await call.until(events.Progressed if moment == "ringing" else events.Accepted)
        await asyncio.sleep(1)
        (live,) = office.exchange.calls
        live.end(HUNG_UP)
        await call.until_ended()
        await callee.all_calls[0].until_ended()
        await office.quiet()
        office.assert_nothing_left()
        assert office.last_record.outcome in ("answered", "failed")


@pytest.mark.parametrize("mode", [LocalMedia.DIRECT, LocalMedia.RELAY])
@pytest.mark.parametrize("moment", ["ringing", "talking"])
@in_virtual_time
async def test_cancelling_its_task_releases_everything(mode: LocalMedia, moment: str) -> None:
    async with Office(settings=Settings(local_media=mode)) as office:
        caller = await office.phone("100")
        callee = await office.phone("101", behavior=ringing if moment == "ringing" else answering)
        call = caller.call("101")
        await call.until(events.Progressed if moment == "ringing" else events.Accepted)
        await asyncio.sleep(1)
        (live,) = office.exchange.calls
        assert live.task is not None
        live.task.cancel()
        await call.until_ended()
        await callee.all_calls[0].until_ended()
        await office.quiet()
        office.assert_nothing_left()


@in_virtual_time
async def test_a_refusal_names_its_outcome() -> None:
    async with Office() as office:
        caller = await office.phone("100")
        await office.phone("101", behavior=ringing)
        call = caller.call("101")
        await call.until(events.Progressed)
        (live,) = office.exchange.calls
        live.refuse(486, outcome=Outcome.REFUSED)
        live.refuse(500)
        await call.until_ended()
        await office.quiet()
        assert call.status == 486
        assert (office.last_record.status, office.last_record.outcome) == (486, "refused")
        office.assert_nothing_left()


@in_virtual_time
async def test_no_ack_ends_both_legs() -> None:
    async with Office() as office:
        caller, callee = await office.phone("100"), await office.phone("101")
        call = caller.call("101")
        incoming = await callee.incoming()
        await caller.stop()
        incoming.answer()
        ended = await incoming.until_ended()
        assert ended.request is not None
        assert ended.request.get("reason") == 'SIP;cause=408;text="No ACK"'
        await office.quiet()
        office.assert_nothing_left()
        assert call.ended is None
