"""The page of the log."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog

from app.api.log import LogFilter, LogLevel
from app.errors import EnvironmentFault
from tests.support.fake_engine import FakeEngine
from tests.ui.conftest import settle, until
from ui.dialogs.settings import SettingsDialog
from ui.main_window import MainWindow


def shown(window: MainWindow) -> list[str]:
    return [row.entry.text for row in window.log.model.shown_rows()]


async def opened(window: MainWindow, engine: FakeEngine, *texts: str) -> None:
    engine.log.write(*texts)
    window.show_page("log")
    await until(lambda: shown(window) == list(texts))


async def test_it_follows_what_is_written(window: MainWindow, engine: FakeEngine) -> None:
    await opened(window, engine, "one", "two")
    engine.log.write("three")
    await until(lambda: shown(window) == ["one", "two", "three"])
    engine.log.clear()
    engine.log.write("anew")
    await until(lambda: shown(window) == ["anew"])


async def test_the_newest_stays_in_sight(window: MainWindow, engine: FakeEngine) -> None:
    await opened(window, engine, *(f"line {number}" for number in range(100)))
    bar = window.log.table.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    window.resize(window.width(), window.height() - 150)
    await settle()
    engine.log.write("more")
    await until(lambda: shown(window)[-1] == "more")
    assert bar.value() == bar.maximum()
    window.resize(window.width(), window.height() - 50)
    await settle()
    assert bar.value() == bar.maximum()
    window.log.follow_button.click()
    bar.setValue(0)
    engine.log.write("and more")
    await until(lambda: shown(window)[-1] == "and more")
    assert bar.value() == 0


async def test_it_asks_only_while_it_is_in_sight(window: MainWindow, engine: FakeEngine) -> None:
    await settle()
    assert engine.log.asked == 0
    await opened(window, engine, "one")
    await until(lambda: engine.log.asked > 1)
    window.show_page("trace")
    assert not window.log._look.isActive()
    assert window.log._look.interval() >= 250  # a few times a second at most


async def test_pause_and_go_on(window: MainWindow, engine: FakeEngine) -> None:
    await opened(window, engine, "one")
    page = window.log
    page.pause_button.click()
    assert page.pause_button.text() == "Paused"
    asked = engine.log.asked
    engine.log.write("two")
    page._look.timeout.emit()
    await settle()
    assert (shown(window), engine.log.asked) == (["one"], asked)
    page.pause_button.click()
    await until(lambda: shown(window) == ["one", "two"])


async def test_filters(window: MainWindow, engine: FakeEngine) -> None:
    await opened(window, engine, "calm")
    page = window.log
    engine.log.write("slow", level=LogLevel.WARNING)
    engine.log.write("broken", "slow and broken", level=LogLevel.ERROR)
    page.level.setCurrentIndex(1)
    await until(lambda: shown(window) == ["slow", "broken", "slow and broken"])
    page.level.setCurrentIndex(2)
    await until(lambda: shown(window) == ["broken", "slow and broken"])
    page.text.setText("SLOW")
    await until(lambda: shown(window) == ["slow and broken"])
    engine.log.write("slow", "calm")
    engine.log.write("slow again", level=LogLevel.CRITICAL)
    await until(lambda: shown(window) == ["slow and broken", "slow again"])
    page.text.setText("nothing like it")
    await until(lambda: page.list.currentWidget() is page.empty)
    assert page.empty.button.text() == "Show all lines"
    page.empty.button.click()
    await until(lambda: len(shown(window)) == 7)
    assert page.filter == LogFilter()


async def test_older_lines(window: MainWindow, engine: FakeEngine) -> None:
    engine.log.write(*(f"line {number}" for number in range(1200)))
    window.show_page("log")
    page = window.log
    await until(lambda: len(shown(window)) == 500)
    assert page.older_button.isEnabled()
    page.older_button.click()
    await until(lambda: len(shown(window)) == 1000)
    assert not page.follow_button.isChecked()  # one reads what was
    page.older_button.click()
    await until(lambda: len(shown(window)) == 1200)
    assert shown(window) == [f"line {number}" for number in range(1200)]
    assert not page.older_button.isEnabled()


async def test_what_the_filter_wants_may_be_further_back(window: MainWindow, engine: FakeEngine) -> None:
    engine.log.write("broken", level=LogLevel.ERROR)
    engine.log.write(*(f"line {number}" for number in range(1500)))
    window.show_page("log")
    page = window.log
    page.level.setCurrentIndex(2)
    await until(lambda: page.list.currentWidget() is page.empty)
    await until(lambda: page.empty.button.text() == "Look further back")
    page.empty.button.click()
    await until(lambda: shown(window) == ["broken"])


async def test_without_a_log(window: MainWindow) -> None:
    window.show_page("log")
    page = window.log
    await settle()
    assert page.list.currentWidget() is page.empty
    assert page.empty.button.isHidden()
    assert page.details.isHidden()
    assert not page.copy_button.isEnabled()


async def test_the_chosen_entry_in_full_and_copied(window: MainWindow, engine: FakeEngine) -> None:
    await opened(window, engine, "one", "two\nTraceback", "three")
    page = window.log
    page.copy_button.click()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 4
    page.table.selectRow(1)
    assert not page.follow_button.isChecked()
    assert page.details.toPlainText().endswith("INFO    app.test: two\nTraceback")
    page.copy_button.click()
    assert QGuiApplication.clipboard().text() == page.details.toPlainText()


async def test_an_unreadable_log_is_told_once(window: MainWindow, engine: FakeEngine) -> None:
    await opened(window, engine, "one")
    engine.refuse = EnvironmentFault("log.not_readable", "The log cannot be read.", path="x", reason="y")
    page = window.log
    await until(page.pause_button.isChecked)
    await settle()
    assert window.notices.sentences == ["Error: The log cannot be read."]


async def test_from_the_log_to_its_level_and_its_folder(
    window: MainWindow, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    urls: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", urls.append)
    await opened(window, engine, "one")
    window.log.folder_button.click()
    assert [Path(url.toLocalFile()) for url in urls] == [tmp_path / "log"]
    window.log.setting_button.click()
    await settle()
    dialog = next(each for each in window.findChildren(QDialog) if each.isVisible())
    assert isinstance(dialog, SettingsDialog)
    assert dialog.rows["log_level"].isAncestorOf(dialog.focusWidget())
    dialog.done(0)


async def test_the_menu_leads_there(window: MainWindow) -> None:
    window.menus.actions["page.log"].trigger()
    assert window.page is window.log
    assert window.log.topic == "log"
    window.log.text.setText("word")
    window.commands.table()["find"]()
    assert window.log.text.selectedText() == "word"
