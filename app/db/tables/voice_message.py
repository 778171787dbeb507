"""The table of the messages that callers left: one row a message, its sound in a file beside."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from peewee import AutoField, FloatField, Model, SqliteDatabase, TextField

from app.db.sqlite import columns_of, raw


class MessageState(StrEnum):
    """Whether a message was heard."""

    NEW = "new"
    SAVED = "saved"


class MailState(StrEnum):
    """What became of the mail about a message."""

    NONE = ""
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceMessage:
    """One message. `at` is Unix seconds. `id` is 0 until the row is in the database."""

    id: int = 0
    mailbox: str
    caller: str
    caller_name: str = ""
    at: float
    seconds: float
    file: str  # its name in the mailbox's folder
    state: MessageState = MessageState.NEW
    mailed: MailState = MailState.NONE


class VoiceMessageRow(Model):
    """The peewee side of VoiceMessage."""

    id = AutoField()
    mailbox = TextField()
    caller = TextField()
    caller_name = TextField()
    at = FloatField()
    seconds = FloatField()
    file = TextField()
    state = TextField()
    mailed = TextField()

    class Meta:
        """Names."""

        table_name = "voice_message"
        indexes = ((("mailbox", "id"), False),)


_COLUMNS = tuple(field.name for field in dataclasses.fields(VoiceMessage) if field.name != "id")
_INSERT = f"INSERT INTO voice_message ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"


def add(db: SqliteDatabase, message: VoiceMessage) -> VoiceMessage:
    """Insert a message, and return it with its id."""
    row_id = raw(db).execute(_INSERT, columns_of(message, _COLUMNS)).lastrowid or 0
    return dataclasses.replace(message, id=row_id)


def every(db: SqliteDatabase) -> list[VoiceMessage]:
    """All messages of all mailboxes, the oldest first."""
    select = VoiceMessageRow.select().order_by(VoiceMessageRow.id)
    return [_message(row) for row in select.dicts().execute(db)]


def of_mailbox(db: SqliteDatabase, mailbox: str) -> list[VoiceMessage]:
    """The messages of one mailbox, the oldest first."""
    select = VoiceMessageRow.select().where(VoiceMessageRow.mailbox == mailbox).order_by(VoiceMessageRow.id)
    return [_message(row) for row in select.dicts().execute(db)]


def one(db: SqliteDatabase, message_id: int) -> VoiceMessage | None:
    """One message."""
    for row in VoiceMessageRow.select().where(VoiceMessageRow.id == message_id).dicts().execute(db):
        return _message(row)
    return None


def set_state(db: SqliteDatabase, message_id: int, state: MessageState) -> bool:
    """Mark a message; False where there is none."""
    update = VoiceMessageRow.update(state=state.value).where(VoiceMessageRow.id == message_id)
    return bool(update.execute(db))


def set_mailed(db: SqliteDatabase, message_id: int, mailed: MailState) -> bool:
    """Note what became of the mail about a message; False where there is none."""
    update = VoiceMessageRow.update(mailed=mailed.value).where(VoiceMessageRow.id == message_id)
    return bool(update.execute(db))


def delete(db: SqliteDatabase, message_ids: Sequence[int]) -> None:
    """Remove messages."""
    VoiceMessageRow.delete().where(VoiceMessageRow.id.in_(list(message_ids))).execute(db)


def _message(row: dict[str, object]) -> VoiceMessage:
    known = {**row, "state": MessageState(str(row["state"])), "mailed": MailState(str(row["mailed"]))}
    return VoiceMessage(**known)  # type: ignore[arg-type]
