"""The command about outgoing mail: list, test, again, forget, code, confirm."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any

from app.command_line.arguments import Parsed
from app.command_line.reach import reach
from app.command_line.tables import table
from app.errors import UserError

OK = 0


def mail_command(parsed: Parsed) -> int:
    """Do what the action says; without one, show the queue."""
    return _ACTIONS[parsed.action](parsed)


def _list(parsed: Parsed) -> int:
    with reach(parsed.options) as reached:
        letters: list[dict[str, Any]] = reached.ask("mail")
        address: dict[str, Any] = reached.ask("mail.address")
    if parsed.json:
        print(json.dumps({"administrator": address, "letters": letters}, ensure_ascii=False, indent=2))
        return OK
    if address["address"]:
        how = "confirmed" if address["is_confirmed"] else "not confirmed: no notices are sent there"
        print(f"Administrator: {address['address']} ({how})")
    if letters:
        sys.stdout.write(table(("ID", "MADE", "TO", "SUBJECT", "STATE", "REASON"), map(_row, letters)))
    else:
        print("There is no mail.")
    return OK


def _row(letter: dict[str, Any]) -> tuple[str, ...]:
    made = datetime.fromtimestamp(letter["made_at"]).strftime("%Y-%m-%d %H:%M")
    return (
        str(letter["id"]), made, letter["recipient"], letter["subject"], letter["state"], letter["reason"],
    )  # fmt: skip


def _test(parsed: Parsed) -> int:
    with reach(parsed.options) as reached:
        number = reached.ask("mail.test", recipient=_value(parsed, "ADDRESS"))
    print(f"Letter {number} is on its way; “mail” shows what became of it.")
    return OK


def _again(parsed: Parsed) -> int:
    with reach(parsed.options) as reached:
        reached.ask("mail.again", letter=_number(parsed))
    return OK


def _forget(parsed: Parsed) -> int:
    with reach(parsed.options) as reached:
        reached.ask("mail.forget", letter=_number(parsed))
    return OK


def _code(parsed: Parsed) -> int:
    with reach(parsed.options) as reached:
        reached.ask("mail.send_code")
    print("A code is on its way to the administrator's address. Enter it with “mail confirm CODE”.")
    return OK


def _confirm(parsed: Parsed) -> int:
    with reach(parsed.options) as reached:
        reached.ask("mail.confirm", code=_value(parsed, "CODE"))
    print("The address is confirmed: notices go there.")
    return OK


def _value(parsed: Parsed, name: str) -> str:
    if not parsed.value:
        raise UserError("command.value", f"Write: mail {parsed.action} {name}.", field="value")
    return str(parsed.value)


def _number(parsed: Parsed) -> int:
    text = _value(parsed, "ID")
    if not text.isdigit():
        raise UserError("command.value", f"“{text}” is no letter's number. “mail” lists them.", field="value")
    return int(text)


_ACTIONS = {
    "list": _list,
    "test": _test,
    "again": _again,
    "forget": _forget,
    "code": _code,
    "confirm": _confirm,
}
