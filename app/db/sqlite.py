"""Reaches the sqlite3 connection under peewee, for plain SQL where speed or exact wording matters."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from peewee import SqliteDatabase


def columns_of(row: object, names: Iterable[str]) -> list[object]:
    """The values of a dataclass for a statement; what is not UTF-8 in a text becomes question marks."""
    return [_storable(getattr(row, name)) for name in names]


def _storable(value: object) -> object:
    if type(value) is not str or value.isascii():
        return value
    return value.encode("utf-8", "replace").decode("utf-8")


def raw(db: SqliteDatabase) -> sqlite3.Connection:
    """The database thread's connection. Transactions stay peewee's: no BEGIN or COMMIT here."""
    connection: sqlite3.Connection = db.connection()  # type: ignore[no-untyped-call]
    return connection
