"""Menus for the manual's pictures of the attendant."""

from __future__ import annotations

import asyncio

from app.api import records
from app.fields import Value
from ui.main_window import MainWindow

MENUS: tuple[tuple[str, dict[str, Value]], ...] = (
    ("workshop", {"description": "Workshop", "key_1": "extension:102", "key_2": "extension:105"}),
    (
        "sales",
        {
            "description": "Sales",
            "key_1": "extension:101",
            "key_2": "extension:103",
            "key_3": "voicemail:101",
            "key_4": "menu:workshop",
            "key_star": "back",
        },
    ),
    ("summer", {"description": "Summer holidays, not in use", "prompt": "summer-greeting"}),
)
MAIN: dict[str, Value] = {
    "description": "Greeting",
    "number": "800",
    "operator": "extension:100",
    "key_1": "menu:sales",
    "key_2": "menu:workshop",
    "key_9": "name",
}
PATH = ("1", "", "1")  # a key, the wait whether more comes, a key


async def make_menus(window: MainWindow) -> None:
    """Add the menus, and send the first line to the default one."""
    for name, values in MENUS:
        await window.bridge.ask(records.add_record, "menu", name, {"name": name, **values})
    await window.bridge.ask(records.set_record, "menu", "default", MAIN)
    await window.bridge.ask(records.set_record, "line", "telecom", {"incoming_to": "menu:default"})


async def show_attendant(window: MainWindow) -> None:
    """Show the keys of the default menu."""
    window.show_page("attendant")
    window.attendant.choose("default")
    window.attendant.details.tabs.setCurrentIndex(0)
    await asyncio.sleep(0.4)


async def try_a_path(window: MainWindow) -> None:
    """Press some keys in the tab “Try it”."""
    details = window.attendant.details
    details.tabs.setCurrentWidget(details.trial)
    details.trial.restart()
    for key in PATH:
        await asyncio.sleep(0.3)
        details.trial.press(key)
    await asyncio.sleep(0.3)
