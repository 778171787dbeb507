from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import EnvironmentFault
from app.services import default_announcements
from app.services.default_announcements import DefaultAnnouncements
from tests.support.announcements import CATALOGUE, pitch, write_defaults, write_sound


@pytest.fixture
def defaults(tmp_path: Path) -> DefaultAnnouncements:
    made = DefaultAnnouncements(write_defaults(tmp_path))
    made.look()
    return made


def heard(defaults: DefaultAnnouncements, language: str, name: str, country: str = "") -> int:
    return round(pitch(defaults.load(language, name, country).samples), -1)


def test_each_language_has_its_sound(defaults: DefaultAnnouncements) -> None:
    assert heard(defaults, "en", "hello") == 300
    assert heard(defaults, "zh", "hello") == 400
    assert heard(defaults, "zh", "only-english") == 300
    assert heard(defaults, "zh", "music-on-hold") == 500


def test_tones_are_made_as_the_country_says(defaults: DefaultAnnouncements) -> None:
    assert heard(defaults, "en", "beep") == 1000
    assert heard(defaults, "en", "tone-busy", "cn") == 450
    assert heard(defaults, "en", "tone-busy", "nowhere") == 420  # 425 Hz: the ITU's


def test_what_was_loaded_is_kept(defaults: DefaultAnnouncements) -> None:
    assert defaults.kept("en", "hello", "") is None
    clip = defaults.load("en", "hello", "")
    assert defaults.kept("en", "hello", "") is clip
    assert defaults.kept("zh", "hello", "") is None
    assert defaults.kept("en", "nothing", "") is None
    music = defaults.load("en", "music-on-hold", "")
    assert defaults.kept("zh", "music-on-hold", "") is music


def test_the_longest_unheard_makes_room(
    defaults: DefaultAnnouncements, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(default_announcements, "_MOST_KEPT_S", 1.2)
    first, second = defaults.load("en", "hello", ""), defaults.load("zh", "hello", "")
    assert defaults.kept("en", "hello", "") is first
    defaults.load("zh", "music-on-hold", "")
    assert defaults.kept("zh", "hello", "") is not second
    assert defaults.kept("en", "hello", "") is first


def test_an_update_of_a_file_is_heard(defaults: DefaultAnnouncements, tmp_path: Path) -> None:
    assert heard(defaults, "en", "hello") == 300
    write_sound(tmp_path / "en" / "16k" / "hello.ogg", 600, age_s=5)
    assert defaults.look() == {"hello"}
    assert heard(defaults, "en", "hello") == 600
    assert defaults.look() == frozenset()


def test_an_update_of_the_catalogue_counts(defaults: DefaultAnnouncements, tmp_path: Path) -> None:
    (tmp_path / "catalogue.toml").write_text(CATALOGUE + '[new]\nkind = "tone"\ntone = "500*100"\n')
    assert defaults.look() == {"new"}
    assert heard(defaults, "en", "new") == 500


def test_while_an_update_has_not_brought_the_catalogue_the_old_one_serves(
    defaults: DefaultAnnouncements, tmp_path: Path
) -> None:
    (tmp_path / "catalogue.toml").unlink()
    assert defaults.look() == frozenset()
    assert defaults.fault is not None
    assert heard(defaults, "en", "hello") == 300
    write_defaults(tmp_path)
    defaults.look()
    assert defaults.fault is None


def test_a_missing_file_is_a_fault(defaults: DefaultAnnouncements, tmp_path: Path) -> None:
    (tmp_path / "en" / "16k" / "hello.ogg").unlink()
    with pytest.raises(EnvironmentFault, match=r"hello\.ogg"):
        defaults.load("en", "hello", "")
