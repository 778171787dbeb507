"""Where the attendant's menus stand in the picture: a pure function of the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.api.menus import MenuView

WIDTH, HEAD, ROW, FOOT = 264.0, 48.0, 24.0, 22.0  # of a card, in pixels
_ACROSS, _BELOW = 90.0, 30.0  # between cards


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card stands."""

    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Edge:
    """A door that leads to another card: from row `row` of one to another."""

    start: str
    row: int
    end: str


def height_of(view: MenuView) -> float:
    """How tall a card is: its head, a row a door, a line a problem, and one for who leads there."""
    lines = len(view.problems) + bool(view.entrances)
    return HEAD + ROW * len(view.doors) + FOOT * lines + 8


def columns(views: Sequence[MenuView]) -> list[list[str]]:
    """The names by how many menus lie before them; those that nothing leads to begin at the left too."""
    known = {view.name: view for view in views}
    begun = [view.name for view in views if view.entrances] or [view.name for view in views[:1]]
    depth: dict[str, int] = {}
    ahead = [(name, 0) for name in begun]
    while True:
        while ahead:
            name, steps = ahead.pop(0)
            if name in depth:
                continue
            depth[name] = steps
            ahead += [
                (door.target, steps + 1)
                for door in known[name].doors
                if door.target in known and door.kind == "menu"
            ]
        rest = [view.name for view in views if view.name not in depth]
        if not rest:
            break
        named = {
            door.target
            for name in rest
            for door in known[name].doors
            if door.kind == "menu" and door.target != name
        }
        first = next((name for name in rest if name not in named), rest[0])
        ahead = [(first, 0)]
    found: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for name, steps in depth.items():
        found[steps].append(name)
    return found


def arrange(views: Sequence[MenuView]) -> tuple[dict[str, Place], tuple[Edge, ...]]:
    """The places of all cards, and the edges between them."""
    known = {view.name: view for view in views}
    places: dict[str, Place] = {}
    for column, names in enumerate(columns(views)):
        y = 0.0
        for name in names:
            height = height_of(known[name])
            places[name] = Place(column * (WIDTH + _ACROSS), y, height)
            y += height + _BELOW
    edges = tuple(
        Edge(view.name, row, door.target)
        for view in views
        for row, door in enumerate(view.doors)
        if door.kind == "menu" and door.target in known
    )
    return places, edges
