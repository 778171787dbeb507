"""Each way SQLite fails has its sentence."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import peewee
import pytest

from app.db.faults import fault_of, in_words
from app.errors import EnvironmentFault

PATH = Path("/data/openmss.db")


class Failure(sqlite3.OperationalError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.sqlite_errorname = name


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("SQLITE_FULL", "database.disk_full", "disk is full"),
        ("SQLITE_READONLY_DIRECTORY", "database.read_only", "cannot be written"),
        ("SQLITE_CANTOPEN_ISDIR", "database.cannot_open", "cannot be opened"),
        ("SQLITE_BUSY", "database.locked", "locked by another program"),
        ("SQLITE_LOCKED_SHAREDCACHE", "database.locked", "locked by another program"),
        ("SQLITE_CORRUPT_INDEX", "database.damaged", "damaged"),
        ("SQLITE_NOTADB", "database.not_a_database", "not an OpenMSS database"),
        ("SQLITE_IOERR_READ", "database.input_output", "disk failed"),
    ],
)
def test_each_fault_has_its_sentence(name: str, code: str, words: str) -> None:
    fault = fault_of(Failure(name), PATH)
    assert fault is not None
    assert fault.code == code
    assert words in fault.text
    assert str(PATH) in fault.text


def test_a_fault_is_found_under_peewees_exception() -> None:
    def fail_as_peewee_does() -> None:
        with in_words(PATH):
            try:
                raise Failure("SQLITE_FULL")
            except sqlite3.OperationalError:
                raise peewee.OperationalError("full")  # noqa: B904  in the context, not as its cause

    with pytest.raises(EnvironmentFault) as told:
        fail_as_peewee_does()
    assert told.value.code == "database.disk_full"


def test_a_mistake_of_ours_stays_what_it_is() -> None:
    with pytest.raises(peewee.IntegrityError), in_words(PATH):
        raise peewee.IntegrityError("UNIQUE constraint failed")
    assert fault_of(Failure("SQLITE_CONSTRAINT_UNIQUE"), PATH) is None
