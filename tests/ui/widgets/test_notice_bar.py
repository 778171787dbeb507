"""Errors and notices above the content."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.errors import UserError
from app.events import Notice, Severity
from ui.translations import Translations
from ui.widgets.notice_bar import NoticeBar


def test_shown_copied_closed(qt: QApplication) -> None:
    bar = NoticeBar()
    assert bar.isHidden()
    bar.show_error(UserError("call.gone", "Call 7 has ended already.", id=7))
    assert bar.sentences == ["Error: Call 7 has ended already."]
    card = bar._cards[0]
    card._copy.click()
    assert QGuiApplication.clipboard().text().endswith("[call.gone] Call 7 has ended already.")
    card.close_button.click()
    assert bar.sentences == []
    assert bar.isHidden()


def test_the_same_again_stands_once_and_the_oldest_goes(qt: QApplication) -> None:
    bar = NoticeBar()
    for text in ("a", "b", "a", "c", "d"):
        bar.show_notice(Notice(severity=Severity.INFO, code="x", text=text))
    assert bar.sentences == ["Note: a", "Note: c", "Note: d"]
    bar.clear()
    assert bar.sentences == []


def test_it_speaks_the_users_language(qt: QApplication, translations: Translations) -> None:
    bar = NoticeBar()
    bar.show_error(UserError("call.gone", "Call 7 has ended already.", id=7))
    translations.use("zh_CN")
    bar._cards[0].retranslate()
    assert bar.sentences == ["错误：该呼叫（7）已经结束。"]
