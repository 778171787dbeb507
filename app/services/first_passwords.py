"""The preset extensions and their generated passwords, kept readable until changed or put away."""

from __future__ import annotations

from dataclasses import dataclass

from peewee import SqliteDatabase

from app.db.kind import SaveContext
from app.db.sqlite import raw
from app.db.tables import extension
from app.db.vault import Vault
from app.services.passwords import new_password

PRESETS = ("100", "101", "102")


@dataclass(frozen=True, slots=True)
class FirstPassword:
    """A generated password that nobody has changed or dismissed yet."""

    number: str
    password: str


def make_presets(db: SqliteDatabase, vault: Vault, context: SaveContext) -> None:
    """Add the preset extensions to a new database."""
    for number in PRESETS:
        password = new_password()
        errors, values = extension.KIND.check(number, {"password": password}, None)
        assert not errors, errors
        extension.KIND.add(db, values, context)
        row = (number, vault.encrypt(password))
        raw(db).execute("INSERT INTO first_password (number, secret) VALUES (?, ?)", row)


def read(db: SqliteDatabase, vault: Vault, *, only_new: bool = False) -> tuple[FirstPassword, ...]:
    """Read them, by number; `only_new`: those never read with `only_new` before, and mark them."""
    where = "WHERE was_shown = 0" if only_new else ""
    rows = raw(db).execute(f"SELECT number, secret FROM first_password {where} ORDER BY number").fetchall()
    found = tuple(FirstPassword(number, vault.decrypt(secret)) for number, secret in rows)
    if only_new:
        raw(db).execute("UPDATE first_password SET was_shown = 1")
    return found


def dismiss(db: SqliteDatabase) -> None:
    """Forget them all; the extensions keep working with them."""
    raw(db).execute("DELETE FROM first_password")
