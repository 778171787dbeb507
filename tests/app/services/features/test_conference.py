"""Telephones in a conference room: the door, who hears whom, music, tones, names, the party's menu."""

from __future__ import annotations

import asyncio
from typing import Any

import numpy as np
import pytest

from app.events import ConferenceChanged
from app.media.clip import Clip
from app.media.samples import RATE, Samples
from app.media.sources import Radio
from app.services.conference_room import Announce, ConferenceRoom
from app.services.directory import Settings
from app.sip import events
from tests.support.fake_voice import FakePort, frames_of
from tests.support.office import Office, extension, in_virtual_time
from tests.support.phone import PhoneCall

MUSIC = Clip(np.full(RATE, 500, np.int16), "music")
NUMBERS = ("100", "101", "102", "103")


class Music:
    """Music on hold for everybody."""

    def __init__(self) -> None:
        self.radio = Radio((MUSIC,))

    def hold_music(self, call: object) -> Radio:
        return self.radio

    def ringback(self, call: object) -> None:
        return None


class Hall:
    """An office with room 8000, and who is in it."""

    def __init__(self, **room: Any) -> None:
        self.office = Office(
            *(extension(number) for number in NUMBERS),
            sounds=Music(),
            settings=Settings(no_answer_s=20, recording_free_megabytes=0),
        )
        made = ConferenceRoom(number="8000", **room)
        holder = self.office.holder
        holder.current = holder.current.replaced(conferences={"8000": made})
        self.calls: list[PhoneCall] = []
        self.ports: list[FakePort] = []

    async def __aenter__(self) -> Hall:
        await self.office.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        try:
            if error[0] is None:
                for call in self.calls:
                    if call.ended is None:
                        call.hang_up()
                        await call.until_ended()
                await self.office.quiet()
                self.office.assert_nothing_left()
                assert self.office.endpoint.counters.faults == 0
        finally:
            await self.office.__aexit__(*error)

    async def dial(self, number: str, dialled: str = "*6*8000") -> tuple[PhoneCall, FakePort]:
        phone = await self.office.phone(number)
        before = set(self.office.voice.all_ports)
        call = phone.call(dialled)
        await call.until(events.Accepted)
        await asyncio.sleep(0.1)
        (port,) = set(self.office.voice.all_ports) - before
        self.calls.append(call)
        self.ports.append(port)
        return call, port

    async def join(self, number: str, dialled: str = "*6*8000") -> FakePort:
        """Dial and wait until the party is in the room."""
        _, port = await self.dial(number, dialled)
        await asyncio.sleep(4)
        return port

    @property
    def view(self) -> Any:
        (view,) = self.office.exchange.conferences.views()
        return view

    @property
    def conferences(self) -> Any:
        return self.office.exchange.conferences


def tone(hertz: float, seconds: float = 1.0) -> Samples:
    time = np.arange(round(RATE * seconds)) / RATE
    sound: Samples = (4000 * np.sin(2 * np.pi * hertz * time)).astype(np.int16)
    return sound


def amplitude(port: FakePort, hertz: float) -> float:
    sound = frames_of(port)
    if not len(sound):
        return 0.0
    time = np.arange(len(sound)) / RATE
    return float(2 * abs(np.sum(sound * np.exp(-2j * np.pi * hertz * time))) / len(sound))


@in_virtual_time
async def test_three_hear_the_others_and_not_themselves() -> None:
    async with Hall() as hall:
        ports = [await hall.join(number) for number in NUMBERS[:3]]
        for port in ports:
            port.heard.clear()
        tones = (440, 660, 880)
        for port, hertz in zip(ports, tones, strict=True):
            port.say(tone(hertz, 2))
        await asyncio.sleep(2)
        for port, own in zip(ports, tones, strict=True):
            for hertz in tones:
                if hertz == own:
                    assert amplitude(port, hertz) < 100
                else:
                    assert amplitude(port, hertz) > 3000
        assert [party.number for party in hall.view.parties] == ["100", "101", "102"]
        assert all(party.is_talking for party in hall.view.parties)


@in_virtual_time
async def test_the_first_hears_music_until_somebody_comes_and_again_when_alone() -> None:
    async with Hall() as hall:
        first = await hall.join("100")
        assert first.played == ["conf-alone", "music"]
        second = await hall.join("101")
        assert [port.playing for port in hall.ports] == [(), ()]
        hall.calls[1].hang_up()
        await hall.calls[1].until_ended()
        await asyncio.sleep(1)
        assert first.playing == ("music",)
        assert second.is_closed


@in_virtual_time
async def test_a_room_without_music_is_silent_for_the_first() -> None:
    async with Hall(music_alone=False) as hall:
        first = await hall.join("100")
        assert first.played == ["conf-alone"]


@in_virtual_time
async def test_coming_and_going_is_heard() -> None:
    async with Hall() as hall:
        first = await hall.join("100")
        second = await hall.join("101")
        first.heard.clear()
        await hall.join("102")
        assert amplitude(first, 600) > 100
        first.heard.clear()
        hall.calls[2].hang_up()
        await hall.calls[2].until_ended()
        await asyncio.sleep(1)
        assert amplitude(first, 900) > 100
        assert amplitude(second, 900) > 20


@in_virtual_time
async def test_names_are_asked_for_and_heard() -> None:
    async with Hall(announce=Announce.NAMES) as hall:
        first = await hall.join("100")
        assert first.played[0] == "conf-say-name"
        _, second = await hall.dial("101")
        await asyncio.sleep(2.5)
        assert second.played == ["conf-say-name", "beep"]
        first.heard.clear()
        second.say(tone(700, 1.0))
        await asyncio.sleep(8)
        assert amplitude(first, 700) > 200
        assert len(hall.view.parties) == 2


@pytest.mark.parametrize("dialled", ["*6*8000*1234", "*6*8000"])
def test_the_password_dialled_or_asked_for(dialled: str) -> None:
    @in_virtual_time
    async def scenario() -> None:
        async with Hall(password="1234") as hall:
            _, port = await hall.dial("100", dialled)
            if dialled == "*6*8000":
                assert port.played == ["conf-password"]
                port.press("1234#")
                await asyncio.sleep(1)
            assert hall.view.parties[0].number == "100"
            assert hall.view.parties[0].is_moderator is False
            hall.calls[0].hang_up()
            await hall.calls[0].until_ended()
            await hall.office.quiet()
            assert hall.office.last_record.called == "*6*8000"

    scenario()


@in_virtual_time
async def test_three_wrong_passwords_are_enough() -> None:
    async with Hall(password="1234") as hall:
        call, port = await hall.dial("100", "*6*8000*9")
        for _ in range(3):
            await asyncio.sleep(4)
            port.press("9#")
        await call.until_ended()
        assert port.played == [
            "conf-wrong-password",
            *["conf-password", "conf-wrong-password"] * 3,
            "conf-goodbye",
        ]
        assert hall.conferences.views() == []


@in_virtual_time
async def test_a_room_that_is_none_is_told_in_words() -> None:
    async with Hall(enabled=False) as hall:
        call, port = await hall.dial("100")
        await call.until_ended()
        assert port.played == ["conf-unknown"]


@in_virtual_time
async def test_a_full_room() -> None:
    async with Hall(max_parties=2) as hall:
        await hall.join("100")
        await hall.join("101")
        call, port = await hall.dial("102")
        await call.until_ended()
        assert port.played == ["conf-full"]


@in_virtual_time
async def test_a_locked_room_lets_in_moderators_only() -> None:
    async with Hall(moderator_password="99") as hall:
        await hall.join("100")
        hall.conferences.lock("8000", True)
        assert hall.view.is_locked
        call, port = await hall.dial("101")
        await call.until_ended()
        assert port.played == ["conf-locked-room"]
        await hall.join("102", "*6*8000*99")
        assert [party.is_moderator for party in hall.view.parties] == [False, True]
        hall.conferences.lock("8000", False)
        await hall.join("103")
        assert len(hall.view.parties) == 3


@in_virtual_time
async def test_locked_at_the_start_until_a_moderator_comes_or_the_window_opens() -> None:
    async with Hall(locked=True, moderator_password="99") as hall:
        call, port = await hall.dial("100")
        await call.until_ended()
        assert port.played == ["conf-locked-room"]
        await hall.join("101", "*6*8000*99")
        assert not hall.view.is_locked
        await hall.join("102")
        for each in hall.calls[1:]:
            each.hang_up()
            await each.until_ended()
        await asyncio.sleep(1)
        again, _ = await hall.dial("100")
        await again.until_ended()
        hall.conferences.lock("8000", False)
        await hall.join("103")
        assert len(hall.view.parties) == 1


@in_virtual_time
async def test_mute_by_the_own_key_and_from_the_window() -> None:
    async with Hall() as hall:
        first, second = await hall.join("100"), await hall.join("101")
        first.press("*")
        await asyncio.sleep(0.5)
        assert first.playing == ("conf-menu",)
        first.press("1")
        await asyncio.sleep(3)
        assert first.played[-1] == "conf-muted"
        assert hall.view.parties[0].is_muted
        second.heard.clear()
        first.say(tone(440))
        await asyncio.sleep(1)
        assert amplitude(second, 440) < 1
        hall.conferences.meeting("8000").mute(hall.view.parties[0].id, False)
        first.say(tone(440))
        await asyncio.sleep(1)
        assert amplitude(second, 440) > 100
        first.press("*7")
        await asyncio.sleep(1)
        assert hall.view.parties[0].is_muted is False


@in_virtual_time
async def test_the_moderators_keys() -> None:
    async with Hall(moderator_password="99") as hall:
        moderator = await hall.join("100", "*6*8000*99")
        await hall.join("101")
        last = await hall.join("102")
        moderator.press("*2")
        await asyncio.sleep(4)
        assert hall.view.is_locked
        moderator.press("*2")
        await asyncio.sleep(4)
        assert not hall.view.is_locked
        moderator.press("*3")
        await hall.calls[2].until_ended()
        assert last.played[-1] == "conf-removed"
        assert [party.number for party in hall.view.parties] == ["100", "101"]


@in_virtual_time
async def test_who_is_no_moderator_cannot_lead() -> None:
    async with Hall(moderator_password="99") as hall:
        first = await hall.join("100")
        await hall.join("101")
        for keys in ("*2", "*3"):
            first.press(keys)
            await asyncio.sleep(4)
        assert not hall.view.is_locked
        assert len(hall.view.parties) == 2


@in_virtual_time
async def test_removed_from_the_window_and_the_end_of_it_all() -> None:
    async with Hall() as hall:
        first, second = await hall.join("100"), await hall.join("101")
        meeting = hall.conferences.meeting("8000")
        meeting.send_away(hall.view.parties[1].id)
        await hall.calls[1].until_ended()
        assert second.played[-1] == "conf-removed"
        hall.conferences.meeting("8000").end()
        await hall.calls[0].until_ended()
        assert first.played[-1] == "conf-ended"
        await asyncio.sleep(1)
        assert hall.conferences.views() == []


@in_virtual_time
async def test_a_recorded_room_tells_everybody_and_keeps_everybody() -> None:
    async with Hall(record=True) as hall:
        ports = [await hall.join(number) for number in ("100", "101")]
        assert all("conf-recorded" in port.played for port in ports)
        assert hall.view.is_recorded
        for port, hertz in zip(ports, (440, 660), strict=True):
            port.say(tone(hertz, 3))
        await asyncio.sleep(3)
    (row,) = hall.office.tapes.rows
    assert (row.room, row.started_by, row.state) == ("8000", "conference 8000", "complete")
    (file,) = hall.office.tapes.files
    assert file.channels == 1
    time = np.arange(len(file.sound)) / RATE
    for hertz in (440, 660):
        assert abs(np.sum(file.sound * np.exp(-2j * np.pi * hertz * time))) / RATE > 3000


@in_virtual_time
async def test_recording_from_the_window() -> None:
    async with Hall() as hall:
        first = await hall.join("100")
        await hall.join("101")
        hall.conferences.record("8000", True)
        await asyncio.sleep(5)
        assert hall.view.is_recorded
        assert first.heard
        hall.conferences.record("8000", False)
        assert not hall.view.is_recorded
    assert [row.state for row in hall.office.tapes.rows] == ["complete"]


@in_virtual_time
async def test_what_the_window_is_told() -> None:
    async with Hall() as hall:
        await hall.join("100")
        port = await hall.join("101")
        port.say(tone(440, 1))
        await asyncio.sleep(3)
    told = [each.conference for each in hall.office.announced if isinstance(each, ConferenceChanged)]
    assert {len(view.parties) for view in told} == {0, 1, 2}
    assert told[-1].parties == ()
    assert any(party.is_talking for view in told for party in view.parties)
    assert hall.office.last_record.connected == "8000"


@in_virtual_time
async def test_the_exchange_stops_while_a_conference_runs() -> None:
    async with Hall() as hall:
        await hall.join("100")
        await hall.join("101")
        await hall.office.exchange.stop()
        assert hall.conferences.views() == []
