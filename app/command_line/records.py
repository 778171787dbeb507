"""The commands on records: add, set, list, get, delete, import, export, fields."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from app.command_line.arguments import Parsed
from app.command_line.reach import reach
from app.command_line.tables import table
from app.errors import EnvironmentFault, UserError

OK, REFUSED = 0, 1


def add_command(parsed: Parsed) -> int:
    """Add a record."""
    given = _values([*parsed.values, *parsed.answers])
    values: Mapping[str, object] = given
    if parsed.carrier is not None:
        from app.command_line.carriers import record_values

        values = record_values(parsed.carrier, parsed.kind, given)
    with reach(parsed.options) as reached:
        saved = reached.ask("records.add", kind=parsed.kind, key=parsed.key, values=values)
    return _told(saved)


def set_command(parsed: Parsed) -> int:
    """Change a record."""
    with reach(parsed.options) as reached:
        saved = reached.ask("records.set", kind=parsed.kind, key=parsed.key, values=_values(parsed.values))
    return _told(saved)


def list_command(parsed: Parsed) -> int:
    """List the records of a kind, or show one."""
    if parsed.key is not None:
        return get_command(parsed)
    with reach(parsed.options) as reached:
        records: list[dict[str, Any]] = reached.ask("records.list", kind=parsed.kind)
    if parsed.json:
        _print_json(records)
    elif records:
        header = list(records[0])
        sys.stdout.write(table(header, [[_text(record[name]) for name in header] for record in records]))
    return OK


def get_command(parsed: Parsed) -> int:
    """Show a record, or list them all."""
    if parsed.key is None:
        return list_command(parsed)
    with reach(parsed.options) as reached:
        record: dict[str, Any] = reached.ask("records.get", kind=parsed.kind, key=parsed.key)
    if parsed.json:
        _print_json(record)
    else:
        for name, value in record.items():
            print(f"{name}: {_text(value)}")
    return OK


def delete_command(parsed: Parsed) -> int:
    """Delete a record."""
    with reach(parsed.options) as reached:
        reached.ask("records.delete", kind=parsed.kind, key=parsed.key)
    return OK


def import_command(parsed: Parsed) -> int:
    """Import a CSV file."""
    from app.services.csv_records import decode

    try:
        content = decode(parsed.file.read_bytes())
    except OSError as error:
        raise EnvironmentFault(
            "file.not_readable", f"{parsed.file} cannot be read: {error.strerror}."
        ) from error
    with reach(parsed.options) as reached:
        result = reached.ask("records.import", kind=parsed.kind, content=content, dry_run=parsed.dry_run)
    for found in result["errors"]:
        print(f"{parsed.file}:{found['line']}: {found['text']}", file=sys.stderr)
    if result["errors"]:
        print("openmss-cli: nothing was imported. Correct the lines above and try again.", file=sys.stderr)
        return REFUSED
    verb = "would be" if parsed.dry_run else "were"
    print(
        f"{result['added']} {verb} added, {result['changed']} changed; {result['unchanged']} were the same."
    )
    if result["cautions"]:
        what = "passwords are weak" if parsed.kind == "extension" else "records are worth a second look"
        print(f"openmss-cli: {result['cautions']} {what}.", file=sys.stderr)
    return OK


def export_command(parsed: Parsed) -> int:
    """Export to a CSV file."""
    with reach(parsed.options) as reached:
        export = reached.ask("records.export", kind=parsed.kind, with_secrets=parsed.secrets)
    for note in export["notes"]:
        print(f"openmss-cli: {note}", file=sys.stderr)
    content = export["text"].encode("utf-8")
    if str(parsed.file) == "-":
        sys.stdout.buffer.write(content)
        return OK
    try:
        if parsed.secrets:
            from app.private_files import write_private_file

            write_private_file(parsed.file, content)
        else:
            parsed.file.write_bytes(content)
    except OSError as error:
        text = f"{parsed.file} cannot be written: {error.strerror}."
        raise EnvironmentFault("file.not_writable", text) from error
    return OK


def fields_command(parsed: Parsed) -> int:
    """Explain the fields of a kind; for settings, each setting."""
    from app.api import declarations, records

    if parsed.kind is None:
        sys.stdout.write(
            table(("KIND", "KEY", "RECORDS"), [(k.name, k.key, k.plural) for k in records.kinds()])
        )
        return OK
    spec = records.kind(parsed.kind)
    fields = records.settings() if spec.name == "setting" else spec.fields
    if parsed.json:
        _print_json([declarations.describe(field) for field in fields])
        return OK
    rows = [
        (field.name, declarations.values_of(field), declarations.default_of(field), field.help)
        for field in fields
    ]
    sys.stdout.write(table(("FIELD", "VALUES", "DEFAULT", "MEANING"), rows))
    return OK


def _values(assignments: Iterable[tuple[str, str]]) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, value in assignments:
        if name in values:
            text = f"The field “{name}” is given twice. Leave one of them out."
            raise UserError("value.twice", text, field=name)
        values[name] = value
    return values


def _told(saved: Mapping[str, Any]) -> int:
    for caution in saved["cautions"]:
        print(f"openmss-cli: {caution['text']}", file=sys.stderr)
    if saved["needs_restart"]:
        print("openmss-cli: this counts after the next start of the server.", file=sys.stderr)
    return OK


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
