from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from app.errors import EnvironmentFault, UserError
from app.services import announcement_saving as saving
from app.services.announcement_places import AnnouncementPlaces
from app.services.sound_files import read_sound
from tests.support.announcements import pitch, sine, write_sound


@pytest.fixture
def places(tmp_path: Path) -> AnnouncementPlaces:
    return AnnouncementPlaces(tmp_path, tmp_path / "cust_ann", tmp_path / "data" / "cust_ann")


def test_own_ones_go_to_the_program_folder(places: AnnouncementPlaces) -> None:
    assert saving.writable_folder(places) == saving.WritableFolder(places.custom)
    assert not places.spare.exists()


def test_where_that_may_not_be_written_the_data_folder_takes_them(
    places: AnnouncementPlaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving.folders, "can_write", lambda folder: folder != places.custom)
    found = saving.writable_folder(places)
    assert found.path == places.spare
    assert str(places.custom) in found.reason
    path = saving.save(places, "hello", "zh", sine(700))
    assert path == places.spare / "zh" / "hello.wav"


def test_where_neither_may_be_written_that_is_told(places: AnnouncementPlaces, tmp_path: Path) -> None:
    places.custom.write_text("in the way")
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(EnvironmentFault) as caught:
        saving.writable_folder(places)
    assert caught.value.code == "announcement.folder_not_made"


@pytest.mark.parametrize(("language", "place"), [("", "hello.wav"), ("zh", "zh/hello.wav")])
def test_it_is_saved_as_wav_of_the_house_format(
    places: AnnouncementPlaces, language: str, place: str
) -> None:
    path = saving.save(places, "hello", language, sine(700))
    assert path == places.custom / place
    info = soundfile.info(path)
    assert (info.samplerate, info.channels, info.subtype) == (16_000, 1, "PCM_16")
    assert [each.name for each in path.parent.iterdir()] == ["hello.wav"]
    assert pitch(read_sound(path)) == 700


def test_what_stood_in_the_data_folder_does_not_hide_it(places: AnnouncementPlaces) -> None:
    hidden = write_sound(places.spare / "hello.mp3", 800)
    other = write_sound(places.spare / "other.mp3", 800)
    saving.save(places, "hello", "", sine(700))
    assert not hidden.exists()
    assert other.exists()


def test_a_full_disk_leaves_the_file_before(
    places: AnnouncementPlaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    saving.save(places, "hello", "", sine(700))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving.os, "fsync", full)
    with pytest.raises(EnvironmentFault, match="No space left") as caught:
        saving.save(places, "hello", "", sine(800))
    assert caught.value.code == "announcement.not_saved"
    assert pitch(read_sound(places.custom / "hello.wav")) == 700
    assert len(list(places.custom.iterdir())) == 1


def test_removing_takes_every_form_in_both_folders(places: AnnouncementPlaces) -> None:
    files = [write_sound(folder / f"hello.{form}", 700) for folder in places.own for form in ("wav", "flac")]
    kept = write_sound(places.custom / "zh" / "hello.wav", 700)
    assert sorted(saving.remove(places, "hello", "")) == sorted(files)
    assert [path.exists() for path in files] == [False] * 4
    assert kept.exists()


def test_removing_one_language_takes_the_common_file_where_it_has_none(places: AnnouncementPlaces) -> None:
    chinese = write_sound(places.custom / "zh" / "hello.wav", 700)
    common = write_sound(places.custom / "hello.wav", 700)
    assert saving.remove(places, "hello", "zh") == [chinese]
    assert saving.remove(places, "hello", "zh") == [common]
    assert saving.remove(places, "hello", "zh") == []


def test_a_file_that_stays_is_told(places: AnnouncementPlaces, monkeypatch: pytest.MonkeyPatch) -> None:
    write_sound(places.custom / "hello.wav", 700)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(EnvironmentFault, match="still heard") as caught:
        saving.remove(places, "hello", "")
    assert caught.value.code == "announcement.not_removed"


@pytest.mark.parametrize(
    ("name", "language", "field"), [("../hello", "", "id"), ("Hello", "", "id"), ("hello", "fr", "language")]
)
def test_names_and_languages_that_are_none_are_refused(
    places: AnnouncementPlaces, name: str, language: str, field: str
) -> None:
    for ask in (
        lambda: saving.save(places, name, language, sine(700)),
        lambda: saving.remove(places, name, language),
    ):
        with pytest.raises(UserError) as caught:
            ask()
        assert caught.value.field == field
    assert not places.custom.exists()


def test_bytes_and_files_are_read_in_any_form(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "hello.mp3", 700, rate=44_100)
    assert round(pitch(saving.read_file(path)), -1) == 700
    assert round(pitch(saving.read_bytes(path.read_bytes())), -1) == 700


def test_what_is_no_sound_is_refused_as_an_input(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="The sound is no sound file") as caught:
        saving.read_bytes(b"no sound")
    assert caught.value.field == "file"
    with pytest.raises(UserError, match="cannot be read"):
        saving.read_file(tmp_path / "nothing.wav")


def test_a_link_that_waits_for_us_in_the_folder_is_not_written_through(
    places: AnnouncementPlaces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"kept")
    places.custom.mkdir(parents=True)
    monkeypatch.setattr("secrets.token_hex", lambda _size: "known")
    try:
        (places.custom / ".menu-sales-known.tmp").symlink_to(precious)
    except OSError:
        pytest.skip("links may not be made here")
    with pytest.raises(EnvironmentFault, match="cannot be written"):
        saving.save(places, "menu-sales", "", np.zeros(320, np.int16))
    assert precious.read_bytes() == b"kept"
