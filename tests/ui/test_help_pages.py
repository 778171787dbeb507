"""The manual's pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from docs.manual import navigate
from ui import help_pages
from ui.translations import Translations

TOPICS = navigate.ORDER


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_has_its_page_in_both_languages(
    topic: str, qt: QApplication, translations: Translations
) -> None:
    found = []
    for language in ("en", "zh_CN"):
        translations.use(language)
        page = help_pages.find(topic)
        assert page is not None
        assert (page.stem, page.parent.name) == (topic, language)
        found.append(page.read_text(encoding="utf-8"))
    assert found[0] != found[1]


def test_an_unknown_topic_leads_to_the_first_page(qt: QApplication) -> None:
    page = help_pages.find("never-written")
    assert page is not None
    assert page.stem == "index"


def test_it_is_opened(qt: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(opened.append(url.fileName()) or True))
    assert help_pages.show_topic("trace")
    assert opened == ["trace.html"]


def test_without_a_manual_nothing_opens(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(help_pages, "program_folder", lambda: tmp_path)
    assert not help_pages.show_topic("trace")


@pytest.mark.parametrize("language", navigate.LANGUAGES)
def test_every_page_leads_to_every_other(language: str) -> None:
    """When this fails: `python docs/manual/navigate.py`."""
    pages = sorted((navigate.FOLDER / language).glob("*.html"))
    assert {page.stem for page in pages} == set(navigate.ORDER)
    for page in pages:
        assert navigate.navigation(language, page.stem) in page.read_text(encoding="utf-8"), page.name


def test_every_page_and_dialog_leads_to_a_topic_that_is_there() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in Path("ui").rglob("*.py"))
    named = set(re.findall(r'^    topic = "([a-z-]+)"', sources, re.MULTILINE))
    assert named <= set(navigate.ORDER)
