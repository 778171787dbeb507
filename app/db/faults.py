"""Says in words what is the matter with a database file, for each way SQLite can fail on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peewee import PeeweeException

from app.errors import EnvironmentFault

_LOCKED = "{path} is locked by another program. Close what has it open (a backup, a tool) and try again."
# Primary result codes of SQLite (https://www.sqlite.org/rescode.html), by the name Python gives them.
_SENTENCES: tuple[tuple[str, str, str], ...] = (
    (
        "SQLITE_FULL",
        "database.disk_full",
        "The disk is full: {path} cannot grow, and nothing more can be saved. Free some space and try again.",
    ),
    (
        "SQLITE_READONLY",
        "database.read_only",
        "{path} cannot be written. Give your user the right to change the file and its folder.",
    ),
    (
        "SQLITE_CANTOPEN",
        "database.cannot_open",
        "{path} cannot be opened. Check that the folder exists and that your user may read and write in it.",
    ),
    (
        "SQLITE_BUSY",
        "database.locked",
        _LOCKED,
    ),
    (
        "SQLITE_LOCKED",
        "database.locked",
        _LOCKED,
    ),
    (
        "SQLITE_CORRUPT",
        "database.damaged",
        "{path} is damaged. Move it away and put a copy from the folder “backups” in its place.",
    ),
    (
        "SQLITE_NOTADB",
        "database.not_a_database",
        "{path} is not an OpenMSS database. Move it away, or choose another data folder.",
    ),
    (
        "SQLITE_IOERR",
        "database.input_output",
        "The disk failed while {path} was read or written. Check the disk, then try again.",
    ),
)


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what the environment does to the database into an EnvironmentFault; our own mistakes pass."""
    try:
        yield
    except (PeeweeException, sqlite3.Error) as error:
        fault = fault_of(error, path)
        if fault is None:
            raise
        raise fault from error


def fault_of(error: BaseException | None, path: Path) -> EnvironmentFault | None:
    """The fault that a peewee or sqlite3 exception stands for, or None where it is not the environment's.

    The whole chain is looked through: peewee raises its own exception in the context of sqlite3's, and a full
    disk ends the transaction by itself, so that it shows as a ROLLBACK that failed.
    """
    while error is not None:
        name = str(getattr(error, "sqlite_errorname", ""))
        for prefix, code, sentence in _SENTENCES:
            if name.startswith(prefix):
                return EnvironmentFault(code, sentence.format(path=path), path=str(path))
        error = error.__cause__ or error.__context__
    return None
