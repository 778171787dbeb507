"""Calls are recorded as configured or asked: from when, whose, told to whom; faults cost no call."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import numpy as np
import pytest

from app.calls.call import Call
from app.db.tables.recording import RecordingRow
from app.errors import EnvironmentFault, UserError
from app.events import CallChanged, Notice
from app.services.directory import Settings
from app.services.recording_disk import SoundFormat
from app.services.recording_policy import RecordingMode, RecordingNotice, RecordingWish
from app.services.recordings import nowhere
from app.sip import events
from tests.support.fake_voice import FakePort
from tests.support.office import Office, extension, in_virtual_time
from tests.support.paper_tapes import PaperFile
from tests.support.phone import PhoneCall

ALWAYS = RecordingWish(RecordingMode.ALWAYS)
ON_DEMAND = RecordingWish(RecordingMode.ON_DEMAND)
SECOND = np.full(16_000, 1000, np.int16)


def office(wish: RecordingWish = ALWAYS, *, callee: RecordingWish | None = None, **settings: Any) -> Office:
    """100 is recorded as `wish` says, 101 as `callee`."""
    return Office(
        extension("100", recording=wish),
        extension("101", recording=callee or RecordingWish()),
        settings=Settings(no_answer_s=20, recording_free_megabytes=0, **settings),
    )


class Talk:
    """100 talks with 101."""

    def __init__(self, house: Office) -> None:
        self.house = house
        self.out: PhoneCall
        self.incoming: PhoneCall

    async def begin(self, caller: str = "100", callee: str = "101") -> Talk:
        phones = {number: await self.house.phone(number) for number in (caller, callee)}
        self.out = phones[caller].call(callee)
        self.incoming = await phones[callee].incoming()
        self.incoming.ring()
        await self.out.until(events.Progressed)
        self.incoming.answer()
        await self.out.until(events.Accepted)
        await self.incoming.until(events.Confirmed)
        await asyncio.sleep(0.01)
        return self

    @property
    def call(self) -> Call:
        (call,) = self.house.exchange.calls
        return call

    @property
    def ports(self) -> list[FakePort]:
        return self.house.voice.open_ports

    async def end(self) -> None:
        self.out.hang_up()
        await self.incoming.until_ended()
        await self.house.quiet()
        self.house.assert_nothing_left()

    @property
    def file(self) -> PaperFile:
        (file,) = self.house.tapes.files
        return file

    @property
    def row(self) -> RecordingRow:
        (row,) = self.house.tapes.rows
        return row


@in_virtual_time
async def test_always_from_the_answer_to_the_end() -> None:
    async with office(recording_channels="stereo") as house:
        talk = await Talk(house).begin()
        assert talk.call.view().recording == "on"
        assert talk.call.media == "voice"
        talk.ports[0].say(SECOND)
        await asyncio.sleep(1)
        talk.ports[1].say(2 * SECOND)
        await asyncio.sleep(1)
        await talk.end()
        assert (talk.file.channels, talk.file.format, talk.file.is_finished) == (2, SoundFormat.WAV, True)
        caller, callee = talk.file.sound.T
        assert np.count_nonzero(caller == 1000) == pytest.approx(16_000, abs=320)
        assert np.count_nonzero(callee == 2000) == pytest.approx(16_000, abs=320)
        assert np.argmax(callee == 2000) - np.argmax(caller == 1000) == pytest.approx(16_000, abs=640)
        assert talk.row.state == "complete"
        assert talk.row.seconds == talk.file.seconds == pytest.approx(2.0, abs=0.1)
        assert (talk.row.caller, talk.row.called, talk.row.connected) == ("100", "101", "101")
        assert (talk.row.started_by, talk.row.bytes) == ("always", 2 * talk.file.sound.size)
        assert talk.row.sip_call_id == talk.out.session.call_id
        assert talk.file.target.name.endswith("_100_101.wav")


@in_virtual_time
async def test_the_called_party_may_be_the_reason() -> None:
    async with office(RecordingWish(), callee=ALWAYS) as house:
        talk = await Talk(house).begin()
        assert talk.call.view().recording == "on"
        await talk.end()


@in_virtual_time
async def test_nobody_is_recorded_unasked() -> None:
    async with office(RecordingWish()) as house:
        talk = await Talk(house).begin()
        assert talk.ports == []
        assert talk.call.media == "direct"
        await talk.end()
        assert house.tapes.rows == []


@in_virtual_time
async def test_both_are_told_before_it_begins() -> None:
    wish = RecordingWish(RecordingMode.ALWAYS, RecordingNotice.BOTH)
    async with office(wish) as house:
        talk = await Talk(house).begin()
        assert [port.playing for port in talk.ports] == [("rec-notice",), ("rec-notice",)]
        assert house.tapes.rows == []
        assert talk.call.view().recording == ""
        await asyncio.sleep(5)
        assert [port.playing for port in talk.ports] == [(), ()]
        assert talk.call.view().recording == "on"
        await talk.end()
        assert talk.row.started_at > (house.last_record.answered_at or 0.0) + 1.0


@in_virtual_time
async def test_between_extensions_nobody_is_outside() -> None:
    wish = RecordingWish(RecordingMode.ALWAYS, RecordingNotice.OUTSIDE)
    async with office(wish) as house:
        talk = await Talk(house).begin()
        assert [port.played for port in talk.ports] == [[], []]
        assert talk.call.view().recording == "on"
        await talk.end()


@in_virtual_time
async def test_who_hangs_up_while_being_told_is_not_recorded() -> None:
    wish = RecordingWish(RecordingMode.ALWAYS, RecordingNotice.BOTH)
    async with office(wish) as house:
        talk = await Talk(house).begin()
        await talk.end()
        assert house.tapes.rows == []


@in_virtual_time
async def test_held_is_silence_and_time_goes_on() -> None:
    async with office() as house:
        talk = await Talk(house).begin()
        talk.ports[0].say(SECOND)
        await asyncio.sleep(1)
        talk.out.change("sendonly")
        await talk.out.until(events.AnswerReceived)
        talk.ports[1].say(np.tile(SECOND, 3))
        await asyncio.sleep(3)
        talk.out.change("sendrecv")
        await talk.out.until(events.AnswerReceived, 2)
        await asyncio.sleep(1)
        await talk.end()
        sound = talk.file.sound
        assert talk.row.seconds == pytest.approx(5.0, abs=0.2)
        assert np.count_nonzero(sound[:17_000]) > 15_000
        assert np.count_nonzero(sound[20_000:60_000]) == 0


@in_virtual_time
async def test_by_the_code_within_the_call() -> None:
    async with office(RecordingWish(), callee=ON_DEMAND) as house:
        talk = await Talk(house).begin()
        assert talk.call.view().recording == ""
        talk.ports[1].press("*1")
        await asyncio.sleep(0.1)
        assert talk.call.view().recording == "on"
        assert talk.ports[1].played == ["rec-on"]
        await asyncio.sleep(3)
        talk.ports[1].press("*1")
        await asyncio.sleep(0.1)
        assert talk.call.view().recording == ""
        assert talk.ports[1].played == ["rec-on", "rec-off"]
        await talk.end()
        assert talk.row.started_by == "extension 101"
        assert talk.row.state == "complete"


@pytest.mark.parametrize("keys", [("*", "2", "1"), ("1", "*"), ("*", "*"), ("*", None, "1")])
def test_other_keys_are_not_the_code(keys: tuple[str | None, ...]) -> None:
    @in_virtual_time
    async def scenario() -> None:
        async with office(ON_DEMAND) as house:
            talk = await Talk(house).begin()
            for key in keys:
                if key is None:
                    await asyncio.sleep(10)
                else:
                    talk.ports[0].press(key)
            await asyncio.sleep(0.1)
            assert talk.call.view().recording == ""
            await talk.end()

    scenario()


@in_virtual_time
async def test_the_code_tells_those_who_are_to_know() -> None:
    wish = RecordingWish(RecordingMode.ON_DEMAND, RecordingNotice.BOTH)
    async with office(wish) as house:
        talk = await Talk(house).begin()
        talk.ports[0].press("*1*1")
        await asyncio.sleep(0.1)
        assert [port.played for port in talk.ports] == [["rec-notice"], ["rec-notice"]]
        await asyncio.sleep(5)
        assert talk.call.view().recording == "on"
        await talk.end()


@in_virtual_time
async def test_from_the_window_with_pause_and_end() -> None:
    async with office(ON_DEMAND) as house:
        talk = await Talk(house).begin()
        recordings = house.exchange.recordings
        await recordings.start(talk.call, "window")
        with pytest.raises(UserError, match="recorded already"):
            await recordings.start(talk.call, "window")
        await asyncio.sleep(1)
        recordings.pause(talk.call)
        assert talk.call.view().recording == "paused"
        await asyncio.sleep(10)
        recordings.resume(talk.call)
        await asyncio.sleep(1)
        recordings.stop(talk.call)
        with pytest.raises(UserError, match="is not recorded"):
            recordings.stop(talk.call)
        states = [each.call.recording for each in house.announced if isinstance(each, CallChanged)]
        assert list(dict.fromkeys(states)) == ["", "on", "paused"]
        await talk.end()
        assert talk.row.seconds == pytest.approx(2.0, abs=0.1)
        assert talk.row.started_by == "window"


@in_virtual_time
async def test_a_call_between_the_phones_is_brought_here() -> None:
    async with office(RecordingWish()) as house:
        talk = await Talk(house).begin()
        assert talk.ports == []
        await house.exchange.recordings.start(talk.call, "window")
        assert len(talk.ports) == 2
        assert talk.call.view().recording == "on"
        await talk.end()
        assert talk.row.state == "complete"


@in_virtual_time
async def test_a_call_that_nobody_has_taken_cannot_be_recorded() -> None:
    async with office() as house:
        one, other = await house.phone("100"), await house.phone("101")
        out = one.call("101")
        incoming = await other.incoming()
        incoming.ring()
        await out.until(events.Progressed)
        (call,) = house.exchange.calls
        with pytest.raises(UserError, match="Nobody talks"):
            await house.exchange.recordings.start(call, "window")
        out.hang_up()
        await incoming.until_ended()
        await house.quiet()
        house.assert_nothing_left()


@in_virtual_time
async def test_a_full_disk_costs_the_recording_not_the_call(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.CRITICAL, "app.services.recordings"):
        async with office() as house:
            talk = await Talk(house).begin()
            await asyncio.sleep(3)
            house.tapes.is_full = True
            await asyncio.sleep(3)
            assert talk.call.view().recording == ""
            assert talk.row.state == "cut"
            assert talk.row.seconds == pytest.approx(3.0, abs=1.1)
            assert talk.out.ended is None
            await talk.end()
            second = await Talk(house).begin()
            await asyncio.sleep(1)
            await second.end()
            assert [row.state for row in house.tapes.rows] == ["cut", "lost"]
            told = [each for each in house.announced if isinstance(each, Notice)]
            assert [each.code for each in told] == ["recording.failed"]
            assert "Calls go on" in told[0].text
            house.tapes.is_full = False
            third = await Talk(house).begin()
            await asyncio.sleep(1)
            await third.end()
            assert house.tapes.rows[-1].state == "complete"


@in_virtual_time
async def test_two_in_the_same_second_have_two_files() -> None:
    async with office(ON_DEMAND) as house:
        talk = await Talk(house).begin()
        for _ in range(2):
            await house.exchange.recordings.start(talk.call, "window")
            await asyncio.sleep(0.1)
            house.exchange.recordings.stop(talk.call)
        await talk.end()
        assert len({file.target for file in house.tapes.files}) == 2


@in_virtual_time
async def test_when_the_program_stops_the_recording_is_complete() -> None:
    async with office() as house:
        talk = await Talk(house).begin()
        await asyncio.sleep(1)
    assert talk.row.state == "complete"


@in_virtual_time
async def test_an_exchange_without_a_disk_records_nothing() -> None:
    outlet = nowhere()
    outlet.queue.add(RecordingRow(file="x", started_at=0.0))
    with pytest.raises(EnvironmentFault, match="no place"):
        outlet.disk.make_file(outlet.folder, SoundFormat.WAV, 1)
