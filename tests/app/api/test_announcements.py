from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import soundfile

from app.api import announcements
from app.errors import EnvironmentFault, UserError
from app.events import AnnouncementsChanged, EventBus
from app.services.announcement_places import AnnouncementPlaces
from app.services.announcements import Announcements
from app.services.directory import DirectoryHolder
from tests.support.announcements import pitch, write_defaults, write_sound


class Pbx:
    def __init__(self, root: Path) -> None:
        self.places = AnnouncementPlaces(write_defaults(root), root / "cust_ann", root / "data")
        self.events: list[Any] = []
        bus = EventBus()
        bus.subscribe(self.events.append)
        self.announcements = Announcements(self.places, holder=DirectoryHolder(), events=bus)


@pytest.fixture
async def pbx(tmp_path: Path) -> Pbx:
    made = Pbx(tmp_path)
    await made.announcements.start(follow=False)
    return made


async def heard(pbx: Pbx, name: str, language: str = "") -> int:
    samples, rate = soundfile.read(io.BytesIO(await announcements.sound(pbx, name, language)), dtype="int16")
    assert rate == 16_000
    return round(pitch(samples), -1)


async def test_saving_is_heard_when_it_returns_and_restoring_too(pbx: Pbx, tmp_path: Path) -> None:
    source = write_sound(tmp_path / "mine.flac", 700, rate=44_100)
    path = await announcements.save(pbx, "hello", "zh", source.read_bytes())
    assert Path(path) == pbx.places.custom / "zh" / "hello.wav"
    assert await heard(pbx, "hello", "zh") == 700
    assert await heard(pbx, "hello", "en") == 300
    assert pbx.events == [AnnouncementsChanged(("hello",))]
    await announcements.restore(pbx, "hello", "zh")
    assert await heard(pbx, "hello", "zh") == 400


async def test_a_file_is_imported_and_stays_where_it_is(pbx: Pbx, tmp_path: Path) -> None:
    source = write_sound(tmp_path / "mine.mp3", 700, rate=44_100)
    await announcements.import_file(pbx, "menu-sales", "", str(source))
    assert await heard(pbx, "menu-sales") == 700
    assert source.exists()
    entries = {(each.id, each.language): each for each in await announcements.entries(pbx)}
    assert entries["menu-sales", ""].kind == "own"


async def test_what_is_no_sound_changes_nothing(pbx: Pbx, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        await announcements.save(pbx, "hello", "", b"no sound")
    with pytest.raises(UserError):
        await announcements.import_file(pbx, "hello", "", str(tmp_path / "nothing.wav"))
    with pytest.raises(UserError):
        await announcements.save(pbx, "../hello", "", b"")
    assert list(pbx.places.custom.iterdir()) == []
    assert pbx.events == []


async def test_where_own_ones_go(pbx: Pbx) -> None:
    assert (await announcements.writable_folder(pbx)).path == pbx.places.custom


async def test_a_file_that_cannot_be_removed_is_told(pbx: Pbx, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise EnvironmentFault("announcement.not_removed", "It is still heard.")

    monkeypatch.setattr(announcements, "saving", SimpleNamespace(remove=refuse))
    with pytest.raises(EnvironmentFault):
        await announcements.restore(pbx, "hello", "")


@pytest.mark.logs("hello.ogg cannot be read")
async def test_what_has_no_sound_is_told(pbx: Pbx) -> None:
    with pytest.raises(UserError) as caught:
        await announcements.sound(pbx, "nothing")
    assert caught.value.code == "announcement.unknown"
    (pbx.places.defaults / "en" / "16k" / "hello.ogg").unlink()
    with pytest.raises(UserError) as caught:
        await announcements.sound(pbx, "hello", "en")
    assert caught.value.code == "announcement.no_sound"
