"""The attendant's menus for the window: the map, a path tried without a call, another name for a menu."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.api.dial_plan import way_inside
from app.db.store import KINDS
from app.errors import UserError
from app.services.actions import Action, Attempt, DialOut, OpenMenu
from app.services.announcements import Announcements
from app.services.configuration import Configuration
from app.services.dial_plan_query import Party, PartyKind
from app.services.menu_map import Door, MenuView, Problem, draw
from app.services.menu_walk import MenuWalk, Step
from app.services.spelled_names import SpelledNames
from app.services.time_conditions import zone_of

__all__ = ["Door", "Heard", "MenuView", "Problem", "Trial", "overview", "rename", "try_path"]

SILENCE = ""  # in place of a key: the caller waits


class HasMenus(Protocol):
    """What is needed of a Pbx, running or not."""

    @property
    def configuration(self) -> Configuration:
        """The records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One thing that happens on a path: something is said, a key is pressed, or nothing is.

    `text` is what the announcement `id` says, empty for one's own; `digits` are read out. `is_known`: there
    is a recording.
    """

    menu: str
    id: str = ""
    text: str = ""
    digits: str = ""
    key: str = ""
    is_silence: bool = False
    is_known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a caller went through, and where the call is then.

    `kind` is empty while the menu waits for a key, `waits_s` long; else it is hangup, or where the call goes
    as in `dial_plan.Way`.
    """

    heard: tuple[Heard, ...]
    menu: str
    waits_s: float = 0.0
    kind: str = ""
    name: str = ""
    number: str = ""
    reason: str = ""


async def overview(pbx: HasMenus) -> tuple[MenuView, ...]:
    """All menus, what they lead to, and what is wrong with them."""
    directory, spoken = pbx.configuration.directory, _announcements_of(pbx)
    at = datetime.now().astimezone(zone_of(directory.settings.time_zone))
    return draw(directory, at, spoken.is_known) if spoken is not None else draw(directory, at)


async def try_path(
    pbx: HasMenus, name: str, pressed: Sequence[str], language: str = "en", at: datetime | None = None
) -> Trial:
    """What a caller from outside hears who presses these keys, one after the other; SILENCE = none in time.

    Nobody is called. What is pressed after the talk is over does not count. `language` is the caller's.
    Raises UserError for a menu that is not there.
    """
    directory = pbx.configuration.directory
    if name not in directory.menus:
        raise UserError("menu.unknown", f"There is no attendant menu {name}.", name=name)
    moment = at or datetime.now().astimezone(zone_of(directory.settings.time_zone))
    names = SpelledNames()
    walk = MenuWalk(directory, Party(PartyKind.LINE, ""), lambda: moment, OpenMenu(name), names)
    teller = _Teller(_announcements_of(pbx), language)
    step = walk.begin()
    teller.tell(step)
    for key in pressed:
        if step.is_over:
            break
        teller.pressed(step.menu, key)
        if walk.needs_names:
            await names.prepare_aside(directory.extensions)
        step = walk.press(key) if key else walk.silence()
        teller.tell(step)
    return _trial(step, tuple(teller.heard))


async def rename(pbx: HasMenus, name: str, new_name: str) -> None:
    """Give a menu another name, and change every record that leads to it. Raises UserError."""
    configuration = pbx.configuration
    values = await configuration.store.get("menu", name)
    # Its number is free when the old one is gone.
    await configuration.add("menu", new_name, {**values, "name": new_name.strip(), "number": ""})
    old, new = f"menu:{name}", f"menu:{new_name.strip()}"
    for kind in KINDS.values():
        if "menu" not in kind.refers_to:
            continue
        for record in await configuration.store.list(kind.spec.name):
            key = str(record[kind.spec.key])
            changed = {field: new for field, value in record.items() if value == old}
            if changed and (kind.spec.name, key) != ("menu", name):
                await configuration.set(kind.spec.name, key, changed)
    await configuration.delete("menu", name)
    if values["number"]:
        await configuration.set("menu", new_name.strip(), {"number": values["number"]})


class _Teller:
    """Writes down what a caller hears."""

    def __init__(self, announcements: Announcements | None, language: str) -> None:
        self._announcements = announcements
        self._language = language
        self.heard: list[Heard] = []

    def tell(self, step: Step) -> None:
        """Something is said."""
        known = self._announcements
        for said in step.says:
            text, is_known = "", True
            if said.id and known is not None:
                text = known.text(said.language or self._language, said.id)
                is_known = known.is_known(said.id)
            self.heard.append(
                Heard(menu=step.menu, id=said.id, text=text, digits=said.digits, is_known=is_known)
            )

    def pressed(self, menu: str, key: str) -> None:
        """The caller presses a key, or waits."""
        self.heard.append(Heard(menu=menu, key=key, is_silence=not key))


def _announcements_of(pbx: HasMenus) -> Announcements | None:
    """What callers hear; a folder that nobody serves has none loaded."""
    return pbx.exchange.announcements if hasattr(pbx, "exchange") else None


def _trial(step: Step, heard: tuple[Heard, ...]) -> Trial:
    if not step.is_over:
        return Trial(heard=heard, menu=step.menu, waits_s=step.wait_s)
    action: Action | None = step.then
    while isinstance(action, Attempt):
        action = action.first
    if action is None:
        return Trial(heard=heard, menu=step.menu, kind="hangup")
    if isinstance(action, DialOut):
        way = action.candidates[0]
        return Trial(heard=heard, menu=step.menu, kind=way.kind.value, name=way.name, number=way.number)
    inside = way_inside(action)
    return Trial(
        heard=heard,
        menu=step.menu,
        kind=inside.kind,
        name=inside.name,
        number=inside.number,
        reason=inside.reason,
    )
