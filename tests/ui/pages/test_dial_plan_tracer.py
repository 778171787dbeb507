"""The dial-plan tracer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from app.api.dial_plan import Blocked, Trace, Way
from app.events import RecordChanged
from tests.support.fake_engine import FakeEngine, default_values, traced, way_out
from tests.ui.conftest import settle, until
from ui.dialogs.record import RecordDialog
from ui.main_window import MainWindow
from ui.pages.dial_plan_tracer import DialPlanTracer

REFUSED = Way(kind="refused", status=403, reason="Forbidden")


async def trace(window: MainWindow, engine: FakeEngine, answer: Trace) -> DialPlanTracer:
    engine.explanation = answer
    window.menus.actions["tracer.open"].trigger()
    tracer = window.routing.tracer
    tracer.dialled.setText(answer.dialled)
    QTest.keyClick(tracer.dialled, Qt.Key.Key_Return)
    await settle()
    return tracer


async def test_before_the_question_there_is_no_answer(window: MainWindow) -> None:
    window.menus.actions["tracer.open"].trigger()
    tracer = window.routing.tracer
    assert window.page is window.routing
    assert tracer.splitter.isHidden()
    tracer.run.click()
    await settle()
    assert tracer.splitter.isHidden()


async def test_verdict_steps_and_what_is_sent(window: MainWindow, engine: FakeEngine) -> None:
    tracer = await trace(window, engine, traced(way_out("telecom"), way_out("backup")))
    assert tracer.verdict.text() == "Goes out over the external line telecom as 123."
    assert tracer.more.text() == "If that fails: backup."
    assert [tracer.steps.index(row, 0).data() for row in range(3)] == [
        "Black/white list",
        "Called number",
        "Route",
    ]
    assert tracer.steps.index(1, 1).data() == "Rule 7 (prefix 9) is for 9123."
    assert tracer.steps.index(1, 2).data() == "Called number rule 7"
    pairs = tracer.sent.pairs
    assert ("Request-URI", "sip:123@gd.example;user=phone") in pairs
    assert ("P-Asserted-Identity", "<sip:101@gd.example>") in pairs
    assert pairs[0] == ("Over", "External line telecom")


@pytest.mark.parametrize(
    ("way", "words"),
    [
        (Way(kind="extension", name="102", number="102"), "Extension 102 rings."),
        (Way(kind="trunk", name="branch", number="7"), "Goes out over the SIP trunk branch as 7."),
        (REFUSED, "Refused: 403 Forbidden"),
    ],
)
async def test_verdicts(window: MainWindow, engine: FakeEngine, way: Way, words: str) -> None:
    tracer = await trace(window, engine, traced(way))
    assert tracer.verdict.text() == words
    assert tracer._sent_box.isHidden()
    if way.kind == "extension":
        assert tracer.more.text() == "The phone shows 101 Gate."


async def test_who_asks_what_and_when(window: MainWindow, engine: FakeEngine) -> None:
    engine.tables["line"] = {"telecom": default_values("line", "telecom")}
    engine.publish(RecordChanged("line", "telecom", "added"))
    tracer = window.routing.tracer
    await until(lambda: tracer.caller.findText("External line telecom") >= 0)
    window.menus.actions["tracer.open"].trigger()
    tracer.dialled.setText(" 9123 ")
    assert tracer.query == ("100", "9123", None)
    assert tracer.outside_number.isHidden()
    tracer.caller.setCurrentText("555")
    assert tracer.query[0] == "555"
    tracer.caller.setCurrentText("External line telecom")
    tracer.outside_number.setText("13800138000")
    assert tracer.query[0] == "line:telecom:13800138000"
    assert not tracer.outside_number.isHidden()
    tracer.is_now.setChecked(False)
    tracer.moment.setDateTime(QDateTime(2026, 12, 25, 10, 30, 0))
    assert tracer.query[2] == "2026-12-25T10:30"


async def test_a_rule_is_made_of_it(window: MainWindow, engine: FakeEngine) -> None:
    tracer = await trace(window, engine, traced(way_out("telecom")))
    tracer.make_rule.click()
    await settle()
    dialog = next(each for each in window.findChildren(QDialog) if each.isVisible())
    assert isinstance(dialog, RecordDialog)
    values = dialog.form.values()
    assert (values["id"], values["called_prefix"]) == ("to-9123", "9123")
    assert (values["route_kind"], values["route_target"]) == ("line", "telecom")
    dialog.save.click()
    await settle()
    assert engine.tables["called_rule"]["to-9123"]["route_target"] == "telecom"


async def test_what_blocks_is_named_and_opened(window: MainWindow, engine: FakeEngine) -> None:
    tracer = await trace(window, engine, traced(REFUSED, blocked_by=Blocked("screening", "2")))
    asked: list[tuple[str, object]] = []
    tracer.record_requested.disconnect()
    tracer.record_requested.connect(lambda kind, key: asked.append((kind, key)))
    assert tracer.more.text() == "Blocked by: Black/white list entry 2."
    assert tracer.make_rule.isHidden()
    tracer.open_record.click()
    tracer.table.selectRow(1)
    QTest.keyClick(tracer.table, Qt.Key.Key_Return)
    tracer.table.selectRow(0)
    QTest.keyClick(tracer.table, Qt.Key.Key_Return)
    assert asked == [("screening", "2"), ("called_rule", "7")]
