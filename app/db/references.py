"""Sees that records name only records that exist, and that a record somebody names is not deleted."""

from __future__ import annotations

from collections.abc import Sequence

from peewee import SqliteDatabase

from app.db.dialled_numbers import check_numbers
from app.db.kind import Kind, Reference
from app.db.store import KINDS, kind_of
from app.db.values import Values
from app.errors import UserError

_NAMED_AT_MOST = 3
_DIALLED = "ring_group"  # beside extensions the kind whose key is the number that is dialled


def check_references(
    db: SqliteDatabase, kind: Kind, records: Sequence[Values]
) -> list[tuple[str, UserError]]:
    """Errors, with the record's key, for each field that names a record there is not, and each number taken.

    `records` are whole, and about to be saved together: they may name each other.
    """
    there: dict[Reference, bool] = {}
    coming = {str(record[kind.spec.key]) for record in records}
    errors: list[tuple[str, UserError]] = []
    for record in records:
        for named in kind.references(record):
            if not named.is_certain:
                continue
            asked = Reference("", named.kind, named.key)
            if asked not in there:
                is_coming = named.kind == kind.spec.name and named.key in coming
                there[asked] = is_coming or kind_of(named.kind).one(db, named.key) is not None
            if not there[asked]:
                errors.append((str(record[kind.spec.key]), _missing(kind, named)))
    return errors + check_numbers(db, kind, records)


def _is_meant(reference: Reference, kind_name: str, key: str) -> bool:
    """Whether a reference names a record; a number dialled inside may mean a ring group too."""
    is_of_kind = reference.kind == kind_name or (not reference.is_certain and kind_name == _DIALLED)
    return is_of_kind and reference.key == key


def _missing(kind: Kind, named: Reference) -> UserError:
    label = kind_of(named.kind).spec.label.lower()
    field = kind.spec.field(named.field)
    text = f"{field.label if field else named.field}: there is no {label} “{named.key}”. "
    text += f"Add it first; “list {named.kind}” shows those there are."
    return UserError("record.reference", text, field=named.field, named_kind=named.kind, named=named.key)


def refuse_named(db: SqliteDatabase, kind_name: str, key: str) -> None:
    """Raise UserError when other records name this one, and say which."""
    by: list[str] = []
    for kind in KINDS.values():
        if kind_name not in kind.refers_to:
            continue
        for record in kind.all(db):
            is_itself = kind.spec.name == kind_name and str(record[kind.spec.key]) == key
            names = any(_is_meant(each, kind_name, key) for each in kind.references(record))
            if names and not is_itself:
                by.append(f"{kind.spec.label.lower()} {record[kind.spec.key]}")
    if not by:
        return
    label = kind_of(kind_name).spec.label
    shown = ", ".join(by[:_NAMED_AT_MOST])
    more = f" and {len(by) - _NAMED_AT_MOST} more" if len(by) > _NAMED_AT_MOST else ""
    text = f"{label} {key} is in use by {shown}{more}. Change or delete that first."
    raise UserError("record.in_use", text, kind=kind_name, key=key, by=shown + more, count=len(by))
