"""What the window knows of each kind beyond its declaration: drawing, manual page, empty sentence."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ui.marks import mark


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind is shown. `empty` is what its list says while there is no record."""

    icon: str
    topic: str
    empty: str = ""


_LOOKS: dict[str, Look] = {
    "extension": Look("extensions", "extensions"),
    "line": Look("lines", "lines"),
    "trunk": Look("trunks", "trunks"),
    "menu": Look("attendant", "attendant"),
    "called_rule": Look(
        "routing",
        "dial-plan",
        mark(
            "kinds",
            "No rule yet, and none is needed: a number is an extension, and a number that begins with the "
            "out-group prefix goes out over an external line. Rules are for exceptions.",
        ),
    ),
    "transition": Look(
        "routing",
        "dial-plan",
        mark("kinds", "A transition replaces, inserts or deletes digits. Rules use transitions by their ID."),
    ),
    "refine_rule": Look(
        "routing",
        "dial-plan",
        mark(
            "kinds", "A refine rule changes the called number just before it leaves over a line or a trunk."
        ),
    ),
    "caller_rule": Look(
        "routing",
        "dial-plan",
        mark("kinds", "A caller rule changes the caller's number before all other rules see it."),
    ),
    "display_number": Look(
        "routing",
        "dial-plan",
        mark("kinds", "A display number is what called parties see in place of a caller's own number."),
    ),
    "did_route": Look(
        "routing",
        "dial-plan",
        mark(
            "kinds",
            "Calls from outside go where their line says. A DID route sends one of your numbers elsewhere.",
        ),
    ),
    "time_condition": Look(
        "clock",
        "dial-plan",
        mark("kinds", "A time condition names hours and days, such as office hours, for rules and lines."),
    ),
    "ring_group": Look(
        "ring-group",
        "ring-groups",
        mark(
            "kinds",
            "There is no ring group yet. At the number of a ring group several extensions ring, and the "
            "first to answer has the call.",
        ),
    ),
    "conference": Look(
        "conference",
        "conference",
        mark(
            "kinds",
            "There is no conference room yet. Telephones enter a room by dialling *6* and its number.",
        ),
    ),
    "screening": Look(
        "screening",
        "black-list",
        mark(
            "kinds",
            "Nobody is blocked. To block callers that hide their number, add: caller prefix anonymous, "
            "called prefix *, rate 100.",
        ),
    ),
    "ip_rule": Look(
        "screening",
        "black-list",
        mark(
            "kinds", "No address is rejected. Packets from a rejected address are dropped without an answer."
        ),
    ),
}
_OTHER = Look("records", "index")


def look(kind: str) -> Look:
    """How a kind is shown."""
    return _LOOKS.get(kind, _OTHER)


def empty_sentence(kind: str) -> str:
    """What the empty list says, in the user's language; empty where there is nothing special to say."""
    text = look(kind).empty
    return QCoreApplication.translate("kinds", text) if text else ""
