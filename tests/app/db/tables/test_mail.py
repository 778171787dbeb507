"""The rows of outgoing mail: whose turn it is, and what is kept of those that are done with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from peewee import SqliteDatabase

from app.db.migrations import MIGRATIONS
from app.db.tables import mail
from app.db.tables.mail import MailRow


@pytest.fixture
def db() -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(":memory:")
    for migration in MIGRATIONS:
        migration.up(database)
    yield database
    database.close()


def letter(next_at: float, content: bytes = b"text") -> MailRow:
    return MailRow(
        kind="test", recipient="a@b.example", subject="s", content=content, made_at=1.0, next_at=next_at
    )


def test_the_longest_waiting_comes_first(db: SqliteDatabase) -> None:
    late, early = mail.add(db, letter(20.0)), mail.add(db, letter(10.0))
    assert mail.due(db, 5.0) is None
    assert mail.next_due(db) == 10.0
    due = mail.due(db, 30.0)
    assert due is not None
    assert (due.id, due.content) == (early, b"text")
    mail.note_sent(db, early)
    due = mail.due(db, 30.0)
    assert due is not None
    assert due.id == late


def test_a_failure_waits_or_is_final(db: SqliteDatabase) -> None:
    one, two = mail.add(db, letter(1.0)), mail.add(db, letter(2.0))
    mail.note_failure(db, one, "mail.later", "Later.", 100.0)
    mail.note_failure(db, two, "mail.recipient", "Never.", None)
    newest, oldest = mail.page(db)
    assert (oldest.state, oldest.next_at, oldest.attempts, oldest.code) == ("waiting", 100.0, 1, "mail.later")
    assert (newest.state, newest.reason) == ("failed", "Never.")
    assert mail.hurry(db, 5.0) == 1
    assert mail.next_due(db) == 5.0
    assert mail.hurry(db, 6.0, two) == 1
    mail.note_sent(db, two)
    assert mail.hurry(db, 7.0, two) == 0  # its content is gone


def test_what_is_done_with_is_kept_for_a_while(db: SqliteDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "KEPT", 2)
    waiting = mail.add(db, letter(1.0))
    for _ in range(4):
        mail.note_sent(db, mail.add(db, letter(1.0)))
    rows = mail.page(db)
    assert [row.state for row in rows] == ["sent", "sent", "waiting"]
    assert rows[-1].id == waiting
    assert [row.id for row in mail.page(db, limit=1, before_id=rows[0].id)] == [rows[1].id]
    assert mail.delete(db, waiting)
    assert not mail.delete(db, waiting)


def test_letters_that_were_given_up_do_not_pile_up(
    db: SqliteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "KEPT", 3)
    for _ in range(10):
        mail.note_failure(db, mail.add(db, letter(1.0)), "mail.recipient", "no", None)
    assert len(mail.page(db)) == 3
    assert mail.has_room(db, mail.MOST_BYTES - 12)
    assert not mail.has_room(db, mail.MOST_BYTES - 11)
