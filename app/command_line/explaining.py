"""The command that traces a number through the dial plan: explain."""

from __future__ import annotations

import json
import sys
from typing import Any

from app.command_line.arguments import Parsed
from app.command_line.reach import reach
from app.command_line.tables import table

OK = 0


def explain_command(parsed: Parsed) -> int:
    """Tell each step, the route, and what would be sent."""
    with reach(parsed.options) as reached:
        trace: dict[str, Any] = reached.ask(
            "explain", caller=parsed.caller, dialled=parsed.dial, at=parsed.at
        )
    if parsed.json:
        json.dump(trace, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        _print_trace(trace)
    return OK


def _print_trace(trace: dict[str, Any]) -> None:
    print(f"{trace['caller']} dials {trace['dialled']} at {trace['at']}")
    sys.stdout.write(
        table(("STAGE", "WHAT HAPPENS"), [(step["stage"], step["text"]) for step in trace["steps"]])
    )
    if trace["blocked"]:
        by = trace["blocked_by"]
        print(f"Blocked by {by['kind']} {by['key']}.")
    for place, way in enumerate(trace["candidates"]):
        print(f"{'Route' if place == 0 else 'Then'}: {_way(way)}")
        if way.get("sent"):
            _print_sent(way["sent"])


def _way(way: dict[str, Any]) -> str:
    if way["kind"] == "refused":
        return f"refused ({way['status']} {way['reason']})"
    number = f", number {way['number']}" if way["number"] else ""
    return f"{way['kind']} {way['name']}".rstrip() + number


def _print_sent(sent: dict[str, Any]) -> None:
    lines = [("Request-URI", sent["request_uri"]), ("From", sent["from"]), ("To", sent["to"])]
    lines += [(header["name"], header["value"]) for header in sent["headers"]]
    lines += [("Route", sent["route"])] if sent["route"] else []
    for name, value in lines:
        print(f"  {name}: {value}")
