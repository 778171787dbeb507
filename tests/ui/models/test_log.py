"""The table of the log."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.api.log import LogEntry, LogLevel, LogPlace
from ui.models import log as log_module
from ui.models.log import LogModel, full_text
from ui.theme import Tone, tone


def entry(number: int, level: LogLevel = LogLevel.INFO, text: str = "") -> LogEntry:
    when = f"2026-11-23 15:00:00,{number % 1000:03}"
    return LogEntry(
        place=LogPlace(1, number), time=when, level=level, source="app.test", text=text or str(number)
    )


def shown(model: LogModel) -> list[str]:
    return [row.entry.text for row in model.shown_rows()]


def test_newer_and_older_entries_stand_in_their_order(qt: QApplication) -> None:
    model = LogModel()
    assert model.newest is None
    model.show(map(entry, (10, 11)))
    model.append(map(entry, (12, 13)))
    model.prepend(map(entry, (8, 9)))
    model.prepend(map(entry, (6, 7)))
    model.append([entry(14)])
    assert shown(model) == ["6", "7", "8", "9", "10", "11", "12", "13", "14"]
    last = model.row(8)
    assert last is not None
    assert model.newest == last.number


def test_an_entry_that_has_grown_is_replaced(qt: QApplication) -> None:
    model = LogModel()
    model.show([entry(1)])
    model.append([entry(1, text="1\nTraceback"), entry(2)])
    assert shown(model) == ["1\nTraceback", "2"]
    assert model.index(0, 3).data() == "1"


def test_memory_is_bounded(qt: QApplication) -> None:
    model = LogModel()
    model.show(map(entry, range(10_000, 10_000 + log_module.CAP - 10)))
    assert not model.is_full
    model.prepend(map(entry, range(100)))
    assert model.is_full
    assert shown(model)[:2] == ["90", "91"]
    model.append(map(entry, range(50_000, 50_100)))
    assert model.total == len(model._numbers) == log_module.CAP
    assert shown(model)[-1] == "50099"
    assert "90" not in shown(model)


def test_a_level_is_told_by_word_colour_and_icon(qt: QApplication) -> None:
    model = LogModel()
    model.show(entry(place, level) for place, level in enumerate(LogLevel))
    words = [model.index(row, 1).data() for row in range(5)]
    assert words == ["Detail", "Information", "Warning", "Error", "Grave error"]
    colours = [model.index(row, 1).data(Qt.ItemDataRole.ForegroundRole) for row in range(5)]
    assert colours == [tone(Tone.QUIET), None, tone(Tone.WAIT), tone(Tone.BAD), tone(Tone.BAD)]
    icons = [model.index(row, 1).data(Qt.ItemDataRole.DecorationRole) for row in range(5)]
    assert [bool(icon) for icon in icons] == [False, False, True, True, True]


def test_the_text_of_an_entry_is_the_file_s() -> None:
    line = full_text(entry(7, LogLevel.WARNING, "slow\nvery"))
    assert line == "2026-11-23 15:00:00,007 WARNING app.test: slow\nvery"
