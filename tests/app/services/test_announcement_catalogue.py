from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import EnvironmentFault
from app.services.announcement_catalogue import LANGUAGES, AnnouncementKind, is_id, read_catalogue
from tests.support.announcements import DEFAULTS, write_defaults


def test_entries_know_their_texts_and_files(tmp_path: Path) -> None:
    catalogue = read_catalogue(write_defaults(tmp_path))
    hello = catalogue["hello"]
    assert hello.kind is AnnouncementKind.SPEECH
    assert hello.texts == {"en": "Hello.", "zh": "你好。"}
    assert hello.file("zh") == tmp_path / "zh" / "16k" / "hello.ogg"
    assert catalogue["only-english"].file("zh") == tmp_path / "en" / "16k" / "only-english.ogg"
    assert catalogue["music-on-hold"].file("zh") == tmp_path / "music" / "16k" / "music-on-hold.ogg"
    assert catalogue["beep"].file("en") is None
    assert catalogue["beep"].languages == ()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[hello", "mistake"),
        ("[hello]\n[hello]", "mistake"),
        ('[Hello]\nkind = "music"', "“Hello”"),
        ("[hello]", "mistake"),
        ('[hello]\nkind = "song"', "song"),
        ('[hello]\nkind = "speech"', "hello has no text"),
        ('[hello]\nkind = "tone"', "tone is made"),
        ('[hello]\nkind = "speech"\ntext.fr = "Bonjour"', "unknown language"),
        ('[hello]\nkind = "speech"\ntext = "Hello"', "unknown language"),
        ("hello = 1", "mistake"),
    ],
)
def test_a_catalogue_that_makes_no_sense_is_told(tmp_path: Path, text: str, what: str) -> None:
    (tmp_path / "catalogue.toml").write_text(text, encoding="utf-8")
    with pytest.raises(EnvironmentFault, match=what) as caught:
        read_catalogue(tmp_path)
    assert caught.value.code == "announcement.catalogue"


def test_a_folder_without_one_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match=r"no catalogue\.toml"):
        read_catalogue(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("menu-sales", True),
        ("a", True),
        ("n-0", True),
        ("Menu", False),
        ("a--b", False),
        ("../x", False),
        ("", False),
    ],
)
def test_names_are_small_letters_digits_and_hyphens(name: str, good: bool) -> None:
    assert is_id(name) is good


def test_the_delivered_one_speaks_every_language() -> None:
    for entry in read_catalogue(DEFAULTS).values():
        if entry.kind is AnnouncementKind.SPEECH:
            assert set(entry.texts) == set(LANGUAGES), entry.id
