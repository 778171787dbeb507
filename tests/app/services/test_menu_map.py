"""The map of the menus: doors, entrances, and what is wrong."""

from __future__ import annotations

from app.services.directory import Directory, Extension
from app.services.extension_rules import Forwards
from app.services.menu import Menu
from app.services.menu_map import Door, MenuView, draw
from app.services.ring_group import RingGroup
from app.services.routing_tables import CalledRule, DidRoute, RouteKind
from tests.support.dial_plans import MONDAY_MORNING, directory, line

EXTENSIONS = (Extension(number="100", description="Front desk"), Extension(number="109", enabled=False))
MAIN = Menu(
    name="main",
    keys={"0": "hangup", "*": "back", "1": "menu:sales", "2": "100", "3": "9123", "4": "voicemail:100"},
    operator="extension:100",
    time_condition="office",
    else_destination="800",
)
SALES = Menu(name="sales", description="Sales", number="800", keys={"1": "extension:109", "2": "555"})
LONELY = Menu(name="lonely", direct_dial=False)


def house(*records: object, menus: tuple[Menu, ...] = (MAIN, SALES, LONELY)) -> Directory:
    return directory(*EXTENSIONS, line(), *records).of_menus({each.name: each for each in menus})


def of(directory: Directory, name: str, known: frozenset[str] | None = None) -> MenuView:
    views = draw(directory, MONDAY_MORNING, (lambda _: True) if known is None else known.__contains__)
    return next(view for view in views if view.name == name)


def codes(view: MenuView) -> list[tuple[str, str]]:
    return [(each.code, each.field) for each in view.problems]


def test_doors_stand_in_the_order_of_the_keys() -> None:
    assert of(house(), "main").doors == (
        Door(by="1", kind="menu", target="sales", name="Sales"),
        Door(by="2", kind="extension", target="100", name="Front desk"),
        Door(by="3", kind="number", target="9123"),
        Door(by="4", kind="voicemail", target="100", name="Front desk"),
        Door(by="*", kind="back"),
        Door(by="0", kind="hangup"),
        Door(by="operator", kind="extension", target="100", name="Front desk"),
        Door(by="closed", kind="menu", target="sales", name="Sales"),
    )


def test_ring_groups_are_doors_and_lead_to_menus() -> None:
    group = RingGroup(number="600", description="Sales", on_no_answer="menu:alone")
    alone = Menu(name="alone", keys={"1": "600", "2": "group:600", "3": "group:601"})
    there = house(menus=(alone,)).replaced(ring_groups={"600": group})
    view = of(there, "alone")
    assert view.entrances == (("ring_group", "600"),)
    assert view.doors == (
        Door(by="1", kind="group", target="600", name="Sales"),
        Door(by="2", kind="group", target="600", name="Sales"),
        Door(by="3", kind="group", target="601", is_broken=True),
    )


def test_what_leads_nowhere_is_seen() -> None:
    view = of(house(), "sales")
    assert [door.is_broken for door in view.doors] == [True, True]
    assert codes(view) == [("leads_nowhere", "1"), ("leads_nowhere", "2")]
    assert codes(of(house(), "lonely")) == [("unreachable", ""), ("nothing_to_choose", "")]


def test_a_menu_is_reached_from_outside_or_by_another_that_is() -> None:
    assert not of(house(), "main").is_reachable
    there = house(line("telecom", incoming_to="menu:main"))
    assert of(there, "main").is_reachable
    assert of(there, "main").entrances == (("line", "telecom"),)
    assert of(there, "sales").is_reachable  # it has a number, and a key of main leads there


def test_everything_that_may_lead_to_a_menu_counts() -> None:
    alone = Menu(name="alone")
    ways: tuple[tuple[object, tuple[str, str]], ...] = (
        (DidRoute(number="025", destination="menu:alone"), ("did_route", "025")),
        (DidRoute(number="025", destination="1", else_destination="menu:alone"), ("did_route", "025")),
        (
            CalledRule(id="7", route_kind=RouteKind.SERVICE, route_target="menu:alone"),
            ("called_rule", "7"),
        ),
        (Extension(number="101", forwards=Forwards(busy="menu:alone")), ("extension", "101")),
    )
    for record, entrance in ways:
        assert of(house(record, menus=(alone,)), "alone").entrances == (entrance,)
    off = CalledRule(id="7", route_kind=RouteKind.SERVICE, route_target="menu:alone", enabled=False)
    assert of(house(off, menus=(alone,)), "alone").entrances == ()
    numbered = Menu(name="alone", number="800")
    assert of(house(menus=(numbered,)), "alone").entrances == (("menu", "alone"),)
    by_number = DidRoute(number="025", destination="800")
    assert ("did_route", "025") in of(house(by_number, menus=(numbered,)), "alone").entrances


def test_a_menu_with_a_number_is_reached_by_dialling_in_another() -> None:
    there = house(line("telecom", incoming_to="menu:main"), menus=(Menu(name="main"), SALES))
    assert of(there, "sales").is_reachable


def test_recordings_that_are_missing_are_named() -> None:
    known = frozenset({"menu-greeting", "menu-goodbye", "menu-timeout"})
    view = of(house(menus=(Menu(name="main", number="8", timeout_prompt="mine"),)), "main", known)
    assert [(each.field, each.value) for each in view.problems] == [
        ("invalid_prompt", "menu-invalid"),
        ("timeout_prompt", "mine"),
    ]
    closed = Menu(name="main", number="8", time_condition="office")
    assert ("prompt_missing", "closed_prompt") in codes(of(house(menus=(closed,)), "main", known))
    silent = Menu(name="main", number="8", prompt="", invalid_prompt="")
    assert codes(of(house(menus=(silent,)), "main", known)) == []
