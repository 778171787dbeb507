"""The attendant's questions, answered from the tables of the fake engine by the real menu logic."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from app.api import menus
from app.events import RecordChanged
from app.services import rows
from app.services.directory import Directory, Extension
from app.services.menu_map import MenuView

if TYPE_CHECKING:
    from tests.support.fake_engine import FakeEngine

T = TypeVar("T")


class _Records:
    """As much of a Pbx as menus ask for: its directory."""

    def __init__(self, directory: Directory) -> None:
        self.configuration: Any = self
        self.directory = directory


def answers(engine: FakeEngine) -> dict[Any, Callable[..., Any]]:
    """What the fake answers to the questions of `app.api.menus`."""

    def directory() -> Directory:
        extensions = {
            number: Extension(number=number, description=str(row["description"] or ""))
            for number, row in engine.tables["extension"].items()
        }
        found = {name: rows.menu(row, str) for name, row in engine.tables.get("menu", {}).items()}
        return Directory().of_extensions(extensions).of_menus(found)

    def overview() -> tuple[MenuView, ...]:
        return _now(menus.overview(_Records(directory())))

    def try_path(name: str, pressed: tuple[str, ...], language: str = "en") -> menus.Trial:
        return _now(menus.try_path(_Records(directory()), name, pressed, language))

    def rename(name: str, new_name: str) -> None:
        row = engine.tables["menu"].pop(name)
        engine.tables["menu"][new_name] = {**row, "name": new_name}
        engine.publish(RecordChanged("menu", new_name, "added"))

    return {menus.overview: overview, menus.try_path: try_path, menus.rename: rename}


def _now(question: Coroutine[Any, Any, T]) -> T:
    """The answer of a coroutine that waits for nothing."""
    try:
        question.send(None)
    except StopIteration as done:
        answer: T = done.value
        return answer
    finally:
        question.close()
    raise AssertionError("the question waits: names are spelled on a thread, which the fake has not")
