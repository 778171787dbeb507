"""What the window remembers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray

from ui.preferences import Preferences
from ui.theme import ThemeChoice


def test_what_is_kept_is_there_again(tmp_path: Path) -> None:
    kept = Preferences(tmp_path)
    kept.language, kept.theme = "zh_CN", ThemeChoice.DARK
    kept.set_layout("window", QByteArray(b"abc"))
    kept.save()
    again = Preferences(tmp_path)
    assert (again.language, again.theme) == ("zh_CN", ThemeChoice.DARK)
    assert again.layout("window") == QByteArray(b"abc")
    again.forget_layout()
    assert again.layout("window") is None


def test_nonsense_counts_as_not_set(tmp_path: Path) -> None:
    (tmp_path / "window.ini").write_text("[General]\nlanguage=klingon\ntheme=pink\n[layout]\nwindow=7\n")
    kept = Preferences(tmp_path)
    assert (kept.language, kept.theme, kept.layout("window")) == ("system", ThemeChoice.SYSTEM, None)


def test_when_it_was_asked_for_a_version(tmp_path: Path) -> None:
    kept = Preferences(tmp_path)
    assert kept.asked_for_version == 0.0
    kept.asked_for_version = 1_790_000_000.5
    kept.save()
    assert Preferences(tmp_path).asked_for_version == 1_790_000_000.5
    (tmp_path / "window.ini").write_text("[update]\nasked=yesterday\n")
    assert Preferences(tmp_path).asked_for_version == 0.0
