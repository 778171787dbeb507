"""The page of the SIP trunks."""

from __future__ import annotations

import pytest

from app.api.examination import Finding
from app.events import TrunkState
from tests.support.fake_engine import FakeEngine, default_values, examined, trunk_view
from tests.ui.conftest import settle, until
from ui.main_window import MainWindow
from ui.pages import trunks as trunks_module


async def shown(window: MainWindow, engine: FakeEngine) -> None:
    engine.tables["trunk"] = {
        "branch": default_values("trunk", "branch") | {"address": "203.0.113.9", "max_incoming": 10},
        "gateway": default_values("trunk", "gateway") | {"address": "192.0.2.7", "max_outgoing": 0},
    }
    window.show_page("trunks")
    engine.trunk(trunk_view("branch", calls_in=2))
    engine.trunk(trunk_view("gateway", TrunkState.UNREACHABLE, reason="No answer to OPTIONS."))
    await until(lambda: window.trunks.model.rowCount() == 2)
    await until(lambda: window.trunks.model.index(0, 2).data() == "203.0.113.9:5060")


async def test_state_and_limits(window: MainWindow, engine: FakeEngine) -> None:
    await shown(window, engine)
    model = window.trunks.model
    assert [model.index(row, 1).data() for row in range(2)] == ["Reachable", "Unreachable"]
    assert [model.index(row, 3).data() for row in range(2)] == ["2 / 10", "0"]
    assert [model.index(row, 4).data() for row in range(2)] == ["0", "forbidden"]
    window.trunks.choose("branch")
    facts = dict(window.trunks.details.facts.pairs)
    assert facts["Calls in"] == "2 / 10"
    assert facts["Calls out"] == "0, no limit"
    assert facts["Calls are taken from"] == "203.0.113.9"


async def test_a_silent_trunk_is_examined(window: MainWindow, engine: FakeEngine) -> None:
    finding = Finding(id="R07", cause="x", text="Nothing listens on port 5060.", field="port")
    engine.examinations["gateway"] = examined("gateway", finding, kind="trunk")
    await shown(window, engine)
    window.trunks.choose("gateway")
    doctor = window.trunks.details.doctor
    await until(lambda: not doctor.isHidden())
    assert doctor.pane.cards[0].view.label == "Server port"
    window.trunks.choose("branch")
    assert doctor.isHidden()


async def test_edit_add_and_trace(window: MainWindow, engine: FakeEngine) -> None:
    await shown(window, engine)
    page = window.trunks
    asked: list[str] = []
    page.edit_requested.disconnect()
    page.edit_requested.connect(asked.append)
    page.choose("gateway")
    page.details.edit.click()
    assert asked == ["gateway"]
    page.details.trace.click()
    assert window.page is window.trace
    assert window.trace.filter.text == "192.0.2.7"


async def test_delete(window: MainWindow, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    async def sure(*_: object) -> bool:
        return True

    monkeypatch.setattr(trunks_module, "confirm_delete", sure)
    await shown(window, engine)
    window.trunks.choose("gateway")
    window.trunks.delete_button.click()
    await settle()
    assert list(engine.tables["trunk"]) == ["branch"]


async def test_empty_and_search(window: MainWindow, engine: FakeEngine) -> None:
    page = window.trunks
    window.show_page("trunks")
    assert page.list.currentWidget() is page.empty
    asked: list[bool] = []
    page.add_requested.disconnect()
    page.add_requested.connect(lambda: asked.append(True))
    page.empty.button.click()
    assert asked == [True]
    await shown(window, engine)
    page.search.setText("nothing like it")
    page.empty.button.click()
    assert page.model.rowCount() == 2
