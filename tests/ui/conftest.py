"""A Qt application without a screen, its loop for asynchronous tests, a fake engine, a leak guard."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from qasync import QEventLoop

from tests.support.fake_engine import FakeEngine
from ui.bridge import Bridge
from ui.fonts import choose_fonts
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.theme import Theme, ThemeChoice
from ui.translations import Translations


def the_application() -> QApplication:
    known = QApplication.instance()
    return known if isinstance(known, QApplication) else QApplication([])


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Asynchronous tests of the window run on Qt's loop."""
    return {"qt": lambda: QEventLoop(the_application())}


@pytest.fixture(scope="session")
def qt() -> QApplication:
    application = the_application()
    application.setQuitOnLastWindowClosed(False)
    choose_fonts(application)
    return application


@pytest.fixture(scope="session")
def theme(qt: QApplication) -> Theme:
    return Theme(qt)


@pytest.fixture(scope="session")
def translations(qt: QApplication) -> Translations:
    return Translations(qt)


@pytest.fixture(autouse=True)
def english_and_light(theme: Theme, translations: Translations) -> Iterator[None]:
    """Begin and end each test the same way."""
    theme.choose(ThemeChoice.LIGHT)
    translations.use("en")
    yield
    theme.choose(ThemeChoice.LIGHT)
    translations.use("en")


@pytest.fixture(autouse=True)
def no_surviving_windows(qt: QApplication) -> Iterator[None]:
    """Fail when a test leaves a window behind that is still shown."""
    yield
    send_deferred_deletes(qt)
    left = [widget for widget in qt.topLevelWidgets() if widget.isVisible()]
    for widget in left:
        widget.hide()
        widget.deleteLater()
    send_deferred_deletes(qt)
    assert not left, f"windows are still open: {left}"


def send_deferred_deletes(qt: QApplication) -> None:
    """Let everything go that was told to."""
    gc.collect()
    qt.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qt.processEvents()


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
async def bridge(engine: FakeEngine, qt: QApplication) -> AsyncIterator[Bridge]:
    made = Bridge(engine)
    yield made
    made.close()


@pytest.fixture
def reported() -> list[Exception]:
    """What pages reported to the notice bar."""
    return []


@pytest.fixture
async def window(bridge: Bridge, tmp_path: Path, qt: QApplication) -> AsyncIterator[MainWindow]:
    made = MainWindow(bridge, Preferences(tmp_path), str(tmp_path))
    made.resize(1100, 700)
    made.show()
    made.start()
    await settle()
    yield made
    for dialog in made.findChildren(QWidget):
        if dialog.isWindow() and dialog.isVisible():
            dialog.close()
    await settle()
    made.stop()
    made.hide()
    made.deleteLater()
    await settle()


async def settle(turns: int = 30) -> None:
    """Let Qt and the coroutines do what is due now; no time passes but the loop's own turns.

    Never `processEvents` here: it would step other tasks inside this one, which asyncio refuses.
    """
    for _ in range(turns):
        await asyncio.sleep(0)


async def until(question: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait until it holds; for what a timer of the window does."""
    async with asyncio.timeout(seconds):
        while not question():  # noqa: ASYNC110  Qt's timers set no event
            await asyncio.sleep(0.005)
