"""Brings a file to this program's schema: newer or foreign files refused, a copy kept, migrations run."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from peewee import SqliteDatabase

from app.db.migrations import MIGRATIONS
from app.db.sqlite import raw
from app.errors import EnvironmentFault

logger = logging.getLogger(__name__)

APPLICATION_ID = 0x4F4D5353  # "OMSS" in the file's header: tells our files from other SQLite files
VERSION = len(MIGRATIONS)  # kept in the file as `user_version`
KEPT_BACKUPS = 5
_CHECKED_BYTES = 64 * 1024 * 1024  # larger files are not read whole at every start


def refuse_foreign_file(path: Path) -> None:
    """Look at an existing file without changing it; raise EnvironmentFault for one that is not ours."""
    if not path.exists() or path.stat().st_size == 0:
        return
    with closing(sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True)) as file:
        application_id: int = file.execute("PRAGMA application_id").fetchone()[0]
        version: int = file.execute("PRAGMA user_version").fetchone()[0]
        if application_id != APPLICATION_ID:
            sentence = f"{path} is not an OpenMSS database. Move it away, or choose another data folder."
            raise EnvironmentFault("database.not_a_database", sentence, path=str(path))
        if version > VERSION:
            raise _newer(path, version)
        if path.stat().st_size <= _CHECKED_BYTES:
            verdict: str = file.execute("PRAGMA quick_check(1)").fetchone()[0]
            if verdict != "ok":
                sentence = f"{path} is damaged ({verdict}). Move it away and put a copy from the folder "
                sentence += "“backups” in its place."
                raise EnvironmentFault("database.damaged", sentence, path=str(path), verdict=verdict)


def bring_up_to_date(
    db: SqliteDatabase,
    path: Path,
    backups: Path,
    on_create: Callable[[SqliteDatabase], None] | None = None,
) -> bool:
    """Run the migrations that the file has not seen; return whether it was empty before.

    All of them run in one transaction: a failure leaves the file as it was.
    """
    found: int = raw(db).execute("PRAGMA user_version").fetchone()[0]
    if found > VERSION:
        raise _newer(path, found)
    if found == VERSION:
        return False
    if found > 0:
        copy = back_up(db, backups, found)
        logger.info("database %s goes from schema %d to %d; a copy is in %s", path, found, VERSION, copy)
    with db.atomic("EXCLUSIVE"):
        for migration in MIGRATIONS[found:]:
            migration.up(db)
        if found == 0:
            raw(db).execute(f"PRAGMA application_id = {APPLICATION_ID}")
            if on_create is not None:
                on_create(db)
        raw(db).execute(f"PRAGMA user_version = {VERSION}")
    return found == 0


def back_up(db: SqliteDatabase, folder: Path, version: int) -> Path:
    """Copy the open database with SQLite's own backup, and keep the newest KEPT_BACKUPS copies."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem = time.strftime(f"openmss-v{version:04d}-%Y%m%d-%H%M%S")
    target = folder / f"{stem}.db"
    number = 1
    while target.exists():
        number += 1
        target = folder / f"{stem}-{number}.db"
    with closing(sqlite3.connect(target)) as copy:
        raw(db).backup(copy)
    target.chmod(0o600)
    copies = sorted(folder.glob("openmss-v*.db"), key=lambda file: (file.stat().st_mtime_ns, file.name))
    for old in copies[:-KEPT_BACKUPS]:
        old.unlink()
    return target


def _newer(path: Path, found: int) -> EnvironmentFault:
    sentence = f"{path} was written by a newer OpenMSS (schema {found}; this program knows {VERSION}). "
    sentence += "Install the newer version, or put back a copy from the folder “backups”."
    return EnvironmentFault("database.newer", sentence, path=str(path), found=found, known=VERSION)
