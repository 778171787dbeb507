"""The live table of extensions."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.events import ExtensionChanged, ExtensionState
from tests.support.fake_engine import binding
from ui.models.extensions import ExtensionRow, ExtensionsModel, number_order


def row(number: str, state: ExtensionState = ExtensionState.OFF, description: str = "") -> ExtensionRow:
    return ExtensionRow(number=number, description=description, state=state, bindings=())


def test_numbers_sort_as_people_do() -> None:
    assert sorted(["1000", "99", "*21", "100", "+4930"], key=number_order) == [
        "99",
        "100",
        "1000",
        "+4930",
        "*21",
    ]


def test_an_event_changes_state_and_devices_and_keeps_the_description(qt: QApplication) -> None:
    model = ExtensionsModel()
    model.replace([row("100", description="Desk")])
    device = binding("100", "Phone X")
    model.follow(ExtensionChanged(number="100", state=ExtensionState.TALKING, bindings=(device,)))
    model.follow(ExtensionChanged(number="777", state=ExtensionState.IDLE, bindings=()))
    model.flush()
    shown = [[model.index(line, column).data() for column in range(5)] for line in range(2)]
    assert shown[0] == ["100", "Desk", "Talking", "127.0.0.9:5060", "Phone X"]
    assert shown[1][:3] == ["777", "", "Idle"]
    assert model.registered() == 2


def test_each_state_has_a_word_a_tone_and_an_icon(qt: QApplication) -> None:
    model = ExtensionsModel()
    model.replace([row(str(place), state) for place, state in enumerate(ExtensionState)])
    state = model.columns[2]
    for line in model.all_rows():
        assert state.text(line)
        assert state.tone is not None
        assert state.tone(line)
        assert state.icon is not None
        assert state.icon(line)
    assert len({state.text(line) for line in model.all_rows()}) == 4


def test_search_looks_in_every_column(qt: QApplication) -> None:
    model = ExtensionsModel()
    model.replace([row("100", description="Front desk"), row("101", ExtensionState.IDLE)])
    for text, found in (
        ("front", ["100"]),
        ("101", ["101"]),
        ("IDLE", ["101"]),
        ("zzz", []),
        ("", ["100", "101"]),
    ):
        model.search(text)
        assert [line.number for line in model.shown_rows()] == found
