"""The commands that show and lift bans: bans, unban."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any

from app.command_line.arguments import Parsed
from app.command_line.reach import reach
from app.command_line.tables import table

OK = 0


def bans_command(parsed: Parsed) -> int:
    """Show who is banned, until when and why."""
    with reach(parsed.options) as reached:
        bans: list[dict[str, Any]] = reached.ask("bans")
    if parsed.json:
        print(json.dumps(bans, ensure_ascii=False, indent=2))
    elif bans:
        rows = [
            (
                ban["address"],
                _moment(ban["until"]),
                f"{ban['failures']} wrong passwords, last for {ban['user']!r}",
            )
            for ban in bans
        ]
        sys.stdout.write(table(("ADDRESS", "BANNED UNTIL", "WHY"), rows))
    else:
        print("Nobody is banned.")
    return OK


def unban_command(parsed: Parsed) -> int:
    """Lift a ban."""
    with reach(parsed.options) as reached:
        reached.ask("bans.lift", address=parsed.address)
    return OK


def _moment(unix: float) -> str:
    return datetime.fromtimestamp(unix).strftime("%Y-%m-%d %H:%M")
