"""The recordings that are on the disk: mended after a crash, deleted by age, size or order, counted."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import shutil
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from app.db.database import Database
from app.db.tables import recording as recording_table
from app.db.tables.recording import RecordingQuery, RecordingRow, RecordingState
from app.errors import EnvironmentFault, UserError
from app.events import EventBus, RecordingsChanged
from app.services.directory import Settings
from app.services.recording_disk import PART, RecordingDisk, SoundFormat

logger = logging.getLogger(__name__)

_DAY_S = 86_400.0
_GB = 1_000_000_000
_SWEEP_S = 600.0  # between two looks for what may go


class HasSettings(Protocol):
    """What says how long recordings are kept: the directory."""

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        ...


class HoldsDirectory(Protocol):
    """The part of `DirectoryHolder` that is used."""

    @property
    def current(self) -> HasSettings:
        """The directory in force."""
        ...


class RecordingShelf:
    """Finished recordings: their rows in the database and their files. Used on the engine's loop."""

    def __init__(
        self,
        database: Database,
        holder: HoldsDirectory,
        disk: RecordingDisk,
        folder: Path,
        events: EventBus,
    ) -> None:
        self._database = database
        self._holder = holder
        self._disk = disk
        self._folder = folder
        self._events = events
        self._loop = asyncio.get_running_loop()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Note what the last run left unfinished, and see to it in the background.

        To be called before anything is recorded: what is unfinished now is a leftover.
        """
        rows = await self._database.run(recording_table.unfinished)
        strays = await asyncio.to_thread(self._parts, {row.file + PART for row in rows})
        self._task = self._loop.create_task(self._begin([*rows, *strays]), name="leftover recordings")

    async def stop(self) -> None:
        """End what runs in the background; what is not mended yet is so at the next start."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
            self._task = None

    async def page(self, query: RecordingQuery, limit: int, before_id: int | None) -> list[RecordingRow]:
        """Read the newest matching recordings, newest first."""
        return await self._database.run(recording_table.page, query, limit=limit, before_id=before_id)

    async def row(self, recording_id: int) -> RecordingRow:
        """One recording. Raises UserError `recording.unknown`."""
        found = await self._database.run(recording_table.with_ids, [recording_id])
        if not found:
            text = f"There is no recording {recording_id}. “recordings list” shows those there are."
            raise UserError("recording.unknown", text, id=recording_id)
        return found[0]

    async def export(self, recording_id: int, target: Path) -> None:
        """Copy a finished recording to a place of the user's. Raises UserError or EnvironmentFault."""
        row = await self.row(recording_id)
        _refuse_running([row])
        try:
            await asyncio.to_thread(shutil.copyfile, row.file, target)
        except OSError as problem:
            text = f"The recording cannot be copied to {target}: {problem.strerror}."
            raise EnvironmentFault(
                "file.not_writable", text, path=str(target), reason=problem.strerror or ""
            ) from problem

    async def delete(self, ids: Sequence[int]) -> int:
        """Delete recordings for good; returns how many there were. UserError for one that still runs."""
        rows = await self._database.run(recording_table.with_ids, ids)
        _refuse_running(rows)
        return await self._delete(rows)

    async def sweep(self, now: float) -> int:
        """Delete what is too old or too much by the settings; returns how many went."""
        settings = self._holder.current.settings
        rows = await self._database.run(
            recording_table.beyond,
            before=now - settings.recording_days * _DAY_S if settings.recording_days else None,
            most_bytes=settings.recording_gigabytes * _GB if settings.recording_gigabytes else None,
        )
        if not rows:
            return 0
        logger.info("%d recordings are too old or too many: they are deleted", len(rows))
        return await self._delete(rows)

    async def _begin(self, leftovers: list[RecordingRow]) -> None:
        if leftovers:
            mended = [await asyncio.wrap_future(self._disk.ask(_mended, row)) for row in leftovers]
            await self._database.run(recording_table.write, [row for row in mended if row is not None])
            gone = [row.id for row, after in zip(leftovers, mended, strict=True) if after is None and row.id]
            await self._database.run(recording_table.forget, gone)
            self._events.publish(RecordingsChanged())
        await self._sweep_for_ever()

    async def _sweep_for_ever(self) -> None:
        while True:
            try:
                await self.sweep(time.time())
            except EnvironmentFault as fault:
                logger.error("recordings that are too old could not be deleted: %s", fault)
            await asyncio.sleep(_SWEEP_S)

    async def _delete(self, rows: Iterable[RecordingRow]) -> int:
        gone = [row for row in rows if await asyncio.wrap_future(self._disk.ask(_remove, Path(row.file)))]
        if gone:
            await self._database.run(recording_table.forget, [row.id for row in gone])
            self._events.publish(RecordingsChanged())
        return len(gone)

    def _parts(self, known: set[str]) -> list[RecordingRow]:
        """Leftovers without a row: the program ended before it was written. Blocking."""
        settings = self._holder.current.settings
        folders = {self._folder, *((Path(settings.recording_folder),) if settings.recording_folder else ())}
        found = []
        for folder in folders:
            try:
                parts = sorted(folder.glob(f"*/*{PART}"))
                times = [part.stat().st_mtime for part in parts]
            except OSError as problem:
                logger.warning("the folder of recordings %s cannot be read: %s", folder, problem)
                continue
            for part, moment in zip(parts, times, strict=True):
                if str(part) not in known:
                    found.append(RecordingRow(file=str(part).removesuffix(PART), started_at=moment))
        return found


def _mended(row: RecordingRow) -> RecordingRow | None:
    """Mend a leftover; None where nothing of it is left. On the disk's thread."""
    from app.services.recording_file import length_of, mend, name_at_last

    target = Path(row.file)
    part = Path(row.file + PART)
    try:
        if part.exists():
            seconds = mend(part, SoundFormat(target.suffix[1:]))
            if not seconds:
                part.unlink()
                return None
            size = name_at_last(part)
            return dataclasses.replace(row, seconds=seconds, bytes=size, state=RecordingState.REPAIRED.value)
        if target.exists():  # it was complete, only nobody had noted it
            size = target.stat().st_size
            return dataclasses.replace(
                row, seconds=length_of(target), bytes=size, state=RecordingState.COMPLETE.value
            )
    except (EnvironmentFault, OSError, ValueError) as problem:
        logger.error("the recording %s could not be mended: %s", target.name, problem)
        return dataclasses.replace(row, state=RecordingState.LOST.value)
    return None


def _remove(path: Path) -> bool:
    """Delete a file, and its folder when that is empty then; False where it cannot be. On the thread."""
    try:
        path.unlink(missing_ok=True)
    except OSError as problem:
        logger.error("the recording %s cannot be deleted: %s", path.name, problem)
        return False
    try:
        path.parent.rmdir()
    except OSError:
        logger.debug("%s holds more recordings", path.parent)
    return True


def _refuse_running(rows: Iterable[RecordingRow]) -> None:
    for row in rows:
        if row.state == RecordingState.RUNNING.value:
            text = f"Recording {row.id} is still running. End it first."
            raise UserError("recording.still_running", text, id=row.id)
