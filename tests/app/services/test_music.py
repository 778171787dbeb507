from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.calls.call import Call
from app.events import EventBus
from app.media.samples import SILENCE
from app.media.sources import NOT_ENCODED, Playlist, Radio
from app.media.voice_codec import CODECS
from app.services.announcement_places import AnnouncementPlaces
from app.services.directory import Directory, DirectoryHolder, Settings
from app.services.music import MUSIC, RINGBACK, LateSound, Sounds
from tests.support.announcements import CATALOGUE, office_announcements, pitch, write_defaults, write_sound

WITH_RINGBACK = CATALOGUE + '[tone-ringback]\nkind = "tone"\ntone = "country"\n'


class House:
    def __init__(self, root: Path, **settings: Any) -> None:
        self.root = root
        holder = DirectoryHolder(Directory().with_settings(Settings(**settings)))
        places = AnnouncementPlaces(write_defaults(root, WITH_RINGBACK), root / "cust_ann", root / "data")
        self.announcements = office_announcements(holder, EventBus(), places)
        self.sounds = Sounds(self.announcements, holder, self.spawn)
        self.tasks: list[asyncio.Task[None]] = []

    def spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self.tasks.append(asyncio.get_running_loop().create_task(work, name=name))

    async def loaded(self) -> None:
        for task in self.tasks:
            await task


def caller(language: str = "en") -> Call:
    return cast(Call, SimpleNamespace(language=language))


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def heard(source: Any, tick: int) -> float:
    return pitch(source.frame(tick))


async def test_what_is_not_loaded_yet_is_silent_until_it_is(house: House) -> None:
    music = house.sounds.hold_music(caller())
    assert isinstance(music, LateSound)
    assert music.frame(1) is SILENCE
    assert music.payload(1, CODECS["pcmu"], 20) is NOT_ENCODED
    await house.loaded()
    assert isinstance(music.source, Radio)
    assert heard(music, 2) == 500
    assert len(music.payload(2, CODECS["pcmu"], 20) or b"") == 160


async def test_all_who_wait_hear_the_same_radio(house: House) -> None:
    await house.announcements.clips("en", MUSIC)
    first = house.sounds.hold_music(caller())
    assert isinstance(first, Radio)
    assert house.sounds.hold_music(caller("zh")) is first
    assert house.sounds.music("en") is first
    assert house.tasks == []


async def test_another_file_is_another_radio_for_those_who_come_later(house: House) -> None:
    await house.announcements.clips("en", MUSIC)
    before = house.sounds.hold_music(caller())
    write_sound(house.root / "cust_ann" / "music-on-hold.wav", 700)
    write_sound(house.root / "cust_ann" / "zh" / "music-on-hold.wav", 900)
    await house.announcements.refresh()
    english, chinese = house.sounds.hold_music(caller()), house.sounds.hold_music(caller("zh"))
    assert heard(before, 0) == 500
    assert heard(english, 0) == 700
    assert heard(chinese, 0) == 900
    assert house.sounds.hold_music(caller("zh")) is chinese


async def test_music_may_be_switched_off_but_for_conferences(tmp_path: Path) -> None:
    house = House(tmp_path, music_on_hold=False)
    assert house.sounds.hold_music(caller()) is None
    await house.announcements.clips("en", MUSIC)
    assert isinstance(house.sounds.music("en"), Radio)


async def test_ringing_is_the_countrys_and_each_ones_own(tmp_path: Path) -> None:
    house = House(tmp_path, tone_country="cn")
    await house.announcements.clips("en", RINGBACK)
    first, second = house.sounds.ringback(caller()), house.sounds.ringback(caller())
    assert isinstance(first, Playlist)
    assert first is not second
    assert heard(first, 0) == 450
    assert first.frame(249) is not None
    assert not first.frame(249).any()  # type: ignore[union-attr]
    assert heard(first, 250) == 450
