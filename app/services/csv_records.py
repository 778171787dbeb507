"""Reads and writes records as CSV that a spreadsheet opens: UTF-8 with a byte order mark, a header line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.db.values import Values, text_of
from app.errors import UserError
from app.fields import FieldKind, KindSpec

BOM = "\ufeff"
# A spreadsheet computes cells that begin so, but not behind an apostrophe. "+86 138…" and "-5" are numbers.
_FORMULA = re.compile(r"'*(?:[=@\t\r]|[+-](?![\d ()./-]*$))").match
_SHIELDED = re.compile(r"'+(?:[=@\t\r]|[+-](?![\d ()./-]*$))").match


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One line of the file; `line` counts from 1, the header included, as a spreadsheet does."""

    line: int
    key: str
    values: dict[str, str]


def decode(content: bytes) -> str:
    """Bytes of a file as text: UTF-8, UTF-16 with a mark, or what Chinese Excel writes (GB 18030)."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    text = "The file is not text that can be read. Save it from the spreadsheet as “CSV UTF-8”."
    raise UserError("csv.not_text", text)


def parse(spec: KindSpec, text: str) -> list[CsvRow]:
    """Split a file into rows by its header line; raises UserError where the file as a whole cannot be read.

    Separators may be commas, semicolons or tabs. Empty lines are skipped; an empty SECRET is left out, and so
    means “as it was”.
    """
    text = text.removeprefix(BOM)
    header_line = text.split("\n", 1)[0]
    separator = max(",;\t", key=header_line.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise UserError("csv.broken", f"The file is not CSV: {error}. Save it again as CSV.") from error
    if not lines or not any(lines[0]):
        known = ", ".join(field.name for field in spec.fields)
        raise UserError("csv.empty", f"The file is empty. Its first line must name the columns: {known}.")
    header = [name.strip() for name in lines[0]]
    _check_header(spec, header)
    secrets = {field.name for field in spec.fields if field.kind is FieldKind.SECRET}
    rows: list[CsvRow] = []
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            sentence = f"Line {number} has {len(cells)} cells, but there are {len(header)} columns. "
            raise UserError("csv.cells", sentence + "Put text with a comma in quotes.", line=number)
        values = dict(zip(header, cells, strict=False))
        values = {
            name: cell[1:] if name not in secrets and _SHIELDED(cell) else cell
            for name, cell in values.items()
            if cell or name not in secrets
        }
        rows.append(CsvRow(number, values.get(spec.key, "").strip(), values))
    return rows


def write(spec: KindSpec, records: Iterable[Values], *, secrets: dict[str, Values] | None = None) -> str:
    """Write records with their header; `secrets` (by key) adds the SECRET columns."""
    names = [field.name for field in spec.fields if secrets is not None or field.kind is not FieldKind.SECRET]
    shown = {field.name for field in spec.fields if field.kind is not FieldKind.SECRET}
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(names)
    for record in records:
        known = {**record, **(secrets or {}).get(str(record[spec.key]), {})}
        writer.writerow(
            [
                _shielded(text) if name in shown else text
                for name in names
                for text in [text_of(known.get(name))]
            ]
        )
    return BOM + out.getvalue()


def _shielded(text: str) -> str:
    """The text of a cell that no spreadsheet takes for a formula; a password stays as it is."""
    return f"'{text}" if _FORMULA(text) else text


def _check_header(spec: KindSpec, header: Sequence[str]) -> None:
    known = [field.name for field in spec.fields]
    for name in header:
        if name not in known:
            text = f"The column “{name}” is not known. Known columns: {', '.join(known)}."
            raise UserError("csv.unknown_column", text, name=name, known=", ".join(known))
        if header.count(name) > 1:
            raise UserError("csv.column_twice", f"The column “{name}” stands there twice.", name=name)
    if spec.key not in header:
        text = f"The column “{spec.key}” is missing. The first line must name the columns."
        raise UserError("csv.no_key", text, name=spec.key)
