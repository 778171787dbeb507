"""Lists of records in tabs."""

from __future__ import annotations

from tests.support.fake_engine import FakeEngine
from tests.ui.conftest import settle
from ui.bridge import Bridge
from ui.pages.record_tabs import RecordTabsPage


async def test_tabs_are_loaded_and_found(
    bridge: Bridge, engine: FakeEngine, reported: list[Exception]
) -> None:
    page = RecordTabsPage(bridge, reported.append, ("extension", "ip_rule"))
    page.retranslate()
    page.start()
    await settle()
    assert page.lists["extension"].model.rowCount() == 3
    assert [page.tabs.tabText(place) for place in range(2)] == ["Extensions", "IP address black/white list"]
    page.show_kind("ip_rule")
    assert page.current is page.lists["ip_rule"]
    page.go_to_search()
    page.deleteLater()
    await settle()
    assert reported == []
