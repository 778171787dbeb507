"""The command on voice mail: mailboxes, messages and greetings."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from app.command_line.arguments import Parsed
from app.command_line.reach import Reached, reach
from app.command_line.tables import duration, shown, table
from app.errors import UserError

OK = 0


def voicemail_command(parsed: Parsed) -> int:
    """List mailboxes or messages, or do something with them."""
    words: list[str] = parsed.words
    with reach(parsed.options) as reached:
        match parsed.action, words:
            case "list", []:
                _list_mailboxes(parsed, reached)
            case "list", [mailbox]:
                _list_messages(parsed, reached, mailbox)
            case "save", [message, target]:
                reached.ask("voicemail.copy", message_id=_number(message), target=_path(target))
            case "heard" | "new", [_, *_]:
                numbers = [_number(each) for each in words]
                reached.ask("voicemail.mark", message_ids=numbers, is_new=parsed.action == "new")
            case "delete", [_, *_]:
                reached.ask("voicemail.delete", message_ids=[_number(each) for each in words])
            case "greeting", [mailbox, source]:
                reached.ask("voicemail.set_greeting", mailbox=mailbox, source=_path(source))
            case "standard-greeting", [mailbox]:
                reached.ask("voicemail.remove_greeting", mailbox=mailbox)
            case _:
                usage = "voicemail [list [NUMBER] | save ID FILE | heard ID … | new ID … | delete ID … | "
                usage += "greeting NUMBER FILE | standard-greeting NUMBER]"
                raise UserError("usage", f"Write: openmss-cli {usage}", usage=usage)
    return OK


def _list_mailboxes(parsed: Parsed, reached: Reached) -> None:
    found: list[dict[str, Any]] = reached.ask("voicemail")
    if parsed.json:
        _print_json(found)
    elif not found:
        print("No extension has voice mail. Switch it on with: set extension NUMBER voicemail=yes")
    else:
        rows = [
            (
                each["number"],
                shown(each["description"]),
                str(each["new"]),
                str(each["saved"]),
                "own" if each["has_greeting"] else "standard",
                "" if each["is_on"] else "switched off",
            )
            for each in found
        ]
        sys.stdout.write(table(("MAILBOX", "NAME", "NEW", "SAVED", "GREETING", ""), rows))


def _list_messages(parsed: Parsed, reached: Reached, mailbox: str) -> None:
    found: list[dict[str, Any]] = reached.ask("voicemail.messages", mailbox=mailbox)
    if parsed.json:
        _print_json(found)
    elif not found:
        print(f"Mailbox {mailbox} is empty.")
    else:
        rows = [
            (
                str(each["id"]),
                datetime.fromtimestamp(each["at"]).strftime("%Y-%m-%d %H:%M"),
                duration(each["seconds"]),
                "new" if each["is_new"] else "heard",
                shown(each["caller"]),
                shown(each["caller_name"]),
                each["mailed"],
            )
            for each in found
        ]
        heads = ("MESSAGE", "LEFT", "LENGTH", "STATE", "FROM", "NAME", "MAIL")
        sys.stdout.write(table(heads, rows))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise UserError("usage.number", f"“{text}” is not the number of a message.", value=text)
    return int(text)


def _path(text: str) -> str:
    return str(Path(text).expanduser().absolute())


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
