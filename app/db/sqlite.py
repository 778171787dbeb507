"""Reaches the sqlite3 connection under peewee, for plain SQL where speed or exact wording matters."""

from __future__ import annotations

import sqlite3

from peewee import SqliteDatabase


def raw(db: SqliteDatabase) -> sqlite3.Connection:
    """The database thread's connection. Transactions stay peewee's: no BEGIN or COMMIT here."""
    connection: sqlite3.Connection = db.connection()  # type: ignore[no-untyped-call]
    return connection
