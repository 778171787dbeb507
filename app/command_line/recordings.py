"""The commands on recordings and conferences."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from app.command_line.arguments import Parsed
from app.command_line.reach import Reached, reach
from app.command_line.tables import clock, duration, shown, table
from app.errors import UserError

OK, REFUSED = 0, 1


def recordings_command(parsed: Parsed) -> int:
    """List, copy or delete recordings; begin, end, pause or resume that of a call."""
    match parsed.action:
        case "list":
            return _list(parsed)
        case "export":
            recording, target = _words(parsed, "recordings export ID FILE", 2)
            with reach(parsed.options) as reached:
                path = str(Path(target).expanduser().absolute())
                reached.ask("recordings.export", recording_id=_number(recording), target=path)
        case "delete":
            return _delete(parsed)
        case action:
            (call,) = _words(parsed, f"recordings {action} CALL", 1)
            more = {"started_by": "command"} if action == "start" else {}
            with reach(parsed.options) as reached:
                reached.ask(f"recordings.{action}", call_id=_number(call), **more)
    return OK


def conferences_command(parsed: Parsed) -> int:
    """Show who is in which room, or do something about it."""
    with reach(parsed.options) as reached:
        if parsed.action == "list":
            return _list_conferences(parsed, reached)
        match parsed.action:
            case "mute" | "unmute" | "kick":
                room, party = _words(parsed, f"conferences {parsed.action} ROOM PARTY", 2)
                if parsed.action == "kick":
                    reached.ask("conferences.send_away", room=room, party_id=_number(party))
                else:
                    is_muted = parsed.action == "mute"
                    reached.ask("conferences.mute", room=room, party_id=_number(party), is_muted=is_muted)
            case "invite":
                room, number = _words(parsed, "conferences invite ROOM NUMBER", 2)
                reached.ask("conferences.invite", room=room, number=number)
            case "lock" | "unlock":
                (room,) = _words(parsed, f"conferences {parsed.action} ROOM", 1)
                reached.ask("conferences.lock", room=room, is_locked=parsed.action == "lock")
            case "record" | "stop-recording":
                (room,) = _words(parsed, f"conferences {parsed.action} ROOM", 1)
                reached.ask("conferences.record", room=room, is_on=parsed.action == "record")
            case _:
                (room,) = _words(parsed, "conferences end ROOM", 1)
                reached.ask("conferences.end", room=room)
    return OK


def _list(parsed: Parsed) -> int:
    number = parsed.words[0] if parsed.words else ""
    with reach(parsed.options) as reached:
        found: list[dict[str, Any]] = reached.ask("recordings", number=number, limit=parsed.limit)
    if parsed.json:
        _print_json(found)
    elif not found:
        print("There is no recording.")
    else:
        rows = [
            (
                str(each["id"]),
                clock(each["started_at"])[:19],
                duration(each["seconds"]) if each["state"] != "running" else "",
                each["state"],
                f"room {each['room']}" if each["room"] else shown(each["caller"]),
                shown(each["connected"] or each["called"]),
                each["file"],
            )
            for each in found
        ]
        sys.stdout.write(table(("RECORDING", "BEGAN", "LENGTH", "STATE", "FROM", "TO", "FILE"), rows))
    return OK


def _delete(parsed: Parsed) -> int:
    ids = [_number(each) for each in parsed.words]
    if not ids:
        raise _usage("recordings delete ID …")
    if not parsed.yes:
        if not sys.stdin.isatty():
            text = "Recordings are deleted for good. Say so with --yes."
            raise UserError("recording.not_confirmed", text)
        answer = input(f"Delete {len(ids)} recording(s) for good? [y/N] ")
        if answer.strip().lower() not in ("y", "yes"):
            return REFUSED
    with reach(parsed.options) as reached:
        count: int = reached.ask("recordings.delete", ids=ids)
    print(f"{count} deleted.")
    return OK if count == len(ids) else REFUSED


def _list_conferences(parsed: Parsed, reached: Reached) -> int:
    found: list[dict[str, Any]] = reached.ask("conferences")
    if parsed.json:
        _print_json(found)
        return OK
    if not found:
        print("Nobody is in a conference.")
    for room in found:
        marks = [word for word in ("locked", "recorded") if room[f"is_{word}"]]
        print(f"Room {room['number']}, {duration(time.time() - room['since'])}{_listed(marks)}")
        rows = [
            (
                str(party["id"]),
                shown(party["number"]),
                shown(party["name"]),
                " ".join(word for word in ("moderator", "muted", "talking") if party[f"is_{word}"]),
            )
            for party in room["parties"]
        ]
        sys.stdout.write(table(("PARTY", "NUMBER", "NAME", "STATE"), rows))
    return OK


def _listed(marks: list[str]) -> str:
    return f" ({', '.join(marks)})" if marks else ""


def _words(parsed: Parsed, usage: str, count: int) -> list[str]:
    if len(parsed.words) != count:
        raise _usage(usage)
    return list(parsed.words)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise UserError("usage.number", f"“{text}” is not a number.", value=text)
    return int(text)


def _usage(usage: str) -> UserError:
    return UserError("usage", f"Write: openmss-cli {usage}", usage=usage)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
