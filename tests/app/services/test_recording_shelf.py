"""What the disk keeps: leftovers of a crash play, the old and the too many go, deletion is for good."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from app.db.database import Database
from app.db.tables import recording as recording_table
from app.db.tables.recording import RecordingQuery, RecordingRow, RecordingState
from app.errors import EnvironmentFault, UserError
from app.events import Event, EventBus, RecordingsChanged
from app.paths import DataPaths
from app.services.directory import Directory, DirectoryHolder, Settings
from app.services.recording_disk import RecordingDisk, SoundFormat
from app.services.recording_file import RecordingFile
from app.services.recording_shelf import RecordingShelf

NOW = 1_800_000_000.0
DAY = 86_400.0


class Archive:
    """A shelf on a folder, with its database."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder / "recordings"
        self.database = Database(DataPaths(folder))
        self.holder = DirectoryHolder(Directory(settings=settings))
        self.events: list[Event] = []
        bus = EventBus()
        bus.subscribe(self.events.append)
        self.disk = RecordingDisk()
        self.shelf = RecordingShelf(self.database, self.holder, self.disk, self.folder, bus)

    async def rows(self) -> list[RecordingRow]:
        return await self.shelf.page(RecordingQuery(), 100, None)

    async def keep(self, name: str, *, days_old: float = 0.0, size: int = 100) -> RecordingRow:
        """A finished recording of so many bytes."""
        path = self.folder / "2026-11-23" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * min(size, 100))
        row = RecordingRow(
            file=str(path),
            started_at=NOW - days_old * DAY,
            seconds=10.0,
            bytes=size,
            state=RecordingState.COMPLETE.value,
            caller="100",
            called="101",
        )
        await self.database.run(recording_table.write, [row])
        return (await self.rows())[0]

    async def leave(self, name: str, *, seconds: float = 3.0, has_row: bool = True) -> Path:
        """What a crash leaves: a part, and its row as a rule."""
        path = self.folder / "2026-11-23" / name
        file = RecordingFile(path, SoundFormat(path.suffix[1:]), 1)
        time = np.arange(round(seconds * 16_000)) / 16_000
        file.append((8000 * np.sin(2 * np.pi * 440 * time)).astype(np.int16))
        torn = file.part.read_bytes()
        file.finish()
        path.unlink()
        file.part.write_bytes(torn[:-1])
        if has_row:
            row = RecordingRow(file=str(path), started_at=NOW, caller="100", started_by="always")
            await self.database.run(recording_table.write, [row])
        return path

    async def restarted(self) -> None:
        """Start as the program does, and wait for what happens in the background."""
        before = len(self.events)
        await self.shelf.start()
        async with asyncio.timeout(20):
            while len(self.events) == before:  # noqa: ASYNC110  the end of it is an event on a plain bus
                await asyncio.sleep(0.001)


def exists(path: str) -> bool:
    return os.path.exists(path)


def size_of(path: Path) -> int:
    return path.stat().st_size


def files_in(folder: Path | str) -> list[str]:
    return sorted(os.listdir(folder))


@pytest.fixture
def settings() -> Settings:
    return Settings()


@pytest.fixture
async def archive(tmp_path: Path, settings: Settings) -> AsyncIterator[Archive]:
    made = Archive(tmp_path, settings)
    await made.database.open()
    yield made
    await made.shelf.stop()
    await made.disk.stop()
    await made.database.close()


@pytest.mark.parametrize("suffix", ["wav", "flac"])
async def test_a_leftover_is_mended_and_entered(archive: Archive, suffix: str) -> None:
    path = await archive.leave(f"call.{suffix}")
    await archive.restarted()
    (row,) = await archive.rows()
    assert (row.state, row.caller, row.started_by) == ("repaired", "100", "always")
    assert row.seconds == pytest.approx(3.0, abs=0.6)
    assert row.bytes == size_of(path)
    assert soundfile.info(path).duration == pytest.approx(row.seconds, abs=0.05)
    assert files_in(path.parent) == [path.name]


async def test_a_leftover_without_a_row_gets_one(archive: Archive) -> None:
    path = await archive.leave("call.wav", has_row=False)
    await archive.restarted()
    (row,) = await archive.rows()
    assert (row.file, row.state) == (str(path), "repaired")
    assert row.started_at > 0


async def test_a_leftover_without_a_sound_goes(archive: Archive) -> None:
    path = await archive.leave("call.wav", seconds=0.0)
    await archive.restarted()
    assert await archive.rows() == []
    assert files_in(path.parent) == []


async def test_a_row_whose_file_is_gone_goes_and_one_that_was_complete_is_noted(archive: Archive) -> None:
    gone = await archive.keep("gone.wav")
    whole = await archive.keep("whole.wav")
    os.unlink(gone.file)
    soundfile.write(whole.file, np.zeros(32_000, np.int16), 16_000)
    for row in (gone, whole):
        running = dataclasses.replace(row, state="running", seconds=0.0)
        await archive.database.run(recording_table.write, [running])
    await archive.restarted()
    (row,) = await archive.rows()
    assert (row.file, row.state, row.seconds) == (whole.file, "complete", 2.0)


async def test_what_cannot_be_mended_is_said_to_be_lost(
    archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "app.services.recording_shelf")
    path = await archive.leave("call.wav")
    os.unlink(str(path) + ".part")
    os.mkdir(str(path) + ".part")
    await archive.restarted()
    (row,) = await archive.rows()
    assert row.state == "lost"


async def test_killed_in_the_middle(archive: Archive) -> None:
    """A process that records is killed without any warning; its file plays after the next start."""
    path = archive.folder / "2026-11-23" / "call.flac"
    program = (
        "import os, pathlib, numpy\n"
        "from app.services.recording_file import RecordingFile, SoundFormat\n"
        f"file = RecordingFile(pathlib.Path({str(path)!r}), SoundFormat.FLAC, 1)\n"
        "for _ in range(5):\n"
        "    file.append((8000 * numpy.sin(numpy.arange(16000) / 6)).astype(numpy.int16))\n"
        "os._exit(9)\n"
    )
    done = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", program], check=False)
    assert done.returncode == 9
    await archive.restarted()
    (row,) = await archive.rows()
    assert 4.0 < row.seconds <= 5.0
    assert soundfile.info(path).duration == pytest.approx(row.seconds, abs=0.05)


@pytest.mark.parametrize("settings", [Settings(recording_days=30, recording_gigabytes=0)])
async def test_the_old_ones_go(archive: Archive) -> None:
    old = await archive.keep("old.wav", days_old=31)
    young = await archive.keep("young.wav", days_old=29)
    assert await archive.shelf.sweep(NOW) == 1
    assert await archive.rows() == [young]
    assert not exists(old.file)
    assert archive.events == [RecordingsChanged()]
    assert await archive.shelf.sweep(NOW) == 0


@pytest.mark.parametrize("settings", [Settings(recording_days=0, recording_gigabytes=2)])
async def test_beyond_the_room_the_oldest_go(archive: Archive) -> None:
    rows = [await archive.keep(f"{age}.wav", days_old=age, size=900_000_000) for age in (400, 300, 2, 1)]
    assert await archive.shelf.sweep(NOW) == 2
    assert {row.id for row in await archive.rows()} == {rows[2].id, rows[3].id}


@pytest.mark.parametrize("settings", [Settings(recording_days=0, recording_gigabytes=0)])
async def test_all_is_kept_without_a_limit(archive: Archive) -> None:
    await archive.keep("old.wav", days_old=5000, size=10**12)
    assert await archive.shelf.sweep(NOW) == 0


async def test_deleted_for_good_but_not_while_it_runs(archive: Archive) -> None:
    one, other = await archive.keep("1.wav"), await archive.keep("2.wav")
    running = RecordingRow(file=str(archive.folder / "3.wav"), started_at=NOW)
    await archive.database.run(recording_table.write, [running])
    with pytest.raises(UserError, match="still running"):
        await archive.shelf.delete([one.id, 3])
    assert await archive.shelf.delete([one.id, 99]) == 1
    assert not exists(one.file)
    assert exists(other.file)
    assert await archive.shelf.delete([other.id]) == 1
    assert not exists(os.path.dirname(other.file))
    with pytest.raises(UserError, match="There is no recording 99"):
        await archive.shelf.row(99)


async def test_a_file_that_cannot_be_deleted_keeps_its_row(
    archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "app.services.recording_shelf")
    row = await archive.keep("1.wav")
    os.unlink(row.file)
    os.mkdir(row.file)
    assert await archive.shelf.delete([row.id]) == 0
    assert await archive.rows() == [row]


async def test_a_copy(archive: Archive, tmp_path: Path) -> None:
    row = await archive.keep("1.wav")
    await archive.shelf.export(row.id, tmp_path / "copy.wav")
    assert (tmp_path / "copy.wav").read_bytes() == b"x" * 100
    with pytest.raises(EnvironmentFault, match="cannot be copied"):
        await archive.shelf.export(row.id, tmp_path / "nowhere" / "copy.wav")
