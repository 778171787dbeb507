"""The table of addresses that a code was mailed to, and whether it came back."""

from __future__ import annotations

from dataclasses import dataclass

from peewee import FloatField, IntegerField, Model, SqliteDatabase, TextField

from app.db.sqlite import raw


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAddressRow:
    """One address. Times are Unix seconds. The code itself is not kept."""

    address: str
    confirmed_at: float | None = None
    code_digest: str = ""  # "" = no code is out
    code_expires_at: float = 0.0
    wrong_codes: int = 0


class MailAddress(Model):
    """The peewee side of MailAddressRow."""

    address = TextField(primary_key=True)
    confirmed_at = FloatField(null=True)
    code_digest = TextField()
    code_expires_at = FloatField()
    wrong_codes = IntegerField()

    class Meta:
        """Names."""

        table_name = "mail_address"


_COLUMNS = ("address", "confirmed_at", "code_digest", "code_expires_at", "wrong_codes")


def get(db: SqliteDatabase, address: str) -> MailAddressRow:
    """What is known of an address; for a new one that is nothing."""
    select = f"SELECT {', '.join(_COLUMNS)} FROM mail_address WHERE address = ?"
    found = raw(db).execute(select, (address.lower(),)).fetchone()
    return (
        MailAddressRow(**dict(zip(_COLUMNS, found, strict=True)))
        if found
        else MailAddressRow(address=address)
    )


def put(db: SqliteDatabase, row: MailAddressRow) -> None:
    """Write what is known of an address."""
    raw(db).execute(
        f"INSERT OR REPLACE INTO mail_address ({', '.join(_COLUMNS)}) VALUES (?, ?, ?, ?, ?)",
        (row.address.lower(), row.confirmed_at, row.code_digest, row.code_expires_at, row.wrong_codes),
    )
