"""The live table of calls."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.events import CallState
from tests.support.fake_engine import NOW, call_view
from ui.models.calls import LINGER_SECONDS, CallsModel


def test_an_ended_call_lingers_and_goes(qt: QApplication) -> None:
    now = NOW
    model = CallsModel(now=lambda: now)
    model.follow(call_view(1))
    model.follow(call_view(2, CallState.TALKING, answered_at=NOW, connected="101"))
    model.flush()
    assert model.live() == 2
    model.follow(call_view(1, CallState.ENDED, ended_at=NOW, outcome="busy"))
    model.tick()
    model.flush()
    assert model.rowCount() == 2
    assert model.live() == 1
    now = NOW + LINGER_SECONDS
    model.tick()
    model.flush()
    assert [row.id for row in model.shown_rows()] == [2]


def test_columns_tell_the_call(qt: QApplication) -> None:
    model = CallsModel(now=lambda: NOW + 75)
    model.load(
        [
            call_view(
                1,
                CallState.TALKING,
                caller_name="Li",
                answered_at=NOW,
                connected="101",
                media="relay",
                codec="PCMA",
            )
        ]
    )
    shown = [model.index(0, column).data() for column in range(6)]
    assert shown == ["Talking", "100 · Li", "101", "101", "1:15", "Relayed · PCMA"]


def test_an_ended_call_tells_its_outcome(qt: QApplication) -> None:
    model = CallsModel(now=lambda: NOW)
    model.load([call_view(1, CallState.ENDED, outcome="no_answer")])
    assert model.index(0, 0).data() == "No answer"
    assert model.live() == 0
