"""The table of SIP trunks."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.events import TrunkState
from tests.support.fake_engine import trunk_view
from ui.models.trunks import TrunkRow, TrunksModel


def test_an_event_keeps_the_limits(qt: QApplication) -> None:
    model = TrunksModel()
    model.replace(
        [TrunkRow(view=trunk_view("a"), address="203.0.113.9:5060", max_incoming=0, max_outgoing=2)]
    )
    model.follow(trunk_view("a", TrunkState.UNREACHABLE, calls_out=2))
    model.follow(trunk_view("b", TrunkState.DISABLED))
    model.flush()
    assert [column.text(model.shown_rows()[0]) for column in model.columns[1:5]] == [
        "Unreachable",
        "203.0.113.9:5060",
        "forbidden",
        "2 / 2",
    ]
    assert (model.up(), model.wanted()) == (0, 1)


def test_search(qt: QApplication) -> None:
    model = TrunksModel()
    model.replace(
        [TrunkRow(view=trunk_view("a")), TrunkRow(view=trunk_view("b"), address="branch.example:5060")]
    )
    model.search("BRANCH")
    assert [row.view.name for row in model.shown_rows()] == ["b"]
