"""When a new version is asked for, and what is said of it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QDesktopServices

from app.errors import EnvironmentFault
from tests.support.fake_engine import FakeEngine
from tests.ui.conftest import settle, until
from ui.main_window import MainWindow
from ui.newest_version import Release
from ui.version_watch import VersionWatch

SOURCE = "https://example.com/newest.json"
DAY = 86_400.0


class World:
    """An address that answers, and a clock."""

    def __init__(self, watch: VersionWatch) -> None:
        self.asked: list[str] = []
        self.answer: Release | Exception = Release("9.0", "Ring groups.", "https://example.com/9.0")
        self.moment = 1_000_000.0
        watch.ask = self._ask
        watch.now = lambda: self.moment

    def _ask(self, source: str) -> Release:
        self.asked.append(source)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
async def world(window: MainWindow, engine: FakeEngine) -> World:
    engine.tables["setting"]["update_source"]["value"] = SOURCE
    return World(window.version_watch)


async def test_nobody_is_asked_without_an_address(window: MainWindow, engine: FakeEngine) -> None:
    world = World(window.version_watch)
    window.version_watch.glance()
    await window.errands.finished()
    assert world.asked == []
    assert window.notices.sentences == []
    window.menus.actions["version.look"].trigger()
    await window.errands.finished()
    assert world.asked == []
    assert "No address is set" in window.notices.sentences[0]


async def test_a_newer_version_is_told_once_a_day_and_leads_to_its_page(
    window: MainWindow, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.version_watch.glance()
    await until(lambda: window.notices.sentences)
    (said,) = window.notices.sentences
    assert said.startswith("Note: OpenMSS 9.0 is available; this is ")
    assert said.endswith("Ring groups.")
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    assert window.notices._cards[0].page_button.toolTip() == "https://example.com/9.0"
    window.notices._cards[0].page_button.click()
    assert opened == ["https://example.com/9.0"]

    world.moment += DAY - 1
    window.version_watch.glance()
    await window.errands.finished()
    assert world.asked == [SOURCE]
    for moment in (world.moment + 1, world.moment - 10 * DAY):  # a day later; the clock was put back
        world.moment = moment
        window.version_watch.glance()
        await window.errands.finished()
    assert world.asked == [SOURCE] * 3
    assert window.notices.sentences == [said]


async def test_only_who_asks_hears_that_there_is_nothing_new_or_no_answer(
    window: MainWindow, world: World
) -> None:
    world.answer = Release("0.0.1", "", "https://example.com/")
    window.version_watch.glance()
    await window.errands.finished()
    assert window.notices.sentences == []
    window.version_watch.look()
    await window.errands.finished()
    assert window.notices.sentences[0].startswith("Note: This is the newest version: ")

    window.notices.clear()
    world.answer = EnvironmentFault("update.unreachable", "It does not answer.", source=SOURCE, reason="x")
    world.moment += DAY
    window.version_watch.glance()
    await window.errands.finished()
    assert window.notices.sentences == []
    window.version_watch.look()
    await window.errands.finished()
    assert "Error: " in window.notices.sentences[0]
    assert world.asked == [SOURCE] * 4


async def test_an_answer_that_nobody_waits_for(window: MainWindow, world: World) -> None:
    window.version_watch.glance()
    window.errands.stop()
    await settle()
    assert window.notices.sentences == []
