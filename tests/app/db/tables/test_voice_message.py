"""The table of messages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from peewee import SqliteDatabase

from app.db.migrations import MIGRATIONS
from app.db.tables import voice_message
from app.db.tables.voice_message import MailState, MessageState, VoiceMessage


@pytest.fixture
def db() -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(":memory:")
    for migration in MIGRATIONS:
        migration.up(database)
    yield database
    database.close()


def draft(mailbox: str, file: str) -> VoiceMessage:
    return VoiceMessage(mailbox=mailbox, caller="100", caller_name="安娜", at=1.5, seconds=4.0, file=file)


def test_a_message_lives_from_add_to_delete(db: SqliteDatabase) -> None:
    first = voice_message.add(db, draft("101", "a.wav"))
    other = voice_message.add(db, draft("102", "b.wav"))
    last = voice_message.add(db, draft("101", "c.wav"))
    assert voice_message.of_mailbox(db, "101") == [first, last]
    assert voice_message.every(db) == [first, other, last]
    assert voice_message.one(db, other.id) == other
    assert voice_message.set_state(db, first.id, MessageState.SAVED)
    assert voice_message.set_mailed(db, first.id, MailState.FAILED)
    changed = voice_message.one(db, first.id)
    assert changed is not None
    assert (changed.state, changed.mailed) == (MessageState.SAVED, MailState.FAILED)
    voice_message.delete(db, [first.id, last.id])
    assert voice_message.every(db) == [other]
    assert voice_message.one(db, first.id) is None
    assert not voice_message.set_state(db, first.id, MessageState.NEW)
    assert not voice_message.set_mailed(db, first.id, MailState.SENT)
