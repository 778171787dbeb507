"""Texts that are set again with the language."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from ui.translations import Translations
from ui.widgets.translated import Translated


class Word(Translated, QLabel):
    def __init__(self) -> None:
        super().__init__()
        self.times = 0
        self.retranslate()

    def retranslate(self) -> None:
        self.times += 1


def test_a_new_language_sets_the_texts(qt: QApplication, translations: Translations) -> None:
    word = Word()
    word.setEnabled(False)  # another change
    assert word.times == 1
    word.show()
    translations.use("zh_CN")
    qt.processEvents()
    assert word.times > 1
    word.hide()


def test_it_must_be_written(qt: QApplication) -> None:
    with pytest.raises(NotImplementedError):
        Translated.retranslate(Word())
