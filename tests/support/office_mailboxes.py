"""Mailboxes without threads, for the office in virtual time: the real ones, on a folder of the test."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, TypeVar

from peewee import SqliteDatabase

from app.db.migrations import MIGRATIONS
from app.db.pin_hash import hash_pin
from app.events import EventBus
from app.services.directory import Extension
from app.services.mailboxes import Mailboxes

T = TypeVar("T")


class AtOnce(Executor):
    """Does everything here and now: virtual time does not wait for threads."""

    def submit(self, function: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        done: Future[T] = Future()
        try:
            done.set_result(function(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done


class DatabaseInMemory:
    """The schema of today, without a file."""

    def __init__(self) -> None:
        self._sqlite = SqliteDatabase(":memory:")
        for migration in MIGRATIONS:
            migration.up(self._sqlite)

    async def run(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with self._sqlite.atomic():
            return function(self._sqlite, *args, **kwargs)

    def close(self) -> None:
        self._sqlite.close()


def office_mailboxes(folder: Path, events: EventBus, database: DatabaseInMemory | None = None) -> Mailboxes:
    """Mailboxes in `folder`, which need not be opened while it is empty."""
    return Mailboxes(database or DatabaseInMemory(), folder, events, disk=AtOnce())


def changed(known: Extension, values: Mapping[str, object]) -> Extension:
    """An extension with fields of its record changed: forwarding, and the PIN of its mailbox."""
    forwards = {name.removeprefix("forward_"): value for name, value in values.items() if "forward_" in name}
    pin = values.get("voicemail_pin")
    return dataclasses.replace(
        known,
        forwards=dataclasses.replace(known.forwards, **forwards),  # type: ignore[arg-type]
        mailbox=known.mailbox if pin is None else dataclasses.replace(known.mailbox, pin=hash_pin(str(pin))),
    )
