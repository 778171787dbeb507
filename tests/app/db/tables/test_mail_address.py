"""What is known of an address, whatever case it is written in."""

from __future__ import annotations

import dataclasses

from peewee import SqliteDatabase

from app.db.migrations import MIGRATIONS
from app.db.tables import mail_address


def test_addresses_are_one_in_any_case() -> None:
    db = SqliteDatabase(":memory:")
    for migration in MIGRATIONS:
        migration.up(db)
    new = mail_address.get(db, "Owner@Example.net")
    assert (new.confirmed_at, new.code_digest) == (None, "")
    mail_address.put(db, dataclasses.replace(new, confirmed_at=7.0, wrong_codes=2))
    known = mail_address.get(db, "owner@example.NET")
    assert (known.confirmed_at, known.wrong_codes) == (7.0, 2)
    assert mail_address.get(db, "other@example.net").confirmed_at is None
    db.close()
