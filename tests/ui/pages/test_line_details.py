"""One external line in full."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.api.lines import LineEventRow
from app.events import LineState
from tests.support.fake_engine import NOW, FakeEngine, line_view
from tests.ui.conftest import settle, until
from ui import commands as commands_module
from ui.main_window import MainWindow


def row(number: int, state: str, reason: str) -> LineEventRow:
    return LineEventRow(id=number, line="telecom", at=NOW + number, state=state, reason=reason)


async def test_facts_and_history(window: MainWindow, engine: FakeEngine) -> None:
    engine.line_history["telecom"] = [
        row(2, "registered", "Registered at 203.0.113.5:5060."),
        row(1, "failed", "?"),
    ]
    window.show_page("lines")
    engine.line(line_view("telecom", calls_in=2))
    details = window.lines.details
    await until(lambda: details.history.rowCount() == 2)
    facts = dict(details.facts.pairs)
    assert facts["Server that answers"] == "203.0.113.5:5060/udp"
    assert facts["Calls"] == "2 in, 0 out"
    assert [details.history.index(place, 1).data() for place in range(2)] == ["On line", "Off line"]
    assert details.history.index(0, 2).data() == "Registered at 203.0.113.5:5060."


async def test_a_line_out_of_order_shows_the_doctor(window: MainWindow, engine: FakeEngine) -> None:
    window.show_page("lines")
    engine.line(line_view("telecom"))
    details = window.lines.details
    await until(lambda: details.name == "telecom")
    assert details.tabs.currentIndex() == 0
    engine.line(line_view("telecom", LineState.FAILED))
    await until(lambda: details.tabs.currentWidget() is details.doctor)


async def test_a_disabled_line_is_not_examined(window: MainWindow, engine: FakeEngine) -> None:
    window.show_page("lines")
    engine.line(line_view("telecom", LineState.DISABLED))
    await until(lambda: window.lines.details.name == "telecom")
    await settle()
    assert "examine" not in [name for name, _ in engine.asked]
    assert not window.lines.details.register.isEnabled()


async def test_the_case_is_saved(
    window: MainWindow, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "case.json"

    async def chosen(*_: object, **__: object) -> Path:
        return path

    monkeypatch.setattr(commands_module, "file_to_save", chosen)
    window.show_page("lines")
    engine.line(line_view("telecom"))
    await until(lambda: window.lines.details.name == "telecom")
    window.lines.details.save_case.click()
    await settle()
    assert json.loads(path.read_text(encoding="utf-8")) == {"config": {"name": "telecom"}}
    assert window.notices.sentences == [f"Note: The case is written to {path}."]
