"""Callers hear what lies on the disk: the default, an own file as soon as it is there, the default again."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.api import announcements
from app.api.announcements import AnnouncementView
from app.events import AnnouncementsChanged, Notice
from app.services.directory import Settings
from app.sip import events
from tests.support.announcements import DEFAULTS, PIECE, likeness, write_sound
from tests.support.house import House, open_house
from tests.support.office import Office, extension, in_virtual_time
from tests.support.phone import Phone, PhoneCall, refusing, ringing
from tests.support.programs import eventually
from tests.support.tones import RATE, Samples, mulaw_encode, seconds_of, tone

MOST, LITTLE = 0.6, 0.3
BEEP = 1000  # Hz
UNKNOWN = "fail-unknown-number"
TELLING = Settings(no_answer_s=5, early_announcements=True, emergency_numbers=frozenset({"110"}))


@asynccontextmanager
async def house_with(folder: Path) -> AsyncIterator[tuple[House, Phone]]:
    """A house with a copy of the delivered announcements, that says why calls fail; and a phone."""
    shutil.copytree(DEFAULTS, folder / "mss_ann", ignore=shutil.ignore_patterns("8k", "cust_ann", "*.py"))
    async with open_house(folder / "data", announcements=folder / "mss_ann") as house:
        await house.set("setting", "early_announcements", value="yes")
        yield house, await house.phone("100", hertz=440)


async def heard_by(phone: Phone, number: str = "7777") -> tuple[Samples, PhoneCall]:
    """What a phone gets to hear of a call that fails, at 8 kHz."""
    call = phone.call(number)
    await call.until(events.Ended)
    assert call.ear is not None
    return call.ear.heard(), call


async def changed(house: House, name: str) -> None:
    """Wait until the house has noticed a change."""
    await house.hear(AnnouncementsChanged, lambda event: name in event.ids)
    house.heard.clear()


def file_of(folder: Path, name: str, language: str = "en") -> Path:
    return folder / "mss_ann" / language / "16k" / f"{name}.ogg"


async def test_what_lies_on_the_disk_is_heard_and_an_own_file_in_its_place(tmp_path: Path) -> None:
    own = tmp_path / "mss_ann" / "cust_ann" / f"{UNKNOWN}.wav"
    async with house_with(tmp_path) as (house, phone):
        sound, call = await heard_by(phone)
        assert call.status == 404
        assert likeness(sound, file_of(tmp_path, UNKNOWN)) > MOST
        assert likeness(sound, file_of(tmp_path, "fail-busy")) < LITTLE

        write_sound(own, 700, seconds=1.5, rate=44_100)
        while (await announced(house, UNKNOWN)).source != "custom":
            await changed(house, UNKNOWN)
        sound, call = await heard_by(phone)
        assert call.status == 404
        assert seconds_of(sound, 700) > 0.8

        # an update brings other defaults, and leaves the own file alone
        update = file_of(tmp_path, "fail-lines-busy").read_bytes()
        for old in file_of(tmp_path, UNKNOWN).parent.glob("fail-*.ogg"):
            old.unlink()
            old.write_bytes(update)
        sound, _ = await heard_by(phone)
        assert seconds_of(sound, 700) > 0.8

        own.unlink()
        await changed(house, UNKNOWN)
        while likeness((await heard_by(phone))[0], file_of(tmp_path, "fail-lines-busy")) < MOST:
            await changed(house, UNKNOWN)


async def announced(house: House, name: str) -> AnnouncementView:
    """How an announcement stands."""
    return next(each for each in await house.ask(announcements.entries) if each.id == name)


async def test_each_extension_hears_its_language(tmp_path: Path) -> None:
    async with house_with(tmp_path) as (house, phone):
        await house.set("extension", "100", language="zh")
        sound, _ = await heard_by(phone)
        assert likeness(sound, file_of(tmp_path, UNKNOWN, "zh")) > MOST
        assert likeness(sound, file_of(tmp_path, UNKNOWN, "en")) < LITTLE


@pytest.mark.logs("no sound file")
async def test_a_broken_file_is_told_and_the_default_heard(tmp_path: Path) -> None:
    async with house_with(tmp_path) as (house, phone):
        (tmp_path / "mss_ann" / "cust_ann" / f"{UNKNOWN}.wav").write_bytes(b"no sound")
        await house.hear(Notice, lambda event: f"{UNKNOWN}.wav is no sound file" in event.text)
        sound, _ = await heard_by(phone)
        assert likeness(sound, file_of(tmp_path, UNKNOWN)) > MOST


async def test_who_is_held_hears_the_music_on_the_disk_and_later_an_own_one(tmp_path: Path) -> None:
    async with house_with(tmp_path) as (house, caller):
        callee = await house.phone("101", hertz=660)
        delivered = tmp_path / "mss_ann" / "music" / "16k" / "music-on-hold.ogg"
        first = await held(caller, callee)
        await hears(first, lambda heard: heard_of(heard, delivered) >= 1.0)
        first.hang_up()
        await first.until_ended()

        write_sound(tmp_path / "mss_ann" / "cust_ann" / "music-on-hold.mp3", 1000, rate=44_100, seconds=3)
        await house.hear(AnnouncementsChanged, lambda event: "music-on-hold" in event.ids)
        while (await announced(house, "music-on-hold")).source != "custom":
            await changed(house, "music-on-hold")
        second = await held(caller, callee)
        await hears(second, lambda heard: seconds_of(heard, 1000) > 1)
        second.hang_up()
        await second.until_ended()


async def held(caller: Phone, callee: Phone) -> PhoneCall:
    """A call whose callee has put it on hold, as the caller sees it."""
    call = caller.call(callee.number)
    incoming = await callee.incoming()
    incoming.answer()
    await call.until(events.Accepted)
    await incoming.until(events.Confirmed)
    await hears(call, lambda heard: seconds_of(heard, callee.hertz) > 0.2)
    await hears(incoming, lambda heard: seconds_of(heard, caller.hertz) > 0.2)
    incoming.change("sendonly")
    await incoming.until(events.AnswerReceived)
    return call


async def hears(call: PhoneCall, enough: Callable[[Samples], bool]) -> None:
    """Wait until a phone has heard enough, from now on."""
    assert call.ear is not None
    call.ear.forget()
    await asyncio.to_thread(call.ear.listen, enough)


def heard_of(heard: Samples, file: Path) -> float:
    """How many seconds of a long file's beginning were heard."""
    if len(heard) < 3 * PIECE:
        return 0.0
    return likeness(heard, file, most_s=8.0) * 8.0


@in_virtual_time
async def test_each_failure_has_its_words_and_keeps_its_status() -> None:
    async with Office(extension("100"), extension("101"), settings=TELLING) as office:
        caller = await office.phone("100")
        await expect(office, caller, "999", 404, UNKNOWN)
        await expect(office, caller, "101", 480, "fail-offline")
        callee = await office.phone("101", behavior=refusing(486))
        await expect(office, caller, "101", 486, "fail-busy")
        callee.behavior = ringing
        await expect(office, caller, "101", 480, "fail-no-answer")
        callee.behavior = refusing(603)
        await expect(office, caller, "101", 603, "fail-busy")
        office.assert_nothing_left()


async def expect(office: Office, caller: Phone, number: str, status: int, said: str) -> None:
    """Call in vain: 183 with the words, then the status."""
    call = caller.call(number)
    await call.until(events.Ended)
    assert call.status == status
    progressed = [event.status for event in call.heard if isinstance(event, events.Progressed)]
    assert progressed[-1] == 183
    assert office.voice.all_ports[-1].played == [said]
    await office.quiet()
    assert office.voice.ports == 0


@in_virtual_time
async def test_who_gives_up_meanwhile_has_cancelled_and_hears_no_more() -> None:
    async with Office(extension("100"), settings=TELLING) as office:
        caller = await office.phone("100")
        call = caller.call("777")
        await call.until(events.Progressed)
        call.hang_up()
        await call.until(events.Ended)
        await office.quiet()
        assert office.last_record.outcome == "cancelled"
        assert office.voice.ports == 0
        office.assert_nothing_left()


@in_virtual_time
async def test_help_is_refused_at_once() -> None:
    async with Office(extension("100"), settings=TELLING) as office:
        call = (await office.phone("100")).call("110")
        await call.until(events.Ended)
        assert call.status == 503
        assert office.voice.all_ports == []


async def test_what_a_phone_records_is_heard_by_the_next_caller(tmp_path: Path) -> None:
    async with house_with(tmp_path) as (house, phone):
        studio = await house.phone("101", hertz=440)
        recording = asyncio.ensure_future(house.ask(announcements.record_by_phone, "101"))
        asked = await studio.incoming()
        asked.answer()
        ear = asked.ear
        assert ear is not None
        await asyncio.to_thread(ear.listen, lambda heard: seconds_of(heard, BEEP) > 0.1)
        said = tone(700, 1.5).reshape(-1, RATE // 50)
        ear.instead.extend((0, mulaw_encode(frame)) for frame in said)
        await asyncio.to_thread(eventually, lambda: not ear.instead, "all is said")
        await asyncio.to_thread(ear.press, "#")
        content = await recording
        await asked.until_ended()
        await house.ask(announcements.save, UNKNOWN, "", content)
        sound, call = await heard_by(phone)
        assert call.status == 404
        assert 0.6 < seconds_of(sound, 700) <= 1.5  # without what fell into the tone, and the key
