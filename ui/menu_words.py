"""The words of the attendant's map: what a door does, what is wrong with a menu, who leads to it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.api import records
from app.api.menus import Door, MenuView, Problem
from ui import texts
from ui.marks import mark
from ui.widgets.destination_edit import place_name

_SENTENCES: dict[str, str] = {
    "unreachable": mark("menu_words", "Nothing leads here yet."),
    "prompt_missing": mark("menu_words", "There is no recording “{value}” ({field})."),
    "leads_nowhere": mark("menu_words", "{field} leads nowhere: there is no {value}."),
    "nothing_to_choose": mark("menu_words", "Callers have nothing to choose from."),
}
_DOORS = {"operator": mark("menu_words", "Operator"), "closed": mark("menu_words", "Closed")}


def said_of(text: str) -> str:
    """One of the words above in the user's language."""
    return QCoreApplication.translate("menu_words", text)


def key_name(by: str) -> str:
    """A key as it is printed on a telephone, or which other door it is."""
    return said_of(_DOORS[by]) if by in _DOORS else by


def door_text(door: Door) -> str:
    """Where a door leads: `Extension 102 Workshop`."""
    if not door.target:
        return place_name(door.kind)
    kind = "" if door.kind == "number" else place_name(door.kind)
    place = " ".join(filter(None, (kind, door.target)))
    return f"{place} – {door.name}" if door.name else place


def problem_text(problem: Problem) -> str:
    """What is wrong, as a sentence."""
    field = problem.field
    declared = records.kind("menu").field(field)
    if declared is not None and problem.code == "prompt_missing":
        field = texts.field_text(declared.label)
    elif problem.code == "leads_nowhere":
        is_key = field not in _DOORS
        field = said_of(mark("menu_words", "Key {key}")).format(key=field) if is_key else key_name(field)
    return said_of(_SENTENCES[problem.code]).format(field=field, value=problem.value)


def entrances_text(view: MenuView) -> str:
    """Who leads to a menu from outside the menus; empty where nobody does."""
    found = []
    for kind, key in dict.fromkeys(view.entrances):
        if kind == "menu":
            found.append(said_of(mark("menu_words", "dialled as {number}")).format(number=view.number))
        else:
            found.append(f"{texts.field_text(records.kind(kind).label)} {key}")
    if len(found) > 2:
        found[2:] = ["…"]
    return said_of(mark("menu_words", "From: {places}")).format(places=", ".join(found)) if found else ""
