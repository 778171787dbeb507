"""Files that appear, grow, change, break and go: what is heard, and what is told. Time is an argument."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.media.clip import Clip
from app.services.own_announcements import OwnAnnouncements
from tests.support.announcements import pitch, write_sound

LANGUAGES = ("en", "zh")


class Folders:
    """The two folders, and a clock that stands right after the files were written."""

    def __init__(self, root: Path) -> None:
        self.spare, self.custom = root / "data", root / "program"
        self.spare.mkdir()
        self.custom.mkdir()
        self.now = 0.0
        self.own = OwnAnnouncements((self.spare, self.custom), LANGUAGES, clock=self.clock)

    def clock(self) -> float:
        newest = max((path.stat().st_mtime for path in self.custom.rglob("*")), default=0.0)
        return newest + self.now

    def look(self) -> set[str]:
        return set(self.own.look().names)

    def heard(self, language: str = "en", name: str = "hello") -> int | None:
        clip: Clip | None = self.own.clip(language, name)
        return None if clip is None else round(pitch(clip.samples), -1)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path)


def settle(folders: Folders) -> None:
    folders.look()
    folders.look()


def test_at_the_start_whatever_is_there_is_taken(folders: Folders) -> None:
    write_sound(folders.custom / "hello.wav", 700)
    assert folders.look() == {"hello"}
    assert folders.heard() == folders.heard("zh") == 700


def test_a_new_file_is_heard_once_it_grows_no_more(folders: Folders) -> None:
    folders.look()
    path = write_sound(folders.custom / "hello.wav", 700, seconds=0.5)
    assert folders.look() == {"hello"}
    assert folders.heard() is None
    growing = folders.own.of("en", "hello")
    assert growing is not None
    assert growing.fault is not None
    assert "still being written" in growing.fault.text
    write_sound(path, 800, seconds=0.75)
    folders.look()
    assert folders.heard() is None
    assert folders.look() == {"hello"}
    assert folders.heard() == 800
    assert folders.look() == set()


def test_a_file_that_has_been_at_rest_is_taken_at_once(folders: Folders) -> None:
    folders.look()
    write_sound(folders.custom / "hello.wav", 700, age_s=60)
    folders.now = 60
    assert folders.look() == {"hello"}
    assert folders.heard() == 700


def test_while_a_file_is_replaced_the_one_before_is_heard(folders: Folders) -> None:
    write_sound(folders.custom / "hello.wav", 700)
    folders.look()
    write_sound(folders.custom / "hello.wav", 800, seconds=0.7)
    folders.look()
    assert folders.heard() == 700
    folders.look()
    assert folders.heard() == 800


def test_when_the_file_goes_the_default_is_heard(folders: Folders) -> None:
    path = write_sound(folders.custom / "hello.wav", 700)
    folders.look()
    path.unlink()
    assert folders.look() == {"hello"}
    assert folders.heard() is None
    assert folders.own.of("en", "hello") is None


def test_a_language_has_its_own_before_that_of_all(folders: Folders) -> None:
    write_sound(folders.custom / "hello.wav", 700)
    write_sound(folders.custom / "zh" / "hello.flac", 800)
    folders.look()
    assert folders.heard("en") == 700
    assert folders.heard("zh") == 800


def test_the_data_folder_counts_before_the_program(folders: Folders) -> None:
    write_sound(folders.custom / "hello.wav", 700)
    spare = write_sound(folders.spare / "hello.wav", 800)
    folders.look()
    assert folders.heard() == 800
    spare.unlink()
    folders.look()
    assert folders.heard() == 700


def test_a_broken_file_is_told_once_and_the_default_heard(folders: Folders) -> None:
    path = folders.custom / "hello.wav"
    path.write_bytes(b"no sound")
    (fault,) = folders.own.look().faults
    assert fault.code == "announcement.broken"
    assert str(path) in fault.text
    assert folders.heard() is None
    assert folders.own.look().faults == ()
    write_sound(path, 700)
    settle(folders)
    assert folders.heard() == 700


def test_a_broken_file_of_one_language_leaves_that_of_all(folders: Folders) -> None:
    write_sound(folders.custom / "hello.wav", 700)
    (folders.custom / "en").mkdir()
    (folders.custom / "en" / "hello.wav").write_bytes(b"no sound")
    folders.look()
    assert folders.heard("en") == 700
    own = folders.own.of("en", "hello")
    assert own is not None
    assert own.fault is not None


def test_a_file_becomes_readable_when_its_rights_change(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_sound(folders.custom / "hello.wav", 700)
    real = Path.open

    def refuse(self: Path, *args: object, **options: object) -> object:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return real(self, *args, **options)  # type: ignore[call-overload]

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        (fault,) = folders.own.look().faults
        assert fault.code == "announcement.unreadable"
    status = path.stat()
    path.chmod(0o600)
    os.utime(path, (status.st_atime, status.st_mtime))
    settle(folders)
    assert folders.heard() == 700


def test_a_folder_that_cannot_be_read_is_told_once(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refuse)
        assert {fault.code for fault in folders.own.look().faults} == {"announcement.folder_unreadable"}
        assert folders.own.look().faults == ()
    write_sound(folders.custom / "hello.wav", 700)
    settle(folders)
    assert folders.heard() == 700
