"""The main window: what events change, and how pages lead to each other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.errors import EnvironmentFault
from app.events import (
    CallState,
    EngineStarted,
    EngineStopped,
    ExtensionState,
    LineState,
    Notice,
    Severity,
    TrunkState,
)
from tests.support.fake_engine import FakeEngine, call_view, line_view, message, record_view, trunk_view
from tests.ui.conftest import settle, until
from ui.main_window import MainWindow
from ui.translations import Translations


async def test_it_starts_with_the_engines_rows(window: MainWindow) -> None:
    assert window.live.extensions.total == 3
    assert window.page is window.dashboard


async def test_the_status_bar_follows(window: MainWindow, engine: FakeEngine) -> None:
    engine.publish(EngineStarted(engine.addresses))
    engine.register("100")
    engine.call(call_view(1, CallState.TALKING))
    await until(lambda: "1 call" in window.status.calls.text())
    assert window.status.extensions.text() == "Registered 1 of 3"
    assert "127.0.0.1:5060 UDP TCP" in window.status.listening.text()
    engine.publish(EngineStopped())
    await until(lambda: window.status.listening.text() == "Stopped")


async def test_navigation_menu_and_status_bar_lead_to_pages(window: MainWindow) -> None:
    window.navigation.setFocus()
    QTest.keyClick(window.navigation, Qt.Key.Key_Down)
    assert window.page is window.extensions
    window.menus.actions["page.trace"].trigger()
    assert window.page is window.trace
    assert window.navigation.currentItem().text() == "SIP trace"
    QTest.mouseClick(window.status.calls, Qt.MouseButton.LeftButton)
    assert window.page is window.calls


async def test_from_an_extension_to_its_calls_and_messages(window: MainWindow, engine: FakeEngine) -> None:
    engine.past = [record_view(1), record_view(2, caller="999", called="888")]
    window.show_page("extensions")
    window.extensions.choose("101")
    window.extensions.details.trace.click()
    assert window.page is window.trace
    assert window.trace.filter.extension == "101"
    window.show_page("extensions")
    window.extensions.details.records.click()
    assert window.page is window.records
    assert window.records.search.text() == "101"


async def test_from_a_record_to_its_messages(window: MainWindow, engine: FakeEngine) -> None:
    engine.messages = [message(1, call_id="call-7"), message(2, call_id="other")]
    engine.past = [record_view(7)]
    window.show_page("records")
    window.records.reload()
    await settle()
    window.records.table.selectRow(0)
    window.records.details.trace.click()
    await until(lambda: window.trace.model.rowCount() == 1)
    assert window.page is window.trace
    assert window.trace.filter.call_ids == ("call-7",)


async def test_notices_and_errors_stand_above_the_content(window: MainWindow, engine: FakeEngine) -> None:
    engine.publish(Notice(severity=Severity.WARNING, code="x.y", text="The disk is nearly full."))
    await settle()
    window.report(EnvironmentFault("engine.stopped", "The PBX is not running."))
    await settle()
    assert window.notices.sentences == ["Warning: The disk is nearly full.", "Error: The PBX is not running."]
    assert window.notices.isVisible()


async def test_a_lost_line_and_a_lost_trunk_are_told(window: MainWindow, engine: FakeEngine) -> None:
    engine.line(line_view("telecom"))
    engine.trunk(trunk_view("branch"))
    await until(lambda: window.live.trunks.get("branch") and window.live.lines.get("telecom"))
    engine.line(line_view("telecom", LineState.FAILED, reason="203.0.113.5:5060 does not answer."))
    engine.trunk(trunk_view("branch", TrunkState.UNREACHABLE, reason="No answer to OPTIONS."))
    await until(lambda: len(window.notices.sentences) == 2)
    assert window.notices.sentences == [
        "Warning: The external line telecom is off line. 203.0.113.5:5060 does not answer.",
        "Warning: The SIP trunk branch is out of order. No answer to OPTIONS.",
    ]


async def test_everything_speaks_chinese_at_once(window: MainWindow, translations: Translations) -> None:
    translations.use("zh_CN")
    await settle()
    titles = [action.text() for action in window.menuBar().actions()]
    assert titles == [
        "文件(&F)",
        "数据(&D)",
        "拨号规则(&P)",
        "业务(&S)",
        "维护(&M)",
        "呼叫记录(&C)",
        "查看(&V)",
        "帮助(&H)",
    ]
    assert window.navigation.item(1).text() == "分机"
    assert window.extensions.search.placeholderText() == "搜索号码、描述、设备"
    translations.use("en")
    await settle()
    assert window.menuBar().actions()[0].text() == "&File"


async def test_closing_asks_the_application(window: MainWindow) -> None:
    asked: list[bool] = []
    window.close_requested.connect(lambda: asked.append(True))
    window.close()
    assert asked == [True]
    assert window.isVisible()


async def test_a_registration_shows_as_word_and_device(window: MainWindow, engine: FakeEngine) -> None:
    window.show_page("extensions")
    engine.register("102", state=ExtensionState.RINGING)
    await until(lambda: window.live.extensions.index(2, 2).data() == "Ringing")
    window.extensions.choose("102")
    assert window.extensions.details.bindings.rowCount() == 1


async def test_bring_to_front(window: MainWindow) -> None:
    window.hide()
    window.bring_to_front()
    assert window.isVisible()
