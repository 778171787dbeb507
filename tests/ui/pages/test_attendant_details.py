"""One menu in full: what is changed, checked and sent."""

from __future__ import annotations

from typing import Any

import pytest

from app.api.menus import MenuView, Problem
from app.errors import UserError
from tests.support.fake_engine import FakeEngine, default_values
from tests.ui.conftest import settle
from ui.bridge import Bridge
from ui.errands import Errands
from ui.pages.attendant_details import AttendantDetails


@pytest.fixture
async def details(bridge: Bridge, engine: FakeEngine, reported: list[Exception]) -> AttendantDetails:
    engine.tables["menu"] = {"main": default_values("menu", "main") | {"operator": "100"}}
    made = AttendantDetails(bridge, Errands(reported.append))
    made.show_menu(engine.tables["menu"]["main"])
    made.offer(["menu-greeting", "mine"], ["office"])
    await settle()
    return made


@pytest.fixture
def sent(details: AttendantDetails) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    details.save_requested.connect(lambda name, values: found.append((name, values)))
    return found


async def test_nothing_is_changed_at_first(details: AttendantDetails) -> None:
    assert details.changed_values() == {}
    assert not details.save.isEnabled()
    assert [details.tabs.tabText(place) for place in range(details.tabs.count())] == [
        "Keys",
        "Basic",
        "What is said",
        "Behaviour",
        "Try it",
    ]


async def test_only_what_was_changed_is_sent(details: AttendantDetails, sent: list[tuple[str, Any]]) -> None:
    details.keys.editors["key_1"].kind.setCurrentIndex(details.keys.editors["key_1"].kind.findData("hangup"))
    details.forms["Behaviour"].editors["tries"].set_value(5)
    details.forms["Behaviour"].edited.emit()
    assert details.save.isEnabled()
    details.save.click()
    assert sent == [("main", {"key_1": "hangup", "tries": "5"})]


async def test_a_mistake_is_shown_where_it_is(details: AttendantDetails, sent: list[tuple[str, Any]]) -> None:
    details.tabs.setCurrentIndex(1)
    menu = details.keys.editors["key_1"].kind
    menu.setCurrentIndex(menu.findData("menu"))
    details.save.click()
    assert details.tabs.currentWidget() is details.keys
    details.revert()
    details.forms["Behaviour"].editors["tries"].set_value("x")
    details.forms["Behaviour"].edited.emit()
    details.save.click()
    assert details.tabs.currentIndex() == 3
    assert sent == []


async def test_what_needs_another_field_is_said(details: AttendantDetails) -> None:
    details.forms["Basic"].editors["else_destination"].set_value("100")
    details.forms["Basic"].edited.emit()
    details.save.click()
    assert details.forms["Basic"].editors["time_condition"].problem


async def test_discarding_shows_what_is_saved(details: AttendantDetails) -> None:
    details.keys.direct_dial.toggle()
    assert details.discard.isEnabled()
    details.discard.click()
    assert details.changed_values() == {}
    assert not details.discard.isEnabled()


async def test_a_refusal_of_the_engine_stands_beside_its_field(details: AttendantDetails) -> None:
    taken = UserError(
        "record.number_taken", "The number 800 is taken.", field="number", number="800", key="x"
    )
    assert details.show_refusal(taken)
    assert details.forms["Basic"].editors["number"].problem
    assert details.show_refusal(UserError("record.reference", "Key 1: there is no menu.", field="key_1"))
    assert details.tabs.currentWidget() is details.keys
    assert not details.show_refusal(UserError("other", "Something else."))


async def test_problems_are_words(details: AttendantDetails) -> None:
    view = MenuView(
        name="main",
        description="",
        number="",
        doors=(),
        entrances=(),
        is_reachable=False,
        problems=(Problem(code="unreachable"),),
    )
    details.show_problems(view)
    assert details.problems.text() == "⚠ Nothing leads here yet."
    details.show_problems(None)
    assert details.problems.isHidden()
