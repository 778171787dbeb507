"""Writes rows behind the engine's back in batches: adding is an append, the disk is waited for by nobody."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Generic, TypeVar

from peewee import SqliteDatabase

from app.db.database import Database
from app.errors import EnvironmentFault

logger = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")

LATENESS_S = 0.25  # how long a row may wait for company
RETRY_S = 5.0  # after a fault: disk full, file locked
LARGEST_BATCH = 2000
MOST_WAITING = 200_000  # beyond it the oldest are given up, and the loss is logged


class WriteBehind(Generic[T, R]):
    """A queue of rows in front of the database, used on the engine's loop.

    `write(db, rows)` runs on the database thread in one transaction, then `written(result)` on the loop.
    A fault keeps the rows and tries again; `failed(fault)` hears of the first of a series.
    """

    def __init__(
        self,
        database: Database,
        write: Callable[[SqliteDatabase, list[T]], R],
        *,
        written: Callable[[R], None] | None = None,
        failed: Callable[[EnvironmentFault], None] | None = None,
    ) -> None:
        self._database = database
        self._write = write
        self._written = written
        self._failed = failed
        self._waiting: list[T] = []
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None
        self._is_failing = False

    @property
    def waiting(self) -> int:
        """How many rows are not yet on their way."""
        return len(self._waiting)

    def add(self, row: T) -> None:
        """Queue a row; it is written within LATENESS_S unless the disk is slow."""
        self._waiting.append(row)
        if len(self._waiting) > MOST_WAITING:
            lost = len(self._waiting) - MOST_WAITING // 2
            del self._waiting[:lost]
            logger.error("%d rows were given up because the database cannot be written", lost)
        if self._timer is None and self._task is None:
            self._arm(LATENESS_S)

    async def flush(self) -> None:
        """Write all that waits, now. Raises EnvironmentFault when that fails; the rows are kept."""
        self._disarm()
        while self._task is not None:
            await asyncio.wait({self._task})
        self._disarm()
        while self._waiting:
            await self._write_batch()

    def _arm(self, delay: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(delay, self._begin)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _begin(self) -> None:
        self._timer = None
        self._task = asyncio.get_running_loop().create_task(self._drain(), name="write-behind")

    async def _drain(self) -> None:
        delay = 0.0
        try:
            await self._write_batch()
            self._is_failing = False
        except EnvironmentFault as fault:
            delay = RETRY_S
            if not self._is_failing:
                self._is_failing = True
                logger.error("rows wait to be saved: %s", fault)
                if self._failed is not None:
                    self._failed(fault)
        except Exception:
            logger.exception("rows were saved, but what follows failed")
        finally:
            self._task = None
        if self._waiting:
            self._arm(delay or LATENESS_S)

    async def _write_batch(self) -> None:
        batch = self._waiting[:LARGEST_BATCH]
        del self._waiting[:LARGEST_BATCH]
        try:
            result = await self._database.run(self._write, batch)
        except EnvironmentFault:
            self._waiting[:0] = batch
            raise
        except Exception:
            await self._write_each(batch)
        else:
            self._note(result)

    async def _write_each(self, batch: list[T]) -> None:
        """One bad row must not take the others of its batch along."""
        for index, row in enumerate(batch):
            try:
                self._note(await self._database.run(self._write, [row]))
            except EnvironmentFault:
                self._waiting[:0] = batch[index:]
                raise
            except Exception:
                logger.exception("a row could not be saved and is given up: %r", row)

    def _note(self, result: R) -> None:
        if self._written is not None:
            self._written(result)
