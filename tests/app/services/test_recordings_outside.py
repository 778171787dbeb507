"""Recorded calls with the outside: whose wish counts, and that the party outside is told."""

from __future__ import annotations

import asyncio

import pytest

from app.services.directory import Settings
from app.services.recording_policy import RecordingMode, RecordingNotice, RecordingWish
from app.sip import events
from tests.support.carrier_called import answering
from tests.support.office import in_virtual_time
from tests.support.outside_office import OutsideOffice, outcome

TOLD = RecordingWish(RecordingMode.ALWAYS, RecordingNotice.OUTSIDE)
QUIET = RecordingWish(RecordingMode.ALWAYS)
SETTINGS = Settings(no_answer_s=20, recording_free_megabytes=0)


@in_virtual_time
async def test_the_party_that_was_called_outside_is_told() -> None:
    async with OutsideOffice(settings=SETTINGS) as office:
        await office.with_line(behavior=answering, recording=TOLD)
        phone = await office.phone("101")
        call = phone.call("910086")
        assert await outcome(call) == 200
        await asyncio.sleep(0.1)
        inside, outside = office.voice.open_ports
        assert (inside.played, outside.played) == ([], ["rec-notice"])
        assert office.tapes.rows == []
        await asyncio.sleep(5)
        (row,) = office.tapes.rows
        assert (row.caller, row.connected, row.state) == ("101", "10086", "running")
        call.hang_up()
        await office.quiet()
        assert [row.state for row in office.tapes.rows] == ["complete"]
        office.assert_nothing_but_lines_left()


@in_virtual_time
async def test_who_calls_from_outside_is_told() -> None:
    async with OutsideOffice(settings=SETTINGS) as office:
        carrier = await office.with_line(recording=TOLD, incoming_to="102")
        phone = await office.phone("102")
        calling = carrier.call()
        incoming = await phone.incoming()
        incoming.answer()
        await incoming.until(events.Confirmed)
        await asyncio.sleep(0.1)
        outside, inside = office.voice.open_ports
        assert (inside.played, outside.played) == ([], ["rec-notice"])
        await asyncio.sleep(5)
        assert [row.state for row in office.tapes.rows] == ["running"]
        incoming.hang_up()
        await office.quiet()
        assert [row.state for row in office.tapes.rows] == ["complete"]
        assert calling is not None
        office.assert_nothing_but_lines_left()


@pytest.mark.parametrize(("wish", "count"), [(TOLD, 0), (QUIET, 1)])
def test_an_emergency_call_is_not_kept_waiting(wish: RecordingWish, count: int) -> None:
    @in_virtual_time
    async def scenario() -> None:
        async with OutsideOffice(settings=SETTINGS) as office:
            await office.with_line(behavior=answering, recording=wish)
            phone = await office.phone("101")
            call = phone.call("110")
            assert await outcome(call) == 200
            await asyncio.sleep(5)
            assert all(port.played == [] for port in office.voice.open_ports)
            assert len(office.tapes.rows) == count
            call.hang_up()
            await office.quiet()
            office.assert_nothing_but_lines_left()

    scenario()
