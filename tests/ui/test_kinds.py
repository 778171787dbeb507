"""What the window knows of each kind."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.api import records
from app.paths import resources
from ui import help_pages, kinds
from ui.translations import Translations


def test_every_kind_has_a_drawing_and_a_page_of_the_manual(
    qt: QApplication, translations: Translations
) -> None:
    for kind in records.kinds():
        look = kinds.look(kind.name)
        assert (resources() / "icons" / f"{look.icon}.svg").is_file()
        if kind.name != "setting":
            page = help_pages.find(look.topic)
            assert page is not None
            assert page.stem == look.topic != "index"


def test_what_an_empty_list_says(qt: QApplication, translations: Translations) -> None:
    assert kinds.empty_sentence("extension") == ""
    translations.use("zh_CN")
    assert "anonymous" in kinds.empty_sentence("screening")
    assert "黑" not in kinds.empty_sentence("transition")
