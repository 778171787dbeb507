"""The thread that writes recordings: takes batches, bounded in memory, and never makes the loop wait."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from app.errors import EnvironmentFault
from app.services.recorder import FRAME, Batch

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

T = TypeVar("T")

logger = logging.getLogger(__name__)

PART = ".part"  # behind the name of a file that is not complete
MOST_WAITING = 48 * 1024 * 1024  # bytes of sound that a slow disk may leave in memory, of all recordings
LONGEST_S = 16 * 3600.0  # of one recording: WAV ends at 4 GiB
_LONGEST_GAP = 500  # ticks made into sound at once
_LOOK_EVERY = 20  # batches of a recording between two looks at the free space
_STOP_PATIENCE_S = 10.0


class SoundFormat(StrEnum):
    """How a recording is kept."""

    WAV = "wav"
    FLAC = "flac"
    OPUS = "opus"  # in Ogg (RFC 7845)


class WritesSound(Protocol):
    """The part of `recording_file.RecordingFile` that is used."""

    @property
    def seconds(self) -> float:
        """How long it is so far."""
        ...

    def append(self, sound: npt.NDArray[np.int16]) -> None:
        """Write sound."""
        ...

    def finish(self) -> int:
        """Close it and give it its name; returns its size."""
        ...


MakeFile = Callable[[Path, SoundFormat, int], WritesSound]


class Tape:
    """One recording on its way to the disk. `ended(seconds, bytes, fault)` comes once, on the loop.

    A fault ends it: what has been written until then is finished in order.
    """

    def __init__(
        self,
        disk: RecordingDisk,
        target: Path,
        sound_format: SoundFormat,
        channels: int,
        ended: Callable[[float, int, EnvironmentFault | None], None],
        *,
        least_free: int = 0,
    ) -> None:
        self._disk = disk
        self._target = target
        self._format = sound_format
        self._channels = channels
        self._ended = ended
        self._least_free = least_free
        self._until_look = 0  # batches
        self._file: WritesSound | None = None
        self._fault: EnvironmentFault | None = None
        self._is_over = False
        disk.run(self._open)

    def add(self, batch: Batch) -> None:
        """Write a batch, some time. A disk that is too slow ends the recording."""
        if self._is_over:
            return
        if not self._disk.reserve(batch.bytes):
            text = (
                f"The disk is too slow for the recording {self._target.name}: it ends here. The call goes on."
            )
            self._fault = EnvironmentFault("recording.slow", text, path=str(self._target))
            self.finish()
            return
        self._disk.run(self._write, batch)

    def finish(self) -> None:
        """Write what waits and close the file. Again: without effect."""
        if not self._is_over:
            self._is_over = True
            self._disk.run(self._finish)

    # on the thread

    def _open(self) -> None:
        try:
            self._look_for_room()
            self._file = self._disk.make_file(self._target, self._format, self._channels)
        except EnvironmentFault as fault:
            self._fail(fault)

    def _write(self, batch: Batch) -> None:
        try:
            if self._file is not None:
                self._look_for_room()
                for sound in sounds(batch, self._channels):
                    self._file.append(sound)
                if self._file.seconds > LONGEST_S:
                    hours = round(LONGEST_S / 3600)
                    text = f"The recording {self._target.name} is {hours} hours long: it ends here."
                    raise EnvironmentFault("recording.too_long", text, path=str(self._target))
        except EnvironmentFault as fault:
            self._fail(fault)
        finally:
            self._disk.on_loop(self._disk.release, batch.bytes)

    def _look_for_room(self) -> None:
        """See now and then whether the disk is nearly full."""
        self._until_look -= 1
        if self._until_look > 0 or not self._least_free:
            return
        self._until_look = _LOOK_EVERY
        free = free_bytes(self._target.parent)
        if free < self._least_free:
            text = f"Only {free // 2**20} MB are free where recordings are kept. Make room, or keep them for "
            text += "fewer days."
            raise EnvironmentFault("recording.no_room", text, path=str(self._target), free=free // 2**20)

    def _fail(self, fault: EnvironmentFault) -> None:
        """Save what there is now: more would fail too."""
        self._fault = self._fault or fault
        self._close()
        self._disk.on_loop(self._set_over)

    def _set_over(self) -> None:
        self._is_over = True

    def _finish(self) -> None:
        if self._fault is None or self._file is not None:
            self._close()

    def _close(self) -> None:
        file, self._file = self._file, None
        seconds, size = 0.0, 0
        if file is not None:
            try:
                size = file.finish()
                seconds = file.seconds
            except EnvironmentFault as fault:
                self._fault = self._fault or fault
        self._disk.on_loop(self._ended, seconds, size, self._fault)


class RecordingDisk:
    """One thread for all recordings, made when the first begins. Used on the loop it was made on."""

    def __init__(self, make_file: MakeFile | None = None, *, most_waiting: int = MOST_WAITING) -> None:
        self._loop = asyncio.get_running_loop()
        self._thread: ThreadPoolExecutor | None = None
        self._make_file = make_file
        self._most_waiting = most_waiting
        self._waiting = 0

    @property
    def waiting(self) -> int:
        """How many bytes of sound are not on the disk yet."""
        return self._waiting

    def make_file(self, target: Path, sound_format: SoundFormat, channels: int) -> WritesSound:
        """Open a new file; on the thread, which is the first to need the sound library."""
        if self._make_file is None:
            from app.services.recording_file import RecordingFile

            self._make_file = RecordingFile
        return self._make_file(target, sound_format, channels)

    def reserve(self, size: int) -> bool:
        """Take room in memory; False where a slow disk has left none."""
        if self._waiting + size > self._most_waiting:
            return False
        self._waiting += size
        return True

    def release(self, size: int) -> None:
        """Give room back."""
        self._waiting -= size

    def run(self, work: Callable[..., None], *args: object) -> None:
        """Do some work on the thread, after all that was asked before."""
        self.ask(work, *args).add_done_callback(_log_problem)

    def ask(self, work: Callable[..., T], *args: object) -> Future[T]:
        """Do some work on the thread, for its answer."""
        if self._thread is None:
            self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="recordings")
        return self._thread.submit(work, *args)

    def on_loop(self, call: Callable[..., None], *args: object) -> None:
        """Call back, from the thread."""
        try:
            self._loop.call_soon_threadsafe(call, *args)
        except RuntimeError:
            logger.debug("the loop has ended before the last word of a recording")

    async def flushed(self) -> None:
        """Wait until all that was asked so far is done, and its callbacks have run."""
        if self._thread is not None:
            await asyncio.wrap_future(self.ask(_nothing))
            await asyncio.sleep(0)

    async def stop(self) -> None:
        """Write what waits; a disk that does not take it in time is left to the next start."""
        if self._thread is None:
            return
        try:
            async with asyncio.timeout(_STOP_PATIENCE_S):
                await self.flushed()
        except TimeoutError:
            logger.error("the disk does not take the recordings: what is missing is lost")
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._thread = None


def sounds(batch: Batch, channels: int) -> Iterable[npt.NDArray[np.int16]]:
    """Make a batch into sound, in pieces: both sides mixed, or side by side; a lone side as it is."""
    import numpy as np

    starts = range(batch.first, batch.end, _LONGEST_GAP)
    for start in starts:
        end = min(start + _LONGEST_GAP, batch.end)
        tracks = np.zeros((len(batch.sides), (end - start) * FRAME), np.int16)
        for track, frames in zip(tracks, batch.sides, strict=True):
            for tick, sound in frames:
                if start <= tick < end:
                    place = (tick - start) * FRAME
                    track[place : place + FRAME] = sound
        if len(tracks) == 1:
            yield tracks[0]
        elif channels == 2:
            yield np.ascontiguousarray(tracks.T)
        else:
            mixed = tracks.astype(np.int32).sum(axis=0)
            yield np.clip(mixed, -32768, 32767).astype(np.int16)


def free_bytes(folder: Path) -> int:
    """How much room the disk has on which the folder is, or will be. Blocking; raises EnvironmentFault."""
    for place in (folder, *folder.parents):
        if place.exists():
            try:
                return shutil.disk_usage(place).free
            except OSError as problem:
                text = f"The folder of recordings {folder} cannot be looked at: {problem.strerror}."
                raise EnvironmentFault("recording.disk", text, path=str(folder)) from problem
    return 0


def _nothing() -> None:
    """Wait for those before."""


def _log_problem(future: Future[None]) -> None:
    if not future.cancelled() and (problem := future.exception()) is not None:
        logger.error("a recording failed by a mistake of ours", exc_info=problem)
