"""The generic seam to all kinds of records: list, get, add, set and delete plain dictionaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from peewee import SqliteDatabase

from app.db.database import Database
from app.db.kind import Kind, SaveContext
from app.db.tables import (
    called_rule,
    caller_rule,
    conference,
    did_route,
    display_number,
    extension,
    ip_rule,
    line,
    menu,
    refine_rule,
    ring_group,
    screening,
    setting,
    time_condition,
    transition,
    trunk,
)
from app.db.values import Values
from app.errors import UserError

KINDS: dict[str, Kind] = {
    table.KIND.spec.name: table.KIND
    for table in (
        extension,
        line,
        trunk,
        time_condition,
        menu,
        ring_group,
        conference,
        called_rule,
        transition,
        refine_rule,
        caller_rule,
        display_number,
        did_route,
        screening,
        ip_rule,
        setting,
    )
}


def kind_of(name: str) -> Kind:
    """Find a kind by its name. Raises UserError `kind.unknown`."""
    kind = KINDS.get(name)
    if kind is None:
        text = f"There is no kind of record “{name}”. Known kinds: {', '.join(KINDS)}."
        raise UserError("kind.unknown", text, name=name, known=", ".join(KINDS))
    return kind


@dataclass(frozen=True, slots=True)
class Write:
    """One checked record on its way to the database; `is_new` tells insert from update."""

    key: str
    values: Values
    is_new: bool


class Store:
    """Reads and writes records. Values given to `add` and `set` have passed `Kind.check`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(self, kind: str) -> list[Values]:
        """All records of a kind, in order; secrets left out."""
        return await self._database.run(kind_of(kind).all)

    async def get(self, kind: str, key: str) -> Values:
        """One record. Raises UserError `record.unknown`."""
        values = await self._database.run(kind_of(kind).one, key)
        if values is None:
            raise unknown_record(kind, key)
        return values

    async def add(self, kind: str, key: str, values: Values, context: SaveContext) -> None:
        """Insert one record. Raises UserError `record.duplicate`."""
        await self.write(kind, [Write(key, values, is_new=True)], context)

    async def set(self, kind: str, key: str, values: Values, context: SaveContext) -> None:
        """Change one record. Raises UserError `record.unknown`."""
        await self.write(kind, [Write(key, values, is_new=False)], context)

    async def write(self, kind: str, writes: Sequence[Write], context: SaveContext) -> None:
        """Write several records in one transaction: all or none."""
        await self._database.run(_write, kind_of(kind), writes, context)

    async def delete(self, kind: str, key: str) -> None:
        """Remove one record. Raises UserError `record.unknown`."""
        if not await self._database.run(kind_of(kind).delete, key):
            raise unknown_record(kind, key)


def _write(db: SqliteDatabase, kind: Kind, writes: Sequence[Write], context: SaveContext) -> None:
    for write in writes:
        if write.is_new:
            kind.add(db, write.values, context)
        else:
            kind.set(db, write.key, write.values, context)


def unknown_record(kind: str, key: str) -> UserError:
    """The refusal for a key that no record has."""
    label = kind_of(kind).spec.label
    text = f"There is no {label.lower()} {key}. “list {kind}” shows those there are."
    return UserError("record.unknown", text, field=kind_of(kind).spec.key, kind=kind, key=key)


def duplicate_record(kind: str, key: str) -> UserError:
    """The refusal for a key that another record has already."""
    spec = kind_of(kind).spec
    text = f"{spec.label} {key} exists already. Choose another {spec.key}, or change that one."
    return UserError("record.duplicate", text, field=spec.key, kind=kind, key=key)
