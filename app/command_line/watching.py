"""The commands that look at a running server: status, calls, hangup, trace, passwords."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from typing import Any

from app.command_line.arguments import Parsed
from app.command_line.reach import reach
from app.command_line.tables import clock, duration, shown, table

OK = 0


def status_command(parsed: Parsed) -> int:
    """Show extensions, lines, trunks, calls and counters."""
    with reach(parsed.options) as reached:
        status: dict[str, Any] = reached.ask("status")
    if parsed.json:
        _print_json(status)
        return OK
    if status.get("running", True) is False:
        print(f"No server runs on {parsed.data}.")
    rows = [
        (each["number"], each["state"], ", ".join(binding["address"] for binding in each["bindings"]))
        for each in status["extensions"]
    ]
    sys.stdout.write(table(("EXTENSION", "STATE", "DEVICES"), rows))
    for title, ways in (("LINE", status.get("lines")), ("TRUNK", status.get("trunks"))):
        if ways:
            shown = [
                (each["name"], each["state"], str(each["calls_in"]), str(each["calls_out"]), each["reason"])
                for each in ways
            ]
            sys.stdout.write(table((title, "STATE", "IN", "OUT", "WHY"), shown))
    _print_calls(status["calls"])
    for name, value in status["counters"].items():
        print(f"{name.replace('_', ' ')}: {value}")
    return OK


def calls_command(parsed: Parsed) -> int:
    """Show the calls in progress."""
    with reach(parsed.options) as reached:
        calls: list[dict[str, Any]] = reached.ask("calls")
    if parsed.json:
        _print_json(calls)
    else:
        _print_calls(calls)
    return OK


def hangup_command(parsed: Parsed) -> int:
    """End a call."""
    with reach(parsed.options) as reached:
        reached.ask("calls.hang_up", call_id=parsed.call)
    return OK


def trace_command(parsed: Parsed) -> int:
    """Show SIP messages, the newest last; go on with new ones where asked to."""
    wanted = {"call_id": parsed.call, "limit": parsed.limit, "full": not parsed.brief}
    with reach(parsed.options) as reached:
        messages: Iterable[dict[str, Any]]
        messages = (
            reached.stream("trace.follow", **wanted) if parsed.follow else reached.ask("trace", **wanted)
        )
        for message in messages:
            _print_message(message, as_json=parsed.json, is_brief=parsed.brief)
    return OK


def passwords_command(parsed: Parsed) -> int:
    """Show the generated passwords, or put them away."""
    with reach(parsed.options) as reached:
        if parsed.dismiss:
            reached.ask("passwords.dismiss")
            return OK
        found: list[dict[str, str]] = reached.ask("passwords")
    if parsed.json:
        _print_json(found)
    elif found:
        sys.stdout.write(
            table(("EXTENSION", "PASSWORD"), [(each["number"], each["password"]) for each in found])
        )
    else:
        print("All generated passwords have been changed or put away.")
    return OK


def _print_calls(calls: list[dict[str, Any]]) -> None:
    now = time.time()
    rows = [
        (
            str(call["id"]),
            call["state"],
            call["caller"],
            call["called"],
            call["connected"],
            duration(now - (call["answered_at"] or call["started_at"])),
        )
        for call in calls
    ]
    sys.stdout.write(table(("CALL", "STATE", "FROM", "TO", "ANSWERED BY", "TIME"), rows))


def _print_message(message: dict[str, Any], *, as_json: bool, is_brief: bool) -> None:
    row = message["row"]
    if as_json:
        print(
            json.dumps(row if is_brief else {**row, "text": message["text"]}, ensure_ascii=False), flush=True
        )
        return
    ends = (row["local"], row["remote"]) if row["direction"] == "out" else (row["remote"], row["local"])
    title = shown(row["title"])
    print(f"{clock(row['time'])} {row['transport']} {ends[0]} -> {ends[1]} {title}", flush=True)
    if not is_brief:
        print(shown(message["text"].replace("\r\n", "\n"), keep="\n\t"), flush=True)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
