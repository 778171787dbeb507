"""The keys of a menu, edited."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.errors import UserError
from tests.support.fake_engine import default_values
from ui.pages.attendant_keys import AttendantKeys

VALUES = default_values("menu", "main") | {
    "key_1": "menu:sales",
    "key_hash": "repeat",
    "operator": "100",
    "direct_dial": False,
}


@pytest.fixture
def keys(qt: QApplication) -> AttendantKeys:
    made = AttendantKeys()
    made.set_targets({"extension": [("100", "Reception")], "menu": [("sales", "")], "number": []})
    made.set_values(VALUES)
    return made


def test_they_hold_what_is_saved(keys: AttendantKeys) -> None:
    found = keys.values()
    assert len(found) == 14
    assert found == {name: VALUES[name] for name in found}


def test_a_change_is_told(keys: AttendantKeys) -> None:
    edits: list[int] = []
    keys.edited.connect(lambda: edits.append(1))
    keys.direct_dial.toggle()
    keys.editors["key_2"].kind.setCurrentIndex(2)
    assert len(edits) == 2
    assert keys.values()["direct_dial"] is True


def test_the_first_mistake_is_said(keys: AttendantKeys) -> None:
    wrong = UserError("routing.destination", "Key 1: “menu:” is no destination.", field="key_1")
    assert keys.show_errors([wrong, UserError("menu.prompt", "Greeting …", field="prompt")])
    assert keys.editors["key_1"].kind.property("invalid") is True
    assert keys._problem.text()
    assert not keys.show_errors([])
    assert keys._problem.isHidden()


def test_each_key_has_a_name_for_those_who_do_not_see_it(keys: AttendantKeys) -> None:
    assert keys.editors["key_star"].kind.accessibleName() == "Key *"
    assert keys.editors["operator"].kind.accessibleName() == "Operator"
