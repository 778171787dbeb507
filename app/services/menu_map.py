"""The attendant's menus as a map: what each leads to, who gets there, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from app.services.actions import OpenMenu, Refuse
from app.services.dial_plan import decide_chosen
from app.services.dial_plan_query import Party, PartyKind, Query
from app.services.directory import Directory
from app.services.menu import KeyWord, Menu
from app.services.routing_tables import RouteKind

_WORDS = frozenset(each.value for each in KeyWord)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One way on from a menu. `by` is a key, or operator or closed.

    `kind` is menu, extension, voicemail, conference, group, number, or a key's word; `target` is where to.
    """

    by: str
    kind: str
    target: str = ""
    name: str = ""  # what people call the target: an extension's or a menu's description
    is_broken: bool = False  # it leads nowhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something the administrator should see. The code says what; `field` and `value` where."""

    code: str  # unreachable | prompt_missing | leads_nowhere | nothing_to_choose
    field: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuView:
    """One menu on the map; `entrances` are the records outside the menus that lead to it: (kind, key)."""

    name: str
    description: str
    number: str
    doors: tuple[Door, ...]
    entrances: tuple[tuple[str, str], ...]
    is_reachable: bool
    problems: tuple[Problem, ...]


def draw(
    directory: Directory, at: datetime, has_prompt: Callable[[str], bool] = lambda _: True
) -> tuple[MenuView, ...]:
    """Make the map. `has_prompt` tells whether there is a recording of a name."""
    entrances: dict[str, list[tuple[str, str]]] = {name: [] for name in directory.menus}
    for kind, key, destination in _ways_in(directory):
        name = _menu_of(directory, destination)
        if name in entrances:
            entrances[name].append((kind, key))
    doors = {name: _doors(directory, menu, at) for name, menu in directory.menus.items()}
    reached = _reached(directory, {name for name, found in entrances.items() if found}, doors)
    return tuple(
        MenuView(
            name=name,
            description=menu.description,
            number=menu.number,
            doors=doors[name],
            entrances=tuple(entrances[name]),
            is_reachable=name in reached,
            problems=tuple(_problems(menu, doors[name], has_prompt, is_reachable=name in reached)),
        )
        for name, menu in directory.menus.items()
    )


def _ways_in(directory: Directory) -> Iterator[tuple[str, str, str]]:
    """Every destination outside the menus: kind, key, destination."""
    for line in directory.lines.values():
        yield "line", line.name, line.incoming_to
    for route in directory.routing.did_routes.records.values():
        yield "did_route", route.number, route.destination
        yield "did_route", route.number, route.else_destination
    for rule in directory.routing.called_rules.records.values():
        if rule.enabled and rule.route_kind is RouteKind.SERVICE:
            yield "called_rule", rule.id, rule.route_target
    for extension in directory.extensions.values():
        forwards = extension.forwards
        for destination in (forwards.always, forwards.busy, forwards.no_answer, forwards.offline):
            yield "extension", extension.number, destination
    for number, group in directory.ring_groups.items():
        yield "ring_group", number, group.on_no_answer
    for name, menu in directory.menus.items():
        if menu.number:
            yield "menu", name, f"menu:{name}"


def _menu_of(directory: Directory, destination: str) -> str:
    kind, colon, key = destination.partition(":")
    if colon:
        return key if kind == "menu" else ""
    return directory.menu_numbers.get(destination, "")


def _reached(directory: Directory, begun: set[str], doors: dict[str, tuple[Door, ...]]) -> set[str]:
    reached: set[str] = set()
    ahead = list(begun)
    while ahead:
        name = ahead.pop()
        if name in reached:
            continue
        reached.add(name)
        ahead += [door.target for door in doors[name] if door.kind == "menu" and door.target in doors]
        if directory.menus[name].direct_dial:
            ahead += directory.menu_numbers.values()
    return reached


def _doors(directory: Directory, menu: Menu, at: datetime) -> tuple[Door, ...]:
    found = [_door(directory, key, what, at) for key, what in sorted(menu.keys.items(), key=_by_keypad)]
    if menu.operator:
        found.append(_door(directory, "operator", menu.operator, at))
    if menu.else_destination:
        found.append(_door(directory, "closed", menu.else_destination, at))
    return tuple(found)


def _by_keypad(key: tuple[str, str]) -> int:
    return "123456789*0#".index(key[0])


def _door(directory: Directory, by: str, what: str, at: datetime) -> Door:
    if what in _WORDS:
        return Door(by=by, kind=what)
    party = Party(PartyKind.LINE, "")
    action = decide_chosen(directory, Query(party, what, at))
    is_broken = isinstance(action, Refuse) and action.status in (404, 484)
    kind, colon, target = what.partition(":")
    if not colon:
        menu = action.name if isinstance(action, OpenMenu) else ""
        kind, target = ("menu", menu) if menu else (_kind_of(directory, what), what)
    return Door(by=by, kind=kind, target=target, name=_called(directory, kind, target), is_broken=is_broken)


def _kind_of(directory: Directory, number: str) -> str:
    if number in directory.extensions:
        return "extension"
    return "group" if number in directory.ring_groups else "number"


def _called(directory: Directory, kind: str, target: str) -> str:
    if kind == "group":
        group = directory.ring_groups.get(target)
        return group.description if group is not None else ""
    if kind == "menu":
        menu = directory.menus.get(target)
        return menu.description if menu is not None else ""
    extension = directory.extension(target) if kind in ("extension", "voicemail") else None
    return extension.description if extension is not None else ""


def _problems(
    menu: Menu, doors: tuple[Door, ...], has_prompt: Callable[[str], bool], *, is_reachable: bool
) -> Iterator[Problem]:
    if not is_reachable:
        yield Problem(code="unreachable")
    prompts = ["prompt", "invalid_prompt", "timeout_prompt", "goodbye_prompt"]
    if menu.time_condition:
        prompts.append("closed_prompt")
    for field in prompts:
        name = getattr(menu, field)
        if name and not has_prompt(name):
            yield Problem(code="prompt_missing", field=field, value=name)
    for door in doors:
        if door.is_broken:
            yield Problem(code="leads_nowhere", field=door.by, value=door.target)
    if not menu.keys and not menu.direct_dial and not menu.operator:
        yield Problem(code="nothing_to_choose")
