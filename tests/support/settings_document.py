"""Makes docs/settings.md from the declared fields: `python -m tests.support.settings_document`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.api import declarations, records
from app.fields import FieldSpec

DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"

_HEAD = """# Records and settings

Made from the declarations in `app/db/tables`; do not edit. Written by
`python -m tests.support.settings_document`, and a test fails when it is stale.
"""
_COLUMNS = "| Field | Label | Values | Default | Meaning |\n|---|---|---|---|---|\n"


def text() -> str:
    """The whole document."""
    parts = [_HEAD]
    for spec in records.kinds():
        if spec.name == "setting":
            continue
        parts.append(f"## Kind `{spec.name}`\nKey: `{spec.key}`.\n\n{_COLUMNS}{_rows(spec.fields)}")
    parts.append(
        "## Kind `setting`\n`openmss-cli set setting NAME value=VALUE`; `delete setting NAME` puts the "
        "default back, and so does an empty value where the setting cannot be empty.\n"
    )
    for group in dict.fromkeys(field.group for field in records.settings()):
        fields = [field for field in records.settings() if field.group == group]
        parts.append(f"### {group}\n{_COLUMNS}{_rows(fields)}")
    return "\n".join(parts)


def _rows(fields: Iterable[FieldSpec]) -> str:
    return "".join(
        f"| `{field.name}` | {field.label} | {declarations.values_of(field)} | "
        f"{declarations.default_of(field)} | {field.help}{_note(field)} |\n"
        for field in fields
    )


def _note(field: FieldSpec) -> str:
    if field.read_only:
        return " Read only."
    return " *Counts after a restart.*" if field.needs_restart else ""


if __name__ == "__main__":
    DOCUMENT.write_text(text(), encoding="utf-8")
