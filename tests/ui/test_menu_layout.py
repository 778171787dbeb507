"""The cards stand in columns, by how many menus lie before them."""

from __future__ import annotations

from itertools import pairwise

from app.api.menus import Door, MenuView, Problem
from ui.menu_layout import FOOT, HEAD, ROW, WIDTH, Edge, arrange, columns, height_of


def view(name: str, *targets: str, entrance: bool = False, problems: int = 0) -> MenuView:
    doors = tuple(Door(by=str(place), kind="menu", target=each) for place, each in enumerate(targets, 1))
    return MenuView(
        name=name,
        description="",
        number="",
        doors=doors,
        entrances=(("line", "telecom"),) if entrance else (),
        is_reachable=True,
        problems=(Problem(code="unreachable"),) * problems,
    )


def test_a_menu_stands_behind_those_that_lead_to_it() -> None:
    views = (view("c"), view("a", "b", "c", entrance=True), view("b", "c", "a"))
    assert columns(views) == [["a"], ["c", "b"]] or columns(views) == [["a"], ["b", "c"]]


def test_what_nothing_leads_to_begins_at_the_left() -> None:
    views = (view("a", "b", entrance=True), view("b"), view("lost", "more"), view("more"))
    assert columns(views) == [["a", "lost"], ["b", "more"]]


def test_circles_and_none_at_all() -> None:
    assert columns(()) == []
    assert columns((view("a", "a"),)) == [["a"]]
    circle = (view("start", entrance=True), view("a", "b"), view("b", "a"))
    assert sorted(name for column in columns(circle) for name in column) == ["a", "b", "start"]


def test_cards_do_not_cover_each_other() -> None:
    views = (view("a", "b", "c", "b", entrance=True), view("b", "c", problems=2), view("c"), view("d"))
    places, edges = arrange(views)
    assert edges == (
        Edge("a", 0, "b"),
        Edge("a", 1, "c"),
        Edge("a", 2, "b"),
        Edge("b", 0, "c"),
    )
    for x in {place.x for place in places.values()}:
        column = sorted((place for place in places.values() if place.x == x), key=lambda place: place.y)
        assert all(first.y + first.height < last.y for first, last in pairwise(column))
    across = sorted({place.x for place in places.values()})
    assert all(last - first > WIDTH for first, last in pairwise(across))


def test_a_door_to_a_menu_that_is_gone_has_no_line() -> None:
    assert arrange((view("a", "gone"),))[1] == ()


def test_a_card_has_a_line_for_each_thing_on_it() -> None:
    plain = height_of(view("a"))
    assert plain > HEAD
    assert height_of(view("a", "b", "c")) == plain + 2 * ROW
    assert height_of(view("a", entrance=True, problems=2)) == plain + 3 * FOOT
