"""docs/states.md, written from the state tables: `python -m tests.support.states_document` renews it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.sip.answer_repeat import ANSWER_REPEAT
from app.sip.client_transactions import INVITE_CLIENT, NON_INVITE_CLIENT
from app.sip.invite import INVITE_SESSION
from app.sip.notifier import NOTIFIER
from app.sip.offer_answer import OFFER_ANSWER
from app.sip.registration import REGISTRATION
from app.sip.reliable import RELIABLE_ANSWERS
from app.sip.server_transactions import INVITE_SERVER, NON_INVITE_SERVER
from app.sip.session_timer import SESSION_TIMER
from app.sip.subscriber import SUBSCRIBER

PLACE = Path(__file__).parents[2] / "docs" / "states.md"

MACHINES: tuple[tuple[str, str, Mapping[Any, Any]], ...] = (
    ("INVITE client transaction", "RFC 3261 17.1.1, RFC 6026 8.4", INVITE_CLIENT),
    ("Non-INVITE client transaction", "RFC 3261 17.1.2", NON_INVITE_CLIENT),
    ("INVITE server transaction", "RFC 3261 17.2.1, RFC 6026 7.1", INVITE_SERVER),
    ("Non-INVITE server transaction", "RFC 3261 17.2.2", NON_INVITE_SERVER),
    ("INVITE session", "RFC 3261 13, 15, 9", INVITE_SESSION),
    ("Offer/answer", "RFC 6337 2.2", OFFER_ANSWER),
    ("Reliable provisional answers", "RFC 3262 3", RELIABLE_ANSWERS),
    ("2xx until ACK", "RFC 3261 13.3.1.4", ANSWER_REPEAT),
    ("Session timer", "RFC 4028", SESSION_TIMER),
    ("Registration", "RFC 3261 10.2", REGISTRATION),
    ("Subscriber", "RFC 6665 4.1", SUBSCRIBER),
    ("Notifier", "RFC 6665 4.2", NOTIFIER),
)


def table_text(table: Mapping[Any, Any]) -> str:
    """Write one table as Markdown, row by row in the order of the source."""
    lines = ["| State | Input | Next state | Actions |", "|---|---|---|---|"]
    for (state, signal), (target, actions) in table.items():
        names = ", ".join(action.__name__.replace("_", " ") for action in actions)
        lines.append(f"| {state} | {signal} | {target} | {names} |")
    return "\n".join(lines)


def document() -> str:
    """Write the whole page."""
    parts = [
        "# State machines\n\n"
        "Written from the tables in `app/sip` by `python -m tests.support.states_document`;"
        " a test fails when it is stale. An input without a row is ignored.\n"
    ]
    parts += [f"## {title}\n{source}\n\n{table_text(table)}\n" for title, source, table in MACHINES]
    return "\n".join(parts)


if __name__ == "__main__":
    PLACE.write_text(document(), encoding="utf-8", newline="\n")
