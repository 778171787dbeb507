"""The table of the lines' history: one row a change of state, written behind, the newest kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from peewee import AutoField, FloatField, IntegerField, Model, SqliteDatabase, TextField

from app.db.sqlite import columns_of, raw

KEPT = 1_000  # rows of one line


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEventRow:
    """One change of a line's state. `at` is Unix seconds. `id` is 0 until the row is in the database."""

    id: int = 0
    line: str
    at: float
    state: str  # registered | registering | failed | disabled
    code: int = 0  # the SIP status behind it, 0 = none
    reason: str = ""
    server: str = ""  # "ip:port/udp"
    call_id: str = ""  # of the REGISTER: finds it in the trace


class LineEvent(Model):
    """The peewee side of LineEventRow."""

    id = AutoField()
    line = TextField()
    at = FloatField()
    state = TextField()
    code = IntegerField()
    reason = TextField()
    server = TextField()
    call_id = TextField()

    class Meta:
        """Names."""

        table_name = "line_event"
        indexes = ((("line", "id"), False),)


_COLUMNS = tuple(field.name for field in dataclasses.fields(LineEventRow) if field.name != "id")
_INSERT = f"INSERT INTO line_event ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_TRIM = (
    "DELETE FROM line_event WHERE line = ? AND id <= "
    "(SELECT id FROM line_event WHERE line = ? ORDER BY id DESC LIMIT 1 OFFSET ?)"
)


def write(db: SqliteDatabase, rows: Iterable[LineEventRow]) -> None:
    """Insert rows, and forget the oldest of those lines. For WriteBehind."""
    connection = raw(db)
    lines = set()
    for row in rows:
        connection.execute(_INSERT, columns_of(row, _COLUMNS))
        lines.add(row.line)
    for line in lines:
        connection.execute(_TRIM, (line, line, KEPT))


def page(
    db: SqliteDatabase, line: str, *, limit: int = 200, before_id: int | None = None
) -> list[LineEventRow]:
    """Read a line's newest changes, newest first; `before_id` continues a page."""
    select = LineEvent.select().where(LineEvent.line == line).order_by(LineEvent.id.desc()).limit(limit)
    if before_id is not None:
        select = select.where(LineEvent.id < before_id)
    return [LineEventRow(**row) for row in select.dicts().execute(db)]
