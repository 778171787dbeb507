"""Ring groups for the manual's pictures."""

from __future__ import annotations

from app.api import records
from app.fields import Value
from ui.main_window import MainWindow

GROUPS: tuple[tuple[str, dict[str, Value]], ...] = (
    (
        "600",
        {
            "description": "Sales",
            "members": "101, 103, 100",
            "ring_s": 20,
            "on_no_answer": "voicemail:101",
            "name_prefix": "Sales",
        },
    ),
    ("601", {"description": "Workshop", "members": "102, 105", "strategy": "in_turn", "ring_s": 12}),
    ("602", {"description": "Night bell", "members": "107, 102", "on_no_answer": "group:600"}),
)


async def make_groups(window: MainWindow) -> None:
    """Add the groups."""
    for number, values in GROUPS:
        await window.bridge.ask(records.add_record, "ring_group", number, {"number": number, **values})


def open_group(window: MainWindow) -> None:
    """Open the dialog of the first group."""
    window.show_page("ring_groups")
    window.ring_groups.groups.table.choose("600")
    window.commands.edit_record("ring_group", "600")
