"""The table of external lines."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.events import LineState
from tests.support.fake_engine import line_view
from ui.models.lines import LinesModel


def test_those_out_of_service_are_counted_without_disabled_ones(qt: QApplication) -> None:
    model = LinesModel()
    model.replace([line_view(state.value, state) for state in LineState])
    assert (model.up(), model.wanted()) == (1, 3)


def test_states_sort_by_urgency_and_are_found_by_word(qt: QApplication) -> None:
    model = LinesModel()
    model.replace([line_view(state.value, state) for state in reversed(LineState)])
    model.sort(1)
    assert [row.state for row in model.shown_rows()] == list(LineState)
    model.search("off LINE")
    assert [row.name for row in model.shown_rows()] == ["failed"]
    model.search("")
    assert model.rowCount() == 4
