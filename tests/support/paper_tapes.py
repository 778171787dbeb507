"""Recordings in virtual time: a disk that is no thread, and files that are arrays in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from app.db.tables.recording import RecordingRow
from app.errors import EnvironmentFault
from app.services.recording_disk import RecordingDisk, SoundFormat
from app.services.recordings import RecordingOutlet

T = TypeVar("T")
RATE = 16_000


class PaperFile:
    """One recorded file."""

    def __init__(self, target: Path, sound_format: SoundFormat, channels: int, tapes: PaperTapes) -> None:
        self.target = target
        self.format = sound_format
        self.channels = channels
        self.is_finished = False
        self._pieces: list[npt.NDArray[np.int16]] = []
        self._tapes = tapes

    @property
    def sound(self) -> npt.NDArray[np.int16]:
        """All of it."""
        shape: tuple[int, ...] = (0,) if self.channels == 1 else (0, 2)
        return np.concatenate([np.zeros(shape, np.int16), *self._pieces])

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.sound) / RATE

    def append(self, sound: npt.NDArray[np.int16]) -> None:
        """Write."""
        if self._tapes.is_full:
            raise EnvironmentFault("recording.disk", "No space left on device.")
        self._pieces.append(sound.copy())

    def finish(self) -> int:
        """Close it."""
        assert not self.is_finished
        self.is_finished = True
        return 2 * self.sound.size


class PaperTapes(RecordingDisk):
    """Does at once what the thread would do, and calls back with the next turn of the loop."""

    def __init__(self) -> None:
        super().__init__(self._make)
        self.files: list[PaperFile] = []
        self.rows: list[RecordingRow] = []
        self.is_full = False

    @property
    def outlet(self) -> RecordingOutlet:
        """For the exchange."""
        return RecordingOutlet(self, Path("recordings"), self)

    def add(self, row: RecordingRow) -> None:
        """Take a row, as the queue in front of the database."""
        self.rows = [*(known for known in self.rows if known.file != row.file), row]

    def ask(self, work: Callable[..., T], *args: object) -> Future[T]:
        """Do it."""
        future: Future[T] = Future()
        future.set_result(work(*args))
        return future

    def on_loop(self, call: Callable[..., None], *args: object) -> None:
        """Call back."""
        asyncio.get_running_loop().call_soon(call, *args)

    def _make(self, target: Path, sound_format: SoundFormat, channels: int) -> Any:
        if self.is_full:
            raise EnvironmentFault("recording.disk", "No space left on device.")
        self.files.append(PaperFile(target, sound_format, channels, self))
        return self.files[-1]
