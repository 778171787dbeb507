"""A destination is two choices, and stays the text it was."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ui.translations import Translations
from ui.widgets.destination_edit import OPERATOR_IF_ANY, DestinationEdit

TARGETS = {
    "extension": [("100", "Reception"), ("101", "")],
    "menu": [("sales", "Sales")],
    "voicemail": [("100", "Reception")],
    "number": [("100", "Reception")],
}


@pytest.fixture
def edit(qt: QApplication) -> DestinationEdit:
    made = DestinationEdit(with_words=True)
    made.set_targets(TARGETS)
    return made


@pytest.mark.parametrize(
    "destination",
    [
        *("", "100", "9123456", "extension:100", "extension:555", "menu:sales", "menu:gone", "voicemail:100"),
        *("conference:7", "repeat", "back", "operator", "name", "hangup", "*98"),
    ],
)
def test_what_is_set_is_what_is_held(edit: DestinationEdit, destination: str) -> None:
    edits: list[int] = []
    edit.edited.connect(lambda: edits.append(1))
    edit.set_value(destination)
    assert edit.value() == destination
    edit.set_targets(TARGETS)
    assert edit.value() == destination
    assert edits == []


def test_choosing_and_typing(edit: DestinationEdit) -> None:
    edits: list[int] = []
    edit.edited.connect(lambda: edits.append(1))
    edit.kind.setCurrentIndex(edit.kind.findData("extension"))
    assert edit.value() == "extension:"
    edit.target.setCurrentIndex(0)
    assert edit.value() == "extension:100"
    edit.target.setEditText("101")
    assert edit.value() == "extension:101"
    edit.kind.setCurrentIndex(edit.kind.findData("hangup"))
    assert edit.value() == "hangup"
    assert edit.target.isHidden()
    edit.kind.setCurrentIndex(edit.kind.findData("extension"))
    assert edit.value() == "extension:101"  # what stood there comes back
    assert edits


def test_without_words_there_are_none(qt: QApplication) -> None:
    made = DestinationEdit()
    assert made.kind.findData("repeat") < 0
    made.set_value("100")
    assert made.value() == "100"


def test_texts(edit: DestinationEdit, translations: Translations) -> None:
    edit.set_name("Key 1")
    assert edit.kind.accessibleName() == "Key 1"
    assert edit.target.accessibleName() == "Key 1: which one"
    zero = DestinationEdit(nothing=OPERATOR_IF_ANY)
    assert zero.kind.itemText(0) == "The operator, if there is one"
    translations.use("zh_CN")
    edit.retranslate()
    assert edit.kind.itemText(edit.kind.findData("menu")) == "菜单"


def test_a_problem_is_marked(edit: DestinationEdit) -> None:
    edit.show_problem("There is no extension 555.")
    assert edit.kind.property("invalid") is True
    assert edit.target.toolTip() == "There is no extension 555."
    edit.show_problem("")
    assert edit.kind.property("invalid") is False
