"""What a text field may sensibly hold: names of records that a rule leads to, offered while one types."""

from __future__ import annotations

from app.api import records
from ui.bridge import Bridge

_NUMBERS = ("extension", "menu:", "group:", "voicemail:")
_SOURCES: dict[tuple[str, str], tuple[str, ...]] = {  # kind and field -> kinds whose keys are offered
    ("line", "incoming_to"): _NUMBERS,
    ("did_route", "destination"): _NUMBERS,
    ("did_route", "else_destination"): _NUMBERS,
    ("display_number", "caller"): ("extension",),
    ("called_rule", "route_target"): ("line", "trunk", "menu:", "group:"),
    ("menu", "else_destination"): _NUMBERS,
    ("menu", "operator"): _NUMBERS,
    ("ring_group", "on_no_answer"): _NUMBERS,
}
# offered as a destination of this kind
_PREFIXED = {"menu:": "menu", "group:": "ring_group", "voicemail:": "extension"}
_GROUPS = {("line", "outgoing_group"), ("called_rule", "route_target"), ("refine_rule", "outgoing_group")}


def has_any(kind: str, field: str) -> bool:
    """Whether there may be something to offer."""
    return (kind, field) in _SOURCES or (kind, field) in _GROUPS


async def suggestions(bridge: Bridge, kind: str, field: str) -> list[str]:
    """What to offer, in order: keys of records, groups of lines, trunks as refine rules name them."""
    found: list[str] = []
    for source in _SOURCES.get((kind, field), ()):
        prefix = source if source.endswith(":") else ""
        name = _PREFIXED.get(prefix, source)
        key = records.kind(name).key
        found += [f"{prefix}{row[key]}" for row in await bridge.ask(records.list_records, name)]
    if (kind, field) in _GROUPS:
        rows = await bridge.ask(records.list_records, "line")
        found += sorted({str(row["outgoing_group"]) for row in rows if row["outgoing_group"]})
    if kind == "refine_rule":
        found += [f"trunk:{row['name']}" for row in await bridge.ask(records.list_records, "trunk")]
    return list(dict.fromkeys(found))
