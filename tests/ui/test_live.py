"""What is going on now."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from app.events import CallState, ExtensionState, LineState, RecordChanged, TrunkState
from tests.support.fake_engine import FakeEngine, call_view, extension_values, line_view, trunk_view
from tests.ui.conftest import settle, until
from ui.bridge import Bridge
from ui.live import Live


@pytest.fixture
async def live(bridge: Bridge, reported: list[Exception]) -> AsyncIterator[Live]:
    made = Live(bridge, reported.append)
    made.start()
    await settle()
    yield made
    made.stop()
    made.deleteLater()
    await settle()
    assert reported == []


async def test_loaded_and_followed(live: Live, engine: FakeEngine) -> None:
    figures: list[int] = []
    live.figures_changed.connect(lambda: figures.append(live.extensions.registered()))
    engine.register("101", state=ExtensionState.IDLE)
    engine.call(call_view(4, CallState.RINGING))
    await until(lambda: figures)
    assert figures[-1] == 1
    assert live.calls.live() == 1


async def test_a_saved_record_is_reloaded_once(live: Live, engine: FakeEngine) -> None:
    engine.asked.clear()
    engine.tables["extension"]["555"] = extension_values("555")
    del engine.tables["extension"]["100"]
    for number in range(50):
        engine.publish(RecordChanged("extension", str(number), "added"))
    await until(lambda: live.extensions.get("555") is not None)
    assert [name for name, _ in engine.asked].count("states") == 1
    assert live.extensions.get("100") is None


async def test_lines_and_trunks_are_followed_and_missed(live: Live, engine: FakeEngine) -> None:
    lost: list[str] = []
    live.line_lost.connect(lambda line: lost.append(line.name))
    live.trunk_lost.connect(lambda trunk: lost.append(trunk.name))
    engine.line(line_view("telecom", LineState.FAILED))
    engine.line(line_view("telecom"))
    engine.trunk(trunk_view("branch"))
    await until(lambda: live.lines.up() == 1 and live.trunks.up() == 1)
    assert lost == []
    engine.line(line_view("telecom", LineState.FAILED))
    engine.line(line_view("telecom", LineState.FAILED, reason="Again."))
    engine.trunk(trunk_view("branch", TrunkState.UNREACHABLE))
    await until(lambda: len(lost) == 2)
    assert lost == ["telecom", "branch"]


async def test_a_burst_gives_few_figures(live: Live, engine: FakeEngine) -> None:
    await until(lambda: not live._figures.isActive())
    figures: list[int] = []
    live.figures_changed.connect(lambda: figures.append(1))
    for number in range(1000):
        engine.call(call_view(number))
    await until(lambda: figures)
    assert len(figures) == 1
    assert live.calls.live() == 1000
