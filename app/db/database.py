"""The SQLite file and the one thread that works on it: functions go in, plain values come out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from peewee import SqliteDatabase

from app.db import schema
from app.db.faults import in_words
from app.db.folder_lock import FolderLock
from app.errors import EnvironmentFault
from app.paths import DataPaths

P = ParamSpec("P")
T = TypeVar("T")

# peewee models are bound to no database: each query says `.execute(db)`, so that one process can have several
# databases open (tests do).
_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 1,  # NORMAL: a power cut loses at most the last moments, never the file
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "cache_size": -2048,  # KiB
    "journal_size_limit": 16 * 1024 * 1024,
}


class Database:
    """The data folder's database, held open with the folder's lock.

    `created` tells, once open, that the file did not exist before.
    """

    def __init__(self, paths: DataPaths) -> None:
        self._paths = paths
        self._lock = FolderLock(paths.lock)
        self._sqlite = SqliteDatabase(None)
        self._thread: ThreadPoolExecutor | None = None
        self.created = False

    @property
    def path(self) -> Path:
        """The file."""
        return self._paths.database

    @property
    def is_open(self) -> bool:
        """Whether `run` can be called."""
        return self._thread is not None

    async def open(
        self, *, on_create: Callable[[SqliteDatabase], None] | None = None, patience_s: float = 0.0
    ) -> None:
        """Lock the folder, open the file, migrate it if need be.

        `on_create` fills a new file inside the transaction that makes its tables. `patience_s`: how long to
        wait for a command that holds the folder. Raises EnvironmentFault that says what to do.
        """
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
        try:
            await self._on_thread(self._open, on_create, patience_s)
        except BaseException:
            await self.close()
            raise

    async def run(
        self, function: Callable[Concatenate[SqliteDatabase, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call `function(db, …)` on the database thread in one transaction and return its plain values."""
        return await self._on_thread(self._transaction, lambda: function(self._sqlite, *args, **kwargs))

    async def close(self) -> None:
        """Close the file and free the folder. Without effect when not open."""
        if self._thread is None:
            return
        try:
            await self._on_thread(self._close)
        finally:
            thread, self._thread = self._thread, None
            thread.shutdown(wait=True)

    async def _on_thread(self, function: Callable[..., T], *args: object) -> T:
        if self._thread is None:
            raise EnvironmentFault("database.closed", "The database is closed: OpenMSS is stopping.")
        return await asyncio.get_running_loop().run_in_executor(self._thread, function, *args)

    def _transaction(self, work: Callable[[], T]) -> T:
        with in_words(self.path), self._sqlite.atomic():
            return work()

    def _open(self, on_create: Callable[[SqliteDatabase], None] | None, patience_s: float) -> None:
        try:
            self._paths.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            sentence = f"The data folder {self._paths.data} cannot be made ({error.strerror}). "
            sentence += "Choose another with --data."
            raise EnvironmentFault("folder.not_writable", sentence, path=str(self._paths.data)) from error
        self._lock.acquire(patience_s=patience_s)
        with in_words(self.path):
            schema.refuse_foreign_file(self.path)
            # It holds password hashes. Closed to others before SQLite opens it: the -wal file gets its mode.
            self.path.touch(mode=0o600)
            self.path.chmod(0o600)
            self._sqlite.init(str(self.path), pragmas=_PRAGMAS)
            self._sqlite.connect()
            self.created = schema.bring_up_to_date(self._sqlite, self.path, self._paths.backups, on_create)

    def _close(self) -> None:
        try:
            if not self._sqlite.is_closed():
                with in_words(self.path):
                    self._sqlite.close()
        finally:
            self._lock.release()
