"""Recordings through the door of the window."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from app.api import recordings
from app.api.recordings import RecordingFilter
from app.db.tables import recording as table
from app.db.tables.recording import RecordingRow
from app.errors import UserError
from app.events import EventBus
from app.pbx import Pbx
from app.services.recording_disk import RecordingDisk
from app.services.recording_shelf import RecordingShelf
from tests.app.services.test_recordings import ON_DEMAND, Talk, office
from tests.support.data_folder import opened
from tests.support.office import in_virtual_time


@pytest.fixture
async def pbx(tmp_path: Path) -> AsyncIterator[recordings.HasRecordings]:
    async with opened(tmp_path) as folder:
        configuration = folder.configuration
        disk = RecordingDisk()
        shelf = RecordingShelf(
            configuration.database, configuration.holder, disk, tmp_path / "recordings", EventBus()
        )
        (tmp_path / "1.wav").write_bytes(b"sound")
        row = RecordingRow(
            file=str(tmp_path / "1.wav"), started_at=5.0, seconds=2.0, bytes=5, state="complete", caller="100"
        )
        await configuration.database.run(table.write, [row])
        yield SimpleNamespace(recordings=shelf)
        await disk.stop()


async def test_read_copied_and_deleted(pbx: recordings.HasRecordings, tmp_path: Path) -> None:
    (view,) = await recordings.page(pbx)
    assert (view.id, view.caller, view.seconds, view.bytes, view.state) == (1, "100", 2.0, 5, "complete")
    assert await recordings.get(pbx, 1) == view
    assert await recordings.page(pbx, RecordingFilter(number="2")) == []
    assert await recordings.page(pbx, RecordingFilter(since=6.0)) == []
    await recordings.export(pbx, 1, str(tmp_path / "copy.wav"))
    assert (tmp_path / "copy.wav").read_bytes() == b"sound"
    assert await recordings.delete(pbx, [1]) == 1
    with pytest.raises(UserError, match="no recording 1"):
        await recordings.get(pbx, 1)


@in_virtual_time
async def test_begun_and_ended_by_the_number_of_a_call() -> None:
    async with office(ON_DEMAND) as house:
        whole = cast(Pbx, SimpleNamespace(exchange=house.exchange))
        talk = await Talk(house).begin()
        number = talk.call.id
        await recordings.start(whole, number, "command")
        await asyncio.sleep(1)
        await recordings.pause(whole, number)
        assert talk.call.recording == "paused"
        await recordings.resume(whole, number)
        await recordings.stop(whole, number)
        await talk.end()
        assert talk.row.started_by == "command"
        for question in (recordings.start, recordings.stop, recordings.pause, recordings.resume):
            with pytest.raises(UserError, match="has ended already"):
                await question(whole, number)
