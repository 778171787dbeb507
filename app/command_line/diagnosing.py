"""The command that asks the line doctor: diagnose, of a running line or of a saved case."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from app.api import diagnosis
from app.command_line.arguments import Parsed
from app.command_line.reach import reach
from app.control.messages import plain
from app.errors import EnvironmentFault, UserError

OK = 0


def diagnose_command(parsed: Parsed) -> int:
    """Print the findings, most likely first; save the case where asked to."""
    if (parsed.case is None) != bool(parsed.line):
        raise UserError("diagnose.what", "Say what to look at: “line NAME”, or --case FILE.")
    findings: list[dict[str, Any]]
    if parsed.case is not None:
        if parsed.save is not None:
            raise UserError("diagnose.save", "--save writes the case of a line; a case file is one already.")
        findings = plain(diagnosis.diagnose_case(_read(parsed.case), notes=parsed.notes))
    else:
        if parsed.line[0] != "line" or len(parsed.line) != 2:
            raise UserError("diagnose.what", "Write: openmss-cli diagnose line NAME")
        with reach(parsed.options) as reached:
            findings = reached.ask("diagnose", name=parsed.line[1], notes=parsed.notes)
            if parsed.save is not None:
                content = reached.ask("diagnose.save", name=parsed.line[1], numbers=parsed.mask_numbers)
                _write(parsed.save, content)
    if parsed.json:
        json.dump(findings, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        _print(findings)
    return OK


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig", errors="replace"))
    except OSError as error:
        text = f"{path} cannot be read: {error.strerror}."
        raise EnvironmentFault("file.not_readable", text, path=str(path)) from error
    except (ValueError, RecursionError) as error:
        text = f"{path} is no case file: it is not JSON ({error})."
        raise UserError("diagnose.case", text, problem=str(error)) from None


def _write(path: Path, content: object) -> None:
    try:
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        text = f"{path} cannot be written: {error.strerror}."
        raise EnvironmentFault("file.not_writable", text, path=str(path)) from error


def _print(findings: list[dict[str, Any]]) -> None:
    if not findings:
        print("Nothing is wrong.")
    for place, finding in enumerate(findings):
        print(f"{'Also seen: ' if place else ''}{finding['text']}")
        if finding["field"]:
            value = "" if finding["value"] is None else f" = {finding['value']!r}"
            print(f"  change: {finding['field']}{value}")
        if finding["evidence"]:
            print(f"  see messages: {', '.join(str(index) for index in finding['evidence'])}")
