"""The table of past calls."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from tests.support.fake_engine import record_view
from ui.models.call_records import CallRecordsModel, sound


def test_a_row_tells_the_call(qt: QApplication) -> None:
    model = CallRecordsModel()
    model.replace([record_view(1), record_view(2, "busy", media="none", codec="")])
    busy, answered = ([model.index(line, column).data() for column in range(1, 8)] for line in range(2))
    assert answered == ["100", "101", "Answered", "101", "1:05", "200", "Direct · PCMU"]
    assert busy == ["100", "101", "Busy", "", "", "486", ""]


def test_sound_of_a_call_without_any(qt: QApplication) -> None:
    assert sound(record_view(1, media="none", codec="")) == ""
