"""A kind of record: its KindSpec joined to its peewee table, and what every kind can do with rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import Field, Model, SqliteDatabase, fn

from app.db.field_checks import DESTINATION_KINDS, destination_reference
from app.db.values import Values, check_record, keys
from app.errors import UserError
from app.fields import FieldKind, FieldSpec, KindSpec, Value


@dataclass(frozen=True, slots=True)
class Caution:
    """Something saved that the user should think about again."""

    code: str
    text: str
    field: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A field of a record that names another record.

    Not certain: a number as it is dialled inside, which means the record while there is one, and may mean
    something else otherwise.
    """

    field: str
    kind: str
    key: str
    is_certain: bool = True


def destination(field: str, text: str) -> Reference:
    """What a destination names: `extension:102`, or perhaps the extension of a number dialled inside."""
    named = destination_reference(text)
    return Reference(field, *named) if named is not None else Reference(field, "extension", text, False)


def _named_by(field: FieldSpec, value: Value) -> tuple[str, ...]:
    """The keys in a field that names records."""
    return keys(value) if field.kind is FieldKind.REFERENCES else (str(value),)


def _no_vault(_: str) -> str:
    raise TypeError("this record has a secret, and needs the vault")


@dataclass(frozen=True, slots=True)
class SaveContext:
    """What turning values into columns needs to know beside the values."""

    realm: str = ""
    encrypt: Callable[[str], str] = _no_vault


class Kind:
    """A kind whose fields are columns of the same name: `Kind(SPEC, Model)`. Others override what differs.

    Values never hold SECRET fields when read; writing leaves a SECRET alone that is not given. The columns of
    `encrypted` hold what the vault made of the secrets.
    """

    also_refers_to: frozenset[str] = frozenset()  # kinds that `references` finds beside REFERENCE fields
    destinations: tuple[str, ...] = ()  # text fields that hold a destination: a number, or KIND:KEY

    def __init__(self, spec: KindSpec, model: type[Model], *, encrypted: tuple[str, ...] = ()) -> None:
        self.spec = spec
        self.model = model
        self.encrypted = encrypted

    @property
    def key_column(self) -> Field[Any]:
        """The column that holds the key."""
        column: Field[Any] = getattr(self.model, self.spec.key)
        return column

    def check(
        self, key: str, raw: Mapping[str, object], known: Values | None
    ) -> tuple[list[UserError], Values]:
        """Parse what is given for the record `key`, and look at it as a whole; gather all errors.

        `known` is the record as it stands, or None for a new one. The values hold what is to be written.
        """
        given = dict(raw)
        errors: list[UserError] = []
        if str(given.get(self.spec.key, key)).strip() != key:
            name = self.spec.label
            text = (
                f"The {self.spec.key} of a {name.lower()} cannot be changed. Add a new one and delete {key}."
            )
            errors.append(
                UserError("record.key_fixed", text, field=self.spec.key, key=key, kind=self.spec.name)
            )
        given[self.spec.key] = key
        if known is not None:
            for field in self.spec.fields:
                if field.kind is FieldKind.SECRET and given.get(field.name, "") is None:
                    del given[field.name]  # None stands for "as it was"
        found, values = check_record(self.spec, given, complete=known is None)
        errors += found
        if not errors:
            errors += self.check_whole({**(known or {}), **values}, values, is_new=known is None)
        return errors, values

    def check_whole(self, record: Values, given: Values, *, is_new: bool) -> list[UserError]:
        """Errors between the fields of one record; `record` is as it would stand, `given` what is written."""
        return []

    def warnings(self, given: Values) -> list[Caution]:
        """What to think about again after saving `given`."""
        return []

    @property
    def refers_to(self) -> frozenset[str]:
        """The kinds whose records this kind's records may name."""
        declared = {field.refers_to for field in self.spec.fields if field.refers_to}
        by_destination = frozenset(DESTINATION_KINDS.values()) if self.destinations else frozenset()
        return self.also_refers_to | by_destination | declared

    def references(self, record: Values) -> list[Reference]:
        """Every record that this one names."""
        found = [
            Reference(field.name, field.refers_to, key)
            for field in self.spec.fields
            if field.refers_to and record.get(field.name)
            for key in _named_by(field, record[field.name])
        ]
        given = (name for name in self.destinations if record.get(name))
        found.extend(destination(name, str(record[name])) for name in given)
        return found

    def columns(self, values: Values, context: SaveContext) -> dict[str, object]:
        """Values as columns of the table."""
        columns: dict[str, object] = dict(values)
        for name in self.encrypted:
            if values.get(name):
                columns[name] = context.encrypt(str(values[name]))
        return columns

    def readable_secrets(self, db: SqliteDatabase, decrypt: Callable[[str], str]) -> dict[str, Values]:
        """The secrets that can be read again, by key."""
        if not self.encrypted:
            return {}
        return {
            str(row[self.spec.key]): {
                name: decrypt(row[name]) if row[name] else "" for name in self.encrypted
            }
            for row in self.rows(db)
        }

    def values(self, row: dict[str, Any]) -> Values:
        """A row as values: declared fields, secrets left out."""
        return {
            field.name: row[field.name] for field in self.spec.fields if field.kind is not FieldKind.SECRET
        }

    def all(self, db: SqliteDatabase) -> list[Values]:
        """All records, by key; shorter keys first, so that numbers stand in order."""
        return [self.values(row) for row in self.rows(db)]

    def one(self, db: SqliteDatabase, key: str) -> Values | None:
        """One record."""
        for row in self.rows(db, key):
            return self.values(row)
        return None

    def rows(self, db: SqliteDatabase, key: str | None = None) -> list[dict[str, Any]]:
        """The table's rows, with every column."""
        select = self.model.select().order_by(fn.LENGTH(self.key_column), self.key_column)
        if key is not None:
            select = select.where(self.key_column == key)
        return list(select.dicts().execute(db))

    def add(self, db: SqliteDatabase, values: Values, context: SaveContext) -> None:
        """Insert a checked record."""
        self.model.insert(self.columns(values, context)).execute(db)

    def set(self, db: SqliteDatabase, key: str, values: Values, context: SaveContext) -> None:
        """Write checked values of an existing record."""
        columns = self.columns(values, context)
        columns.pop(self.spec.key, None)
        if columns:
            self.model.update(columns).where(self.key_column == key).execute(db)

    def delete(self, db: SqliteDatabase, key: str) -> bool:
        """Remove a record; return whether there was one."""
        return bool(self.model.delete().where(self.key_column == key).execute(db))
