"""The page of the dial plan."""

from __future__ import annotations

import pytest

from app.events import RecordChanged
from tests.support.fake_engine import FakeEngine, default_values
from tests.ui.conftest import settle, until
from ui.main_window import MainWindow
from ui.pages.routing import KINDS


@pytest.mark.parametrize("kind", KINDS)
async def test_each_table_has_its_menu_entry(window: MainWindow, kind: str) -> None:
    window.menus.actions[f"{kind}.open"].trigger()
    assert window.page is window.routing
    current = window.routing.current
    assert current is not None
    assert current.kind.name == kind


async def test_a_record_appears(window: MainWindow, engine: FakeEngine) -> None:
    engine.tables["transition"] = {"strip-9": default_values("transition", "strip-9")}
    engine.publish(RecordChanged("transition", "strip-9", "added"))
    model = window.routing.lists["transition"].model
    await until(lambda: model.rowCount() == 1)


async def test_find_goes_where_it_is_wanted(window: MainWindow) -> None:
    window.activateWindow()
    window.menus.actions["tracer.open"].trigger()
    assert window.routing.current is None
    assert window.focusWidget() is window.routing.tracer.dialled
    window.routing.show_kind("did_route")
    window.routing.go_to_search()
    assert window.focusWidget() is window.routing.lists["did_route"].search
    await settle()
