"""Makes docs/variables.md from the declared variables: `python -m tests.support.variables_document`."""

from __future__ import annotations

from pathlib import Path

from app.variables import FILE_NAME, SPECS, VariableKind, VariableSpec

DOCUMENT = Path(__file__).parents[2] / "docs" / "variables.md"

_HEAD = f"""# Variables

`{FILE_NAME}` lies in the data folder; where it is missing, a start leaves one in which every variable
stands as a comment. A line is `NAME=VALUE` below its `[section]`; a line that begins with a semicolon is a
comment. The file is read at the start: restart after a change. A name that does not exist, or a value that
cannot be, is told as a notice and in the log, and the default counts.

Made from the declarations in `app/variables.py`; do not edit. Written by
`python -m tests.support.variables_document`, and a test fails when it is stale.
"""
_EXAMPLE = """
## Example
A carrier answers the second REGISTER with `400 Bad Request` and `P-Registrar-Error: Invalid CSeq number`:

```ini
[sip]
gVarSipRegSameDialog=0
```
"""


def text() -> str:
    """The whole document."""
    parts = [_HEAD]
    for section in dict.fromkeys(spec.section for spec in SPECS):
        rows = "".join(_row(spec) for spec in SPECS if spec.section == section)
        parts.append(f"\n## [{section}]\n| Name | Values | Default | Meaning |\n|---|---|---|---|\n{rows}")
    return "".join([*parts, _EXAMPLE])


def _row(spec: VariableSpec) -> str:
    unit = f" {spec.unit}" if spec.unit else ""
    values = f"{spec.low}–{spec.high}{unit}"
    if spec.kind is VariableKind.SWITCH:
        values = "0 or 1"
    elif spec.kind is VariableKind.TEXT:
        values = "text"
    default = f"{spec.default}{unit}" if spec.default != "" else "empty"
    return f"| `{spec.name}` | {values} | {default} | {spec.meaning} |\n"


if __name__ == "__main__":
    DOCUMENT.write_text(text(), encoding="utf-8")
