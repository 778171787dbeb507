"""The bridge: answers, refusals, events across threads, and PySide's reference to True."""

from __future__ import annotations

import sys
import threading
from typing import get_args

import pytest
from PySide6.QtCore import QObject, QThread, Signal, Slot
from PySide6.QtWidgets import QApplication

from app.api import records
from app.errors import UserError
from app.events import Event, ExtensionChanged, ExtensionState, TraceGrew
from tests.support.fake_engine import FakeEngine
from tests.ui.conftest import settle
from ui import bridge as bridge_module
from ui.bridge import Bridge


async def test_a_question_is_answered(bridge: Bridge) -> None:
    rows = await bridge.ask(records.list_records, "extension")
    assert [row["number"] for row in rows] == ["100", "101", "102"]


async def test_a_refusal_comes_back(bridge: Bridge) -> None:
    with pytest.raises(UserError) as refused:
        await bridge.ask(records.get_record, "extension", "999")
    assert refused.value.code == "record.unknown"


async def test_events_arrive_in_order_on_the_windows_thread(bridge: Bridge, engine: FakeEngine) -> None:
    heard: list[object] = []
    threads = set()

    def hear(event: object) -> None:
        heard.append(event)
        threads.add(QThread.currentThread())

    bridge.extension_changed.connect(hear)
    bridge.trace_grew.connect(hear)
    sent: list[object] = []
    for number in range(500):
        sent.append(ExtensionChanged(number=str(number), state=ExtensionState.IDLE, bindings=()))
        sent.append(TraceGrew(number))
    thread = threading.Thread(target=lambda: [engine.publish(event) for event in sent])  # type: ignore[arg-type]
    thread.start()
    thread.join()
    assert heard == []
    await settle()
    assert heard == sent
    assert threads == {QApplication.instance().thread()}  # type: ignore[union-attr]


def test_every_event_has_its_signal() -> None:
    assert set(bridge_module._NAMES) == set(get_args(Event))
    assert all(hasattr(Bridge, name) for name in bridge_module._NAMES.values())


async def test_after_close_nothing_arrives(engine: FakeEngine, qt: QApplication) -> None:
    bridge = Bridge(engine)
    heard: list[object] = []
    bridge.trace_grew.connect(heard.append)
    engine.publish(TraceGrew(1))
    bridge.close()
    engine.publish(TraceGrew(2))
    await settle()
    assert heard == []


class Ears(QObject):
    said = Signal(bool)

    @Slot(bool)
    def hear(self, value: bool) -> None:
        self.heard = value


def test_emitting_keeps_the_count_of_references_to_true(qt: QApplication) -> None:
    """PySide6 6.12 on Python 3.11 lost one per emit and aborted after some 570: see the pin."""
    ears = Ears()
    ears.said.connect(ears.hear)
    ears.said.emit(True)
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(100):
        ears.said.emit(True)
    after = sys.getrefcount(True), sys.getrefcount(None)
    assert abs(after[0] - before[0]) < 50
    assert abs(after[1] - before[1]) < 50
    assert ears.heard
