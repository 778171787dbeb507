"""The table of registered devices: kept so that a restart, even after a crash, finds the phones again."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from peewee import CompositeKey, FloatField, IntegerField, Model, SqliteDatabase, TextField

from app.db.sqlite import raw


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingRow:
    """One device of an extension. Times are Unix seconds; (number, slot) is the key."""

    number: str
    slot: (
        str  # tells an extension's devices apart: the registrar's choice (an instance, or the contact's URI)
    )
    contact: str
    path: str = ""  # Path header values, comma separated (RFC 3327)
    instance: str = ""  # +sip.instance
    reg_id: int = 0
    q: float = 1.0
    call_id: str
    cseq: int
    user_agent: str = ""
    transport: str
    local_host: str
    local_port: int
    remote_host: str
    remote_port: int
    registered_at: float
    expires_at: float


@dataclass(frozen=True, slots=True)
class BindingGone:
    """The device `slot` of `number` is no longer registered."""

    number: str
    slot: str


class Binding(Model):
    """The peewee side of BindingRow."""

    number = TextField()
    slot = TextField()
    contact = TextField()
    path = TextField()
    instance = TextField()
    reg_id = IntegerField()
    q = FloatField()
    call_id = TextField()
    cseq = IntegerField()
    user_agent = TextField()
    transport = TextField()
    local_host = TextField()
    local_port = IntegerField()
    remote_host = TextField()
    remote_port = IntegerField()
    registered_at = FloatField()
    expires_at = FloatField()

    class Meta:
        """Names."""

        table_name = "binding"
        primary_key = CompositeKey("number", "slot")


_COLUMNS = tuple(field.name for field in dataclasses.fields(BindingRow))
# A binding whose extension was deleted meanwhile is left out instead of failing the whole batch.
_UPSERT = (
    f"INSERT OR REPLACE INTO binding ({', '.join(_COLUMNS)}) SELECT {', '.join('?' * len(_COLUMNS))} "
    "WHERE EXISTS (SELECT 1 FROM extension WHERE number = ?)"
)
_DELETE = "DELETE FROM binding WHERE number = ? AND slot = ?"


def write(db: SqliteDatabase, changes: Iterable[BindingRow | BindingGone]) -> None:
    """Apply changes; only the last of each device counts. For WriteBehind."""
    latest = {(change.number, change.slot): change for change in changes}
    saved: list[list[object]] = []
    gone: list[tuple[str, str]] = []
    for change in latest.values():
        if isinstance(change, BindingGone):
            gone.append((change.number, change.slot))
        else:
            saved.append([*(getattr(change, name) for name in _COLUMNS), change.number])
    connection = raw(db)
    connection.executemany(_DELETE, gone)
    connection.executemany(_UPSERT, saved)


def load(db: SqliteDatabase, now: float) -> list[BindingRow]:
    """Read the bindings that live at `now`, and forget the others."""
    Binding.delete().where(Binding.expires_at <= now).execute(db)
    return [BindingRow(**row) for row in Binding.select().dicts().execute(db)]
