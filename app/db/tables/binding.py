"""The table of registered devices: kept so that a restart, even after a crash, finds the phones again."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from peewee import AutoField, FloatField, IntegerField, Model, SqliteDatabase, TextField

from app.db.sqlite import columns_of, raw


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingRow:
    """One device of an extension, its values as text and numbers."""

    number: str
    contact: str  # the Contact's URI
    params: str = ""  # the Contact's parameters
    q: int = 1000  # thousandths
    path: str = ""  # Path header values, a line each (RFC 3327)
    instance: str = ""
    call_id: str
    cseq: int
    user_agent: str = ""
    transport: str
    local_host: str
    local_port: int
    remote_host: str
    remote_port: int
    expires_at: float  # Unix seconds


@dataclass(frozen=True, slots=True)
class BindingsOf:
    """All devices of one extension, as they are to be remembered; none = it is not registered."""

    number: str
    rows: tuple[BindingRow, ...]


class Binding(Model):
    """The peewee side of BindingRow."""

    id = AutoField()
    number = TextField(index=True)
    contact = TextField()
    params = TextField()
    q = IntegerField()
    path = TextField()
    instance = TextField()
    call_id = TextField()
    cseq = IntegerField()
    user_agent = TextField()
    transport = TextField()
    local_host = TextField()
    local_port = IntegerField()
    remote_host = TextField()
    remote_port = IntegerField()
    expires_at = FloatField()

    class Meta:
        """Names."""

        table_name = "binding"


_COLUMNS = tuple(field.name for field in dataclasses.fields(BindingRow))
_DELETE = "DELETE FROM binding WHERE number = ?"
# Plain SQL: thousands of phones may register at once, and building queries would cost more than running them.
# The devices of an extension that was deleted meanwhile are left out instead of failing the whole batch.
_INSERT = (
    f"INSERT INTO binding ({', '.join(_COLUMNS)}) SELECT {', '.join('?' * len(_COLUMNS))} "
    "WHERE EXISTS (SELECT 1 FROM extension WHERE number = ?)"
)


def write(db: SqliteDatabase, changes: Iterable[BindingsOf]) -> None:
    """Replace the devices of each extension; only its last change counts. For WriteBehind."""
    latest = {change.number: change.rows for change in changes}
    connection = raw(db)
    connection.executemany(_DELETE, [(number,) for number in latest])
    rows = (row for rows in latest.values() for row in rows)
    connection.executemany(_INSERT, [[*columns_of(row, _COLUMNS), row.number] for row in rows])


def load(db: SqliteDatabase, now: float) -> list[BindingRow]:
    """Read the devices whose registration has not run out at `now`, and forget the others."""
    Binding.delete().where(Binding.expires_at <= now).execute(db)
    columns = [getattr(Binding, name) for name in _COLUMNS]
    return [BindingRow(**row) for row in Binding.select(*columns).order_by(Binding.id).dicts().execute(db)]
