"""The line at the bottom."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ui.status_bar import StatusBar
from ui.translations import Translations


def test_figures_with_words(qt: QApplication, translations: Translations) -> None:
    bar = StatusBar()
    assert bar.listening.text() == "Stopped"
    bar.show_running(("udp=192.0.2.1:5060", "tls=192.0.2.1:5061"))
    bar.show_extensions(2, 9)
    for calls, words in ((0, "0 calls"), (1, "1 call"), (2, "2 calls")):
        bar.show_calls(calls)
        assert bar.calls.text() == words
    assert bar.extensions.text() == "Registered 2 of 9"
    assert bar.listening.text() == "Running – 192.0.2.1:5060 UDP   192.0.2.1:5061 TLS"
    translations.use("zh_CN")
    bar.retranslate()
    assert bar.calls.text() == "2 路通话"
    bar.show_stopped()
    assert bar.listening.accessibleName() == "已停止"


def test_each_leads_to_its_page(qt: QApplication) -> None:
    bar = StatusBar()
    asked: list[str] = []
    bar.page_requested.connect(asked.append)
    for button in (bar.listening, bar.extensions, bar.lines, bar.calls):
        button.click()
    assert asked == ["dashboard", "extensions", "lines", "calls"]
