"""Reaches the sqlite3 connection under peewee, for plain SQL where building a query costs more than running it."""

from __future__ import annotations

import sqlite3

from peewee import SqliteDatabase


def raw(db: SqliteDatabase) -> sqlite3.Connection:
    """The connection of the calling (database) thread. peewee keeps the transactions: no BEGIN or COMMIT here."""
    connection: sqlite3.Connection = db.connection()  # type: ignore[no-untyped-call]
    return connection
