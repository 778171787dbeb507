"""The first page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.events import CallState
from tests.support.fake_engine import FakeEngine, call_view
from tests.ui.conftest import settle, until
from ui.main_window import MainWindow


async def test_figures(window: MainWindow, engine: FakeEngine) -> None:
    engine.register("100")
    engine.call(call_view(1, CallState.TALKING))
    page = window.dashboard
    await until(lambda: page.calls.accessibleName() == "1 call in progress")
    assert page.registered.accessibleName() == "1 of 3 extensions registered"
    assert page.set_up.accessibleName() == "2 calls answered since the start"
    assert page.failed.accessibleName() == "1 call failed since the start"
    pairs = dict(page.engine.pairs)
    assert pairs["Address for the phones"] == "127.0.0.1:5060"
    assert pairs["SIP messages"] == "12 received, 11 sent, 0 repeated"


async def test_settings_that_wait_for_a_restart_are_named(window: MainWindow, engine: FakeEngine) -> None:
    known = engine._status()
    values = {name: getattr(known, name) for name in known.__slots__} | {"needs_restart": ("sip_port",)}
    engine._answers = {
        question: ((lambda: type(known)(**values)) if question.__name__ == "status" else answer)
        for question, answer in engine._answers.items()
    }
    window.dashboard.start()
    await settle()
    assert dict(window.dashboard.engine.pairs)["Waiting for a restart"] == "SIP port"


async def test_cards_lead_to_their_pages(window: MainWindow) -> None:
    QTest.mouseClick(window.dashboard.registered, Qt.MouseButton.LeftButton)
    assert window.page is window.extensions
    window.show_page("dashboard")
    QTest.keyClick(window.dashboard.failed, Qt.Key.Key_Return)
    assert window.page is window.records


async def test_counters_are_asked_only_in_sight(window: MainWindow) -> None:
    assert window.dashboard._timer.isActive()
    window.show_page("trace")
    assert not window.dashboard._timer.isActive()
