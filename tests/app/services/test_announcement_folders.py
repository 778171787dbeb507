from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from app.services import announcement_folders as folders
from tests.support.announcements import write_sound

LANGUAGES = ("en", "zh")
AS_ROOT = sys.platform != "win32" and os.geteuid() == 0


def test_files_are_found_by_language_and_name(tmp_path: Path) -> None:
    common = write_sound(tmp_path / "Hello.WAV", 300)
    chinese = write_sound(tmp_path / "zh" / "hello.flac", 300)
    write_sound(tmp_path / "fr" / "hello.flac", 300)
    found = folders.look(tmp_path, LANGUAGES)
    assert found.fault is None
    assert {key: file.path for key, file in found.files.items()} == {
        ("", "hello"): common,
        ("zh", "hello"): chinese,
    }
    assert found.files["", "hello"].size == common.stat().st_size


def test_of_two_files_of_one_name_the_newer_counts(tmp_path: Path) -> None:
    write_sound(tmp_path / "hello.wav", 300, age_s=60)
    newer = write_sound(tmp_path / "hello.flac", 300)
    assert folders.look(tmp_path, LANGUAGES).files["", "hello"].path == newer


@pytest.mark.parametrize(
    "name", ["README.md", ".hidden.wav", "~hello.wav", "hello.wav.part", "hello.tmp", "Thumbs.db"]
)
def test_what_is_no_sound_is_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    (tmp_path / "folder.wav").mkdir()
    assert folders.look(tmp_path, LANGUAGES).files == {}


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert folders.look(tmp_path / "nowhere", LANGUAGES) == folders.Found({})


def test_a_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    folder = tmp_path / "mss_ann" / "cust_ann"
    assert folders.make(folder) is None
    assert folders.make(folder) is None
    assert folders.can_write(folder)
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "mss_ann").write_text("a file stands in the way")
    fault = folders.make(tmp_path / "mss_ann" / "cust_ann")
    assert fault is not None
    assert fault.code == "announcement.folder_not_made"
    assert str(tmp_path) in fault.text


@pytest.mark.skipif(AS_ROOT or sys.platform == "win32", reason="rights do not bind root")
def test_a_folder_may_be_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert not folders.can_write(tmp_path)
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(folders.os, "scandir", refuse)
    found = folders.look(tmp_path, LANGUAGES)
    assert found.files == {}
    assert found.fault is not None
    assert "Permission denied" in found.fault.text


def test_a_file_that_is_gone_meanwhile_is_no_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        name, path = "hello.wav", str(tmp_path / "hello.wav")

        def is_file(self) -> bool:
            raise FileNotFoundError

    class Listing(list[Gone]):
        def __enter__(self) -> Listing:
            return self

        def __exit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr(folders.os, "scandir", lambda _: Listing([Gone()]))
    assert folders.look(tmp_path, ()).files == {}


def test_a_folder_that_may_only_be_read_names_the_other(tmp_path: Path) -> None:
    fault = folders.not_writable(tmp_path / "one", tmp_path / "other")
    assert str(tmp_path / "one") in fault.text
    assert str(tmp_path / "other") in fault.text


@pytest.mark.parametrize(("file", "yes"), [("Hello.wav", True), ("hello.md", False), ("hallo.wav", False)])
def test_a_file_is_an_announcement_by_its_name(file: str, yes: bool) -> None:
    assert folders.is_sound(Path(file), "hello") is yes


def test_a_link_in_a_circle_hides_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "menu-sales.wav").write_bytes(b"x")
    circle = tmp_path / "circle.wav"
    try:
        circle.symlink_to(circle)
        (tmp_path / "nowhere.wav").symlink_to(tmp_path / "gone.wav")
    except OSError:
        pytest.skip("links may not be made here")
    found = folders.look(tmp_path, ())
    assert found.fault is None
    assert set(found.files) == {("", "menu-sales")}
