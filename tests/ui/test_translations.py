"""The languages: complete, compiled, and switched while running."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from app.paths import resources
from ui import translation_sources
from ui import translations as translations_module
from ui.translations import Translations, compile_translations


def test_the_chinese_window_lacks_nothing() -> None:
    """When this fails: `python -m ui.translation_sources`, then fill in what it lists."""
    assert translation_sources.missing("zh_CN") == []


def test_the_english_window_has_its_plural_forms() -> None:
    known = translation_sources.read("en")
    counted = {source for source in translation_sources.find_sources() if source.is_counted}
    assert set(known) == counted
    assert all(len(forms) == 2 for forms in known.values())


def test_placeholders_are_kept() -> None:
    for source, words in translation_sources.read("zh_CN").items():
        if source.context == "errors":
            continue  # their source is a code
        for word in words:
            assert set(_placeholders(word)) == set(_placeholders(source.text)), source


def _placeholders(text: str) -> list[str]:
    return [part.split("}")[0] for part in text.split("{")[1:]] + ["%n"] * ("%n" in text)


def test_only_what_is_stale_is_made(tmp_path: Path) -> None:
    for source in (resources() / "translations").glob("*.ts"):
        (tmp_path / source.name).write_bytes(source.read_bytes())
    assert sorted(path.name for path in compile_translations(tmp_path)) == [
        "openmss_en.qm",
        "openmss_zh_CN.qm",
    ]
    assert compile_translations(tmp_path) == []


def test_switching(qt: QApplication, translations: Translations) -> None:
    translations.use("zh_CN")
    assert QCoreApplication.translate("words", "Idle") == "空闲"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    translations.use("en")
    assert QCoreApplication.translate("words", "Idle") == "Idle"
    translations.use("system")
    assert translations.language in ("en", "zh_CN")
    assert translations.choice == "system"


def test_where_it_cannot_be_written_a_private_folder_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def refuse(folder: Path | None = None, target: Path | None = None) -> list[Path]:
        asked.append(target)
        if target is None:
            raise OSError("read only")
        return []

    monkeypatch.setattr(translations_module, "compile_translations", refuse)
    monkeypatch.setattr(translations_module, "resources", lambda: Path("nowhere"))
    monkeypatch.setattr(Path, "glob", lambda self, pattern: iter([Path("openmss_xx.ts")]))
    folder = translations_module._built_folder()
    assert folder == asked[1]


@pytest.mark.logs("in English only")
def test_without_any_tool_the_window_is_english(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path | None = None, target: Path | None = None) -> list[Path]:
        raise subprocess.SubprocessError("no tool")

    monkeypatch.setattr(translations_module, "compile_translations", refuse)
    monkeypatch.setattr(Path, "glob", lambda self, pattern: iter([Path("openmss_xx.ts")]))
    assert translations_module._built_folder().is_dir()
