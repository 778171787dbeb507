"""The table of traced messages."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.fake_engine import message
from ui.models import trace
from ui.models.trace import TraceModel, message_tone
from ui.theme import Tone


def test_the_oldest_go_above_the_cap(qt: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trace, "CAP", 10)
    model = TraceModel()
    model.append(message(number).row for number in range(1, 9))
    model.append(message(number).row for number in range(9, 16))
    assert [row.id for row in model.shown_rows()] == list(range(6, 16))
    assert model.newest == 15


def test_without_rows_nothing_is_newest(qt: QApplication) -> None:
    assert TraceModel().newest == 0


@pytest.mark.parametrize(
    ("title", "meaning"),
    [
        ("INVITE", None),
        ("100 Trying", Tone.QUIET),
        ("200 OK", Tone.GOOD),
        ("401 Unauthorized", Tone.WAIT),
        ("486 Busy Here", Tone.BAD),
        ("603 Decline", Tone.BAD),
    ],
)
def test_colour_of_a_message(title: str, meaning: Tone | None) -> None:
    assert message_tone(title) is meaning
