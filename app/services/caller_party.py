"""The caller of a call in progress, as the dial plan knows callers."""

from __future__ import annotations

from app.calls.call import Call
from app.services.dial_plan_query import Party, PartyKind
from app.services.screening import ANONYMOUS


def party_of(call: Call) -> Party:
    """Who calls: an extension, or somebody outside by the line or trunk that the call came by."""
    is_withheld = call.shown_number == ANONYMOUS
    if call.caller_extension:
        return Party.extension(call.caller_extension, call.caller_name, is_withheld=is_withheld)
    kind, _, name = (call.ways[0] if call.ways else f"{PartyKind.TRUNK} ").partition(" ")
    return Party(PartyKind(kind), name, call.caller_number, call.caller_name, is_withheld)
