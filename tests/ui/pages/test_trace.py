"""The page of the SIP trace."""

from __future__ import annotations

from app.api.trace import TraceFilter
from app.events import TraceGrew
from tests.support.fake_engine import FakeEngine, message
from tests.ui.conftest import settle, until
from ui.main_window import MainWindow


def ids(window: MainWindow) -> list[int]:
    return [row.id for row in window.trace.model.shown_rows()]


async def test_it_follows_what_comes(window: MainWindow, engine: FakeEngine) -> None:
    engine.hear(message(1), message(2, "200 OK"))
    await until(lambda: ids(window) == [1, 2])
    engine.hear(message(3))
    await until(lambda: ids(window) == [1, 2, 3])


async def test_pause_and_go_on(window: MainWindow, engine: FakeEngine) -> None:
    page = window.trace
    page.pause_button.click()
    assert page.pause_button.text() == "Paused"
    engine.hear(message(1))
    await settle()
    assert ids(window) == []
    page.pause_button.click()
    await until(lambda: ids(window) == [1])


async def test_filters_are_asked_of_the_capture(window: MainWindow, engine: FakeEngine) -> None:
    page = window.trace
    engine.hear(message(1, user="100"), message(2, "BYE", user="200"), message(3, user="200"))
    await until(lambda: len(ids(window)) == 3)
    page.extension.setText("200")
    await until(lambda: ids(window) == [2, 3])
    page.method.setCurrentText("BYE")
    await until(lambda: ids(window) == [2])
    engine.hear(message(4, user="200"), message(5, "BYE", user="200"))
    await until(lambda: ids(window) == [2, 5])
    page.text.setText("x-number: 5")
    await until(lambda: ids(window) == [5])
    page.text.setText("not there")
    await until(lambda: page.list.currentWidget() is page.empty)
    page.empty.button.click()
    await until(lambda: len(ids(window)) == 5)
    assert page.filter == TraceFilter()


async def test_a_filter_that_matches_nothing_new_does_not_ask_for_it_again(
    window: MainWindow, engine: FakeEngine
) -> None:
    page = window.trace
    page.extension.setText("999")
    await until(lambda: not page._rest.isActive())
    engine.hear(message(1), message(2))
    await settle()
    engine.asked.clear()
    engine.publish(TraceGrew(2))
    await settle()
    assert engine.asked == []


async def test_clear_forgets(window: MainWindow, engine: FakeEngine) -> None:
    engine.hear(message(1))
    await until(lambda: ids(window) == [1])
    window.trace.clear_button.click()
    await until(lambda: ids(window) == [])
    assert not window.trace.export_button.isEnabled()


async def test_only_one_call_and_all_again(window: MainWindow, engine: FakeEngine) -> None:
    engine.hear(message(1, call_id="a"), message(2, call_id="b"))
    await until(lambda: len(ids(window)) == 2)
    window.show_page("trace")
    window.trace.table.selectRow(1)
    window.trace.details.only.click()
    await until(lambda: ids(window) == [2])
    assert not window.trace.call.isHidden()
    window.trace.call.click()
    await until(lambda: len(ids(window)) == 2)
    assert window.trace.call.isHidden()


async def test_choosing_an_older_message_ends_following(window: MainWindow, engine: FakeEngine) -> None:
    engine.hear(message(1), message(2))
    await until(lambda: len(ids(window)) == 2)
    window.trace.table.selectRow(0)
    assert not window.trace.follow_button.isChecked()


async def test_one_call_has_all_its_legs_also_those_that_join(window: MainWindow, engine: FakeEngine) -> None:
    engine.hear(message(1, call_id="a"), message(2, call_id="b"), message(3, call_id="other"))
    engine.legs = {"b": ("a", "b")}
    await until(lambda: len(ids(window)) == 3)
    window.trace.table.selectRow(1)
    window.trace.details.only.click()
    await until(lambda: ids(window) == [1, 2])
    assert window.trace.filter == TraceFilter(call_ids=("a", "b"))
    engine.legs = {"b": ("a", "b", "c")}
    engine.hear(message(4, call_id="c"), message(5, call_id="other"), message(6, call_id="c"))
    await until(lambda: ids(window) == [1, 2, 4, 6])
    window.trace.call.click()
    await until(lambda: len(ids(window)) == 6)
    assert window.trace.filter == TraceFilter()
