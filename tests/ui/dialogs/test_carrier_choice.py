"""Choosing a carrier."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.api import carriers
from ui.dialogs.carrier_choice import CarrierChoice
from ui.translations import Translations


def test_found_by_either_name_and_by_country(qt: QApplication, translations: Translations) -> None:
    choice = CarrierChoice()
    assert choice.list.count() == len(carriers.list_templates())
    choice.search.setText("电信 ims")
    assert choice.template is not None
    assert choice.template.id == "china-telecom-ims"
    choice.search.setText("cn")
    assert choice.list.count() >= 4
    translations.use("zh_CN")
    choice.search.clear()
    choice.retranslate()
    first = choice.list.item(0)
    assert first is not None
    assert "中国" in first.text()


def test_trust_and_source_are_told(qt: QApplication) -> None:
    choice = CarrierChoice()
    choice.search.setText("Telnyx")
    assert choice._trust.text() == "Read on the carrier's own pages"
    facts = dict(choice._facts.pairs)
    assert "Registration with account and password" in facts["The carrier knows you"]
    assert facts["Read in"].startswith("20")
    choice.search.setText("no such carrier")
    assert choice.template is None
    assert "without a template" in choice._trust.text()


def test_enter_chooses(qt: QApplication) -> None:
    choice = CarrierChoice()
    chosen: list[bool] = []
    choice.chosen.connect(lambda: chosen.append(True))
    choice.list.setFocus()
    QTest.keyClick(choice.list, Qt.Key.Key_Return)
    assert chosen == [True]
