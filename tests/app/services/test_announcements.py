"""Finding, following and telling; the files themselves are tested beside."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app.events import AnnouncementsChanged, EventBus, Notice
from app.services import announcements as module
from app.services.announcement_places import AnnouncementPlaces
from app.services.announcements import Announcements, AnnouncementView
from app.services.directory import Directory, DirectoryHolder, Settings
from app.services.spoken_parts import Digits, Moment, Recorded
from tests.support.announcements import DEFAULTS, at_once, pitch, write_defaults, write_sound


class House:
    """Announcements of a small folder, without the thread that follows it."""

    def __init__(self, root: Path, **settings: Any) -> None:
        self.places = AnnouncementPlaces(
            write_defaults(root / "mss_ann"), root / "mss_ann" / "cust_ann", root / "data"
        )
        self.events: list[Any] = []
        bus = EventBus()
        bus.subscribe(self.events.append)
        self.holder = DirectoryHolder(Directory().with_settings(Settings(**settings)))
        self.announcements = Announcements(self.places, holder=self.holder, events=bus, on_thread=at_once)

    async def heard(self, language: str, *parts: Any) -> list[int]:
        clips = await self.announcements.clips(language, *parts)
        return [round(pitch(clip.samples), -1) for clip in clips]

    def entry(self, name: str, language: str) -> AnnouncementView:
        (found,) = (
            each for each in self.announcements.entries() if (each.id, each.language) == (name, language)
        )
        return found

    def notices(self) -> list[str]:
        return [event.text for event in self.events if isinstance(event, Notice)]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


async def test_at_the_start_the_folder_for_own_ones_is_made(house: House) -> None:
    await house.announcements.start(follow=False)
    assert house.places.custom.is_dir()
    assert not house.places.spare.exists()
    assert house.events == []


@pytest.mark.logs("cannot be made")
async def test_where_it_cannot_be_made_that_is_told_and_the_data_folder_used(house: House) -> None:
    house.places.custom.write_text("a file stands in the way")
    await house.announcements.start(follow=False)
    (notice,) = house.notices()
    assert "cannot be made" in notice
    assert house.places.spare.is_dir()
    write_sound(house.places.spare / "hello.wav", 700)
    await house.announcements.refresh()
    assert await house.heard("en", "hello") == [700]
    await house.announcements.stop()


async def test_parts_are_found_in_the_language_asked_for(house: House) -> None:
    assert await house.heard("en", "hello", "beep") == [300, 1000]
    assert await house.heard("zh", "hello") == [400]
    assert await house.heard("xx", "hello") == [300]
    assert house.announcements.text("zh", "hello") == "你好。"
    assert house.announcements.text("zh", "nothing") == ""


async def test_tones_follow_the_setting_or_the_country_code(tmp_path: Path) -> None:
    assert await House(tmp_path / "1", default_country_code="86").heard("en", "tone-busy") == [450]
    assert await House(tmp_path / "2", default_country_code="86", tone_country="fr").heard(
        "en", "tone-busy"
    ) == [440]


async def test_numbers_and_moments_are_put_together(tmp_path: Path) -> None:
    holder = DirectoryHolder()
    places = AnnouncementPlaces(DEFAULTS, tmp_path / "cust_ann", tmp_path / "data")
    delivered = Announcements(places, holder=holder, events=EventBus(), on_thread=at_once)
    clips = await delivered.clips("en", Digits("10"), Moment(datetime(2026, 11, 23, 12, 0)))
    assert [clip.name for clip in clips] == [
        *("n-1", "n-0"),
        *("weekday-1", "month-11", "n-20", "ord-3", "n-20", "n-20", "n-6", "time-at", "time-noon"),
    ]


async def test_an_own_file_replaces_the_default_until_it_goes(house: House) -> None:
    await house.announcements.start(follow=False)
    path = write_sound(house.places.custom / "hello.mp3", 700, rate=44_100)
    await house.announcements.refresh()
    assert house.events == [AnnouncementsChanged(("hello",))]
    assert await house.heard("zh", "hello") == [700]
    assert house.announcements.ready("en", "hello") is house.announcements.ready("zh", "hello")
    entry = house.entry("hello", "zh")
    assert (entry.source, entry.file, entry.fault, entry.text) == ("custom", str(path), "", "你好。")
    path.unlink()
    await house.announcements.refresh()
    assert await house.heard("zh", "hello") == [400]
    entry = house.entry("hello", "zh")
    assert (entry.source, entry.file) == ("default", str(house.places.defaults / "zh" / "16k" / "hello.ogg"))


async def test_music_and_tones_can_be_replaced_too(house: House) -> None:
    write_sound(house.places.custom / "music-on-hold.flac", 700)
    write_sound(house.places.custom / "zh" / "tone-busy.wav", 800)
    await house.announcements.start(follow=False)
    assert await house.heard("en", "music-on-hold", "tone-busy") == [700, 420]
    assert await house.heard("zh", "tone-busy") == [800]
    assert house.entry("music-on-hold", "").source == "custom"
    assert house.entry("tone-busy", "").source == "default"
    assert house.entry("tone-busy", "zh").source == "custom"


async def test_an_own_file_stays_when_an_update_replaces_the_defaults(house: House) -> None:
    write_sound(house.places.custom / "hello.wav", 700)
    await house.announcements.start(follow=False)
    for old in (house.places.defaults / "en" / "16k").iterdir():
        old.unlink()
    write_sound(house.places.defaults / "en" / "16k" / "hello.ogg", 600)
    await house.announcements.refresh()
    assert await house.heard("en", "hello") == [700]
    (house.places.custom / "hello.wav").unlink()
    await house.announcements.refresh()
    assert await house.heard("en", "hello") == [600]


@pytest.mark.logs("no sound file")
async def test_a_broken_file_is_told_and_the_default_heard(house: House) -> None:
    house.places.custom.mkdir()
    (house.places.custom / "hello.wav").write_bytes(b"no sound")
    await house.announcements.start(follow=False)
    (notice,) = house.notices()
    assert "hello.wav is no sound file" in notice
    assert await house.heard("en", "hello") == [300]
    entry = house.entry("hello", "en")
    assert entry.source == "default"
    assert "hello.wav is no sound file" in entry.fault


async def test_files_of_other_names_are_announcements_of_ones_own(house: House) -> None:
    write_sound(house.places.custom / "menu-sales.wav", 700)
    write_sound(house.places.custom / "zh" / "menu-sales.wav", 800)
    await house.announcements.start(follow=False)
    assert await house.heard("en", "menu-sales") == [700]
    assert await house.heard("zh", "menu-sales") == [800]
    assert house.announcements.is_known("menu-sales")
    assert (house.entry("menu-sales", "").kind, house.entry("menu-sales", "zh").source) == ("own", "custom")


@pytest.mark.logs("no announcement “nothing”")
async def test_a_name_that_is_none_is_a_mistake_of_ours(house: House) -> None:
    assert await house.heard("en", "nothing", "hello") == [300]
    assert not house.announcements.is_known("nothing")


@pytest.mark.logs("hello.ogg cannot be read")
async def test_a_default_that_is_missing_is_passed_over(house: House) -> None:
    await house.announcements.start(follow=False)
    (house.places.defaults / "en" / "16k" / "hello.ogg").unlink()
    assert await house.heard("en", "hello", "beep") == [1000]


@pytest.mark.logs("greeting.wav")
async def test_recordings_are_read_each_time(house: House, tmp_path: Path) -> None:
    greeting = write_sound(tmp_path / "greeting.wav", 700)
    assert await house.heard("en", Recorded(greeting), "hello") == [700, 300]
    greeting.write_bytes(b"no sound")
    assert await house.heard("en", Recorded(greeting), "hello") == [300]


@pytest.mark.logs("no catalogue.toml")
async def test_without_a_catalogue_the_house_goes_on_and_tells(house: House) -> None:
    (house.places.defaults / "catalogue.toml").unlink()
    await house.announcements.start(follow=False)
    (notice,) = house.notices()
    assert "no catalogue.toml" in notice
    assert house.announcements.entries() == []


async def test_what_changes_is_followed_from_a_thread(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LOOK_EVERY_S", 0.001)
    changed = asyncio.Event()
    announcements = Announcements(house.places, holder=house.holder, events=house.announcements._events)
    house.announcements._events.subscribe(lambda _: changed.set())
    await announcements.start()
    write_sound(house.places.custom / "hello.wav", 700)
    async with asyncio.timeout(10):
        while announcements.ready("en", "hello") is None:
            await changed.wait()
            changed.clear()
    await announcements.stop()
    assert AnnouncementsChanged(("hello",)) in house.events


@pytest.mark.logs("looking for announcements failed")
async def test_a_look_that_fails_does_not_end_the_following(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LOOK_EVERY_S", 0.001)
    announcements = Announcements(house.places, holder=house.holder, events=house.announcements._events)
    looked = asyncio.Event()
    loop = asyncio.get_running_loop()
    outcomes = iter([OSError("once"), None])

    def look() -> tuple[frozenset[str], tuple[()]]:
        outcome = next(outcomes, None)
        if outcome is not None:
            raise outcome
        loop.call_soon_threadsafe(looked.set)
        return frozenset(), ()

    await announcements.start(follow=False)
    monkeypatch.setattr(announcements, "_look", look)
    announcements._start_following()
    async with asyncio.timeout(10):
        await looked.wait()
    await announcements.stop()
