"""The table of outgoing mail: a letter stays until it is sent, and its row a while longer."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from peewee import AutoField, BlobField, FloatField, IntegerField, Model, SqliteDatabase, TextField

from app.db.sqlite import columns_of, raw

KEPT = 500  # letters that are done with, sent or given up
MOST_BYTES = 512 * 1024 * 1024  # of all letters that wait or were given up

WAITING, SENT, FAILED = "waiting", "sent", "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRow:
    """One letter. Times are Unix seconds. `content`: the whole message as it is sent, None once it is."""

    id: int = 0
    kind: str  # voice_mail | code | notice | test
    about: str = ""  # what it is about: a mailbox, the code of a notice
    recipient: str
    subject: str
    content: bytes | None = None
    state: str = WAITING
    made_at: float
    next_at: float
    attempts: int = 0
    code: str = ""  # why it is not sent yet, or never: stable
    reason: str = ""  # the same in words


class Mail(Model):
    """The peewee side of MailRow."""

    id = AutoField()
    kind = TextField()
    about = TextField()
    recipient = TextField()
    subject = TextField()
    content = BlobField(null=True)
    state = TextField()
    made_at = FloatField()
    next_at = FloatField()
    attempts = IntegerField()
    code = TextField()
    reason = TextField()

    class Meta:
        """Names."""

        table_name = "mail"


_COLUMNS = tuple(field.name for field in dataclasses.fields(MailRow) if field.name != "id")
_SHOWN = tuple(name for name in ("id", *_COLUMNS) if name != "content")
_INSERT = f"INSERT INTO mail ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"


def add(db: SqliteDatabase, row: MailRow) -> int:
    """Put a letter into the queue; returns its id."""
    return raw(db).execute(_INSERT, columns_of(row, _COLUMNS)).lastrowid or 0


def due(db: SqliteDatabase, now: float) -> MailRow | None:
    """The letter that has waited longest for its turn."""
    select = (
        f"SELECT id, {', '.join(_COLUMNS)} FROM mail WHERE state = ? AND next_at <= ? ORDER BY next_at, id"
    )
    found = raw(db).execute(f"{select} LIMIT 1", (WAITING, now)).fetchone()
    return MailRow(**dict(zip(("id", *_COLUMNS), found, strict=True))) if found else None


def has_room(db: SqliteDatabase, more: int) -> bool:
    """Whether a letter of so many bytes may wait too."""
    found: tuple[int] = raw(db).execute("SELECT coalesce(sum(length(content)), 0) FROM mail").fetchone()
    return found[0] + more <= MOST_BYTES


def next_due(db: SqliteDatabase) -> float | None:
    """When the next letter is to be tried; None where none waits."""
    found: tuple[float | None] = (
        raw(db).execute("SELECT min(next_at) FROM mail WHERE state = ?", (WAITING,)).fetchone()
    )
    return found[0]


def note_sent(db: SqliteDatabase, letter: int) -> None:
    """It is out: its content is no longer kept, nor are the oldest that are done with."""
    raw(db).execute(
        "UPDATE mail SET state = ?, content = NULL, attempts = attempts + 1, code = '', reason = '' "
        "WHERE id = ?",
        (SENT, letter),
    )
    _forget_oldest(db)


def note_failure(db: SqliteDatabase, letter: int, code: str, reason: str, next_at: float | None) -> None:
    """It did not go: `next_at` says when it is tried again, None = never by itself."""
    raw(db).execute(
        "UPDATE mail SET state = ?, attempts = attempts + 1, code = ?, reason = ?, "
        "next_at = coalesce(?, next_at) WHERE id = ?",
        (FAILED if next_at is None else WAITING, code, reason, next_at, letter),
    )
    _forget_oldest(db)


def _forget_oldest(db: SqliteDatabase) -> None:
    """Those that are done with and beyond KEPT."""
    raw(db).execute(
        "DELETE FROM mail WHERE state <> ? AND id NOT IN "
        "(SELECT id FROM mail WHERE state <> ? ORDER BY id DESC LIMIT ?)",
        (WAITING, WAITING, KEPT),
    )


def hurry(db: SqliteDatabase, now: float, letter: int | None = None) -> int:
    """Try a letter at once, a failed one too, or all that wait; returns how many that concerns."""
    if letter is None:
        return raw(db).execute("UPDATE mail SET next_at = ? WHERE state = ?", (now, WAITING)).rowcount
    return (
        raw(db)
        .execute(
            "UPDATE mail SET next_at = ?, state = ?, made_at = max(made_at, ?) "
            "WHERE id = ? AND content IS NOT NULL",
            (now, WAITING, now - 1.0, letter),
        )
        .rowcount
    )


def delete(db: SqliteDatabase, letter: int) -> bool:
    """Forget a letter, sent or not."""
    return bool(raw(db).execute("DELETE FROM mail WHERE id = ?", (letter,)).rowcount)


def page(db: SqliteDatabase, *, limit: int = 200, before_id: int | None = None) -> list[MailRow]:
    """The newest letters without their content, newest first; `before_id` continues a page."""
    rows = raw(db).execute(
        f"SELECT {', '.join(_SHOWN)} FROM mail WHERE id < ? ORDER BY id DESC LIMIT ?",
        (before_id if before_id is not None else 1 << 62, limit),
    )
    return [MailRow(**dict(zip(_SHOWN, row, strict=True))) for row in rows.fetchall()]
