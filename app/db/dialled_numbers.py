"""Sees that a number dialled inside means one thing: one extension, menu or ring group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from peewee import SqliteDatabase

from app.db.kind import Kind
from app.db.sqlite import raw
from app.db.tables import extension, menu, ring_group
from app.db.values import Values
from app.errors import UserError

# The kinds whose records are reached by a number of their own, and the field that holds it.
_OWNERS: Mapping[str, tuple[Kind, str]] = {
    "extension": (extension.KIND, "number"),
    "menu": (menu.KIND, "number"),
    "ring_group": (ring_group.KIND, "number"),
}


def check_numbers(db: SqliteDatabase, kind: Kind, records: Sequence[Values]) -> list[tuple[str, UserError]]:
    """Errors, with the record's key, for each number that another has; `records` are to be saved."""
    if kind.spec.name not in _OWNERS:
        return []
    key_field, field = kind.spec.key, _OWNERS[kind.spec.name][1]
    coming = {str(record[key_field]) for record in records}
    taken = {
        number: (owner, key)
        for owner, number, key in _taken(db)
        if owner != kind.spec.name or key not in coming
    }
    errors: list[tuple[str, UserError]] = []
    for record in records:
        key, number = str(record[key_field]), str(record.get(field) or "")
        if not number:
            continue
        owner = taken.get(number)
        if owner is not None and owner != (kind.spec.name, key):
            errors.append((key, _clash(number, field, *owner)))
        taken[number] = (kind.spec.name, key)
    return errors


def _taken(db: SqliteDatabase) -> list[tuple[str, str, str]]:
    """Who has which number: kind, number, key."""
    found: list[tuple[str, str, str]] = []
    for name, (kind, field) in _OWNERS.items():
        table, key = kind.model._meta.table_name, kind.spec.key
        rows = raw(db).execute(f"SELECT {field}, {key} FROM {table} WHERE {field} <> ''")
        found += [(name, str(number), str(owner)) for number, owner in rows]
    return found


def _clash(number: str, field: str, kind: str, key: str) -> UserError:
    label = _OWNERS[kind][0].spec.label.lower()
    whose = f"{label} {key}" if key != number else f"an {label}"
    text = f"The number {number} is taken by {whose}. Choose another number."
    return UserError("record.number_taken", text, field=field, number=number, kind=kind, key=key)
