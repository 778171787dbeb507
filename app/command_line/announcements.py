"""The command on announcements."""

from __future__ import annotations

import json
import sys
from typing import Any

from app.command_line.arguments import Parsed
from app.command_line.reach import reach
from app.command_line.tables import table

OK = 0


def announcements_command(parsed: Parsed) -> int:
    """List the announcements, and what is wrong with own files; parts of numbers and dates only as JSON."""
    with reach(parsed.options) as reached:
        found: list[dict[str, Any]] = reached.ask("announcements")
    if parsed.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return OK
    rows = [
        (each["id"], each["language"], each["source"], each["text"], each["file"])
        for each in found
        if each["kind"] != "part" or each["source"] == "custom"
    ]
    sys.stdout.write(table(("ANNOUNCEMENT", "LANGUAGE", "SOURCE", "TEXT", "FILE"), rows))
    for fault in dict.fromkeys(each["fault"] for each in found if each["fault"]):
        print(f"openmss-cli: {fault}", file=sys.stderr)
    return OK
