"""The page of the past calls."""

from __future__ import annotations

import pytest

from app.events import CallRecorded
from tests.support.fake_engine import FakeEngine, record_view
from tests.ui.conftest import settle, until
from ui.main_window import MainWindow
from ui.pages import call_records as page_module


async def test_filters(window: MainWindow, engine: FakeEngine) -> None:
    engine.past = [record_view(1), record_view(2, "busy"), record_view(3, caller="555")]
    page = window.records
    window.show_page("records")
    page.reload()
    await settle()
    assert [row.id for row in page.model.shown_rows()] == [3, 2, 1]
    assert page.shown_count.text() == "3 calls shown"
    page.result.setCurrentIndex(2)
    await until(lambda: [row.id for row in page.model.shown_rows()] == [2])
    page.show_number("555")
    await until(lambda: [row.id for row in page.model.shown_rows()] == [3])
    page.search.setText("nobody")
    await until(lambda: page.list.currentWidget() is page.empty)
    page.empty.button.click()
    await until(lambda: page.model.total == 3)
    page.day.setCurrentIndex(1)
    assert page.filter.since is not None


async def test_more_at_the_end(
    window: MainWindow, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "_PAGE", 4)
    engine.past = [record_view(number) for number in range(1, 7)]
    page = window.records
    page.reload()
    await settle()
    assert (page.model.total, page.more.isHidden()) == (4, False)
    page.more.click()
    await settle()
    assert (page.model.total, page.more.isHidden()) == (6, True)


async def test_a_finished_call_appears_by_itself(window: MainWindow, engine: FakeEngine) -> None:
    engine.past = [record_view(1)]
    engine.publish(CallRecorded(1))
    await until(lambda: window.records.model.total == 1)


async def test_details_of_a_relayed_call(window: MainWindow, engine: FakeEngine) -> None:
    leg = page_module.call_records.LegView(
        packets_in=50,
        packets_out=49,
        bytes_in=1,
        bytes_out=1,
        lost=2,
        jitter_ms=1.26,
        sdp_address="",
        source_address="",
    )
    engine.past = [record_view(1, media="relay", legs=(leg, leg))]
    page = window.records
    page.reload()
    await settle()
    page.table.selectRow(0)
    pairs = dict(page.details.pane.pairs)
    assert pairs["Result"] == "Answered (SIP 200)"
    assert "from the caller: 50 packets, 2 lost, jitter 1.3 ms" in pairs["Sound"]
