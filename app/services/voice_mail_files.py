"""The sound of mailboxes on disk: messages while they are spoken, greetings, and what a crash left behind.

Everything here but `MessageRecording.take` works on files, and runs on the voice mail's own thread.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import re
import secrets
import shutil
import time
import wave
from collections.abc import Collection
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import EnvironmentFault
from app.private_files import close_to_others, make_private_folder
from app.services.sound_files import read_sound

if TYPE_CHECKING:
    from app.media.samples import Samples

logger = logging.getLogger(__name__)

RATE = 16_000
FRAME_S = 0.02
_CHUNK = 50  # frames that go to the disk together
_KEPT_BACK = 320  # frames at the end that may yet be cut off: silence, or the tone of a key
_LOUD = 200  # mean of the amplitudes of 20 ms from which on somebody speaks
_SPOKEN = 10  # loud frames that make a message of it
_DRAFT = ".part"
GREETING = "greeting.wav"
_NAME = re.compile(r"[0-9]{1,16}")
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_LEAST_FREE = 16 * 1024 * 1024  # bytes; less is a full disk before it is one


def disk_fault(folder: Path, error: OSError | None = None) -> EnvironmentFault:
    """Say in words that the sound of a message cannot be kept."""
    if error is None or error.errno in _FULL:
        text = f"The disk is full: messages cannot be kept in {folder}. Free some space."
        return EnvironmentFault("voicemail.disk_full", text, path=str(folder))
    text = f"Messages cannot be kept in {folder} ({error.strerror}). Give your user the right to write there."
    return EnvironmentFault("voicemail.not_writable", text, path=str(folder), problem=str(error.strerror))


class MessageRecording:
    """One message while it is spoken: frames in, a file under a temporary name on disk.

    A fault of the disk is kept in `fault`; what comes after it is not recorded.
    """

    def __init__(self, path: Path, disk: Executor) -> None:
        self.path = path
        self.fault: EnvironmentFault | None = None
        self.is_over = False  # kept under another name, or gone
        self._disk = disk
        self._frames: list[Samples] = []
        self._taken = 0
        self._loud = 0
        self._is_closed = False
        self._file: wave.Wave_write | None = None
        self._writing: list[Future[None]] = []

    @property
    def seconds(self) -> float:
        """How much has been taken."""
        return self._taken * FRAME_S

    @property
    def has_voice(self) -> bool:
        """Whether anything but silence has been taken."""
        return self._loud >= _SPOKEN

    def take(self, _tick: int, frame: Samples) -> None:
        """Add 20 ms. For a sink: waits for nothing."""
        self._taken += 1
        if self._loud < _SPOKEN and abs(frame.astype("i4")).mean() >= _LOUD:
            self._loud += 1
        self._frames.append(frame)
        if len(self._frames) >= _CHUNK + _KEPT_BACK:
            self._write(self._frames[:-_KEPT_BACK])
            self._frames = self._frames[-_KEPT_BACK:]

    async def finish(self, *, cut_s: float = 0.0) -> float:
        """Write what is left but the last `cut_s` (6 at most), close the file, return its length.

        A second time it only returns that. Raises EnvironmentFault where the disk did not take it all; the
        draft is gone then.
        """
        if self._is_closed:
            return self.seconds
        self._is_closed = True
        cut = min(round(cut_s / FRAME_S), _KEPT_BACK, len(self._frames))
        if cut:
            self._frames = self._frames[:-cut]
            self._taken -= cut
        self._write(self._frames)
        self._frames = []
        await self._written()
        await asyncio.get_running_loop().run_in_executor(self._disk, self._close)
        if self.fault is not None:
            await self.discard()
            raise self.fault
        return self.seconds

    async def discard(self) -> None:
        """Give it up: nothing of it stays."""
        self.is_over = True
        self._frames = []
        await self._written()
        await asyncio.get_running_loop().run_in_executor(self._disk, self._remove)

    def _write(self, frames: list[Samples]) -> None:
        if frames:
            self._writing.append(self._disk.submit(self._append, frames))

    async def _written(self) -> None:
        waiting, self._writing = self._writing, []
        for each in waiting:
            await asyncio.wrap_future(each)

    # On the thread

    def _append(self, frames: list[Samples]) -> None:
        if self.fault is not None:
            return
        try:
            if self._file is None:
                self._file = new_wave(self.path)
            self._file.writeframes(b"".join([frame.tobytes() for frame in frames]))
        except OSError as error:
            self.fault = disk_fault(self.path.parent, error)
            logger.error("%s", self.fault)

    def _close(self) -> None:
        try:
            if self._file is None and self.fault is None:
                self._file = new_wave(self.path)  # nothing was said: an empty file, not none
            if self._file is not None:
                self._file.close()
                with self.path.open("rb") as file:
                    os.fsync(file.fileno())
        except OSError as error:
            self.fault = self.fault or disk_fault(self.path.parent, error)
        finally:
            self._file = None

    def _remove(self) -> None:
        try:
            if self._file is not None:
                self._file.close()
        except OSError as error:
            logger.debug("%s: %s", self.path, error)
        self._file = None
        remove(self.path)


def new_wave(path: Path) -> wave.Wave_write:
    """Make a file of our form that only our user can read: 16 kHz, mono, 16 bit."""
    path.touch(mode=0o600)
    close_to_others(path)
    file = wave.open(str(path), "wb")  # noqa: SIM115  whoever asked for it closes it
    file.setnchannels(1)
    file.setsampwidth(2)
    file.setframerate(RATE)
    return file


def draft(folder: Path, mailbox: str) -> Path:
    """The path of a new draft in a mailbox's folder, which is made. Raises EnvironmentFault."""
    place = folder / mailbox
    try:
        make_private_folder(place)
        if shutil.disk_usage(place).free < _LEAST_FREE:
            raise disk_fault(place)
    except OSError as error:
        raise disk_fault(place, error) from error
    return place / f"{secrets.token_hex(8)}{_DRAFT}"


def keep_message(path: Path) -> str:
    """Give a finished draft the name it keeps, and return that. Raises EnvironmentFault."""
    name = f"{time.strftime('%Y%m%d-%H%M%S')}-{path.name.removesuffix(_DRAFT)}.wav"
    return keep(path, path.with_name(name)).name


def keep(path: Path, target: Path) -> Path:
    """Give a finished draft a name, whatever had it before. Raises EnvironmentFault."""
    try:
        path.replace(target)
    except OSError as error:
        remove(path)
        raise disk_fault(path.parent, error) from error
    return target


def remove(path: Path) -> None:
    """Remove a file; one that cannot be removed is told to the log and swept at the next start."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        logger.warning("%s cannot be removed: %s", path, error)


def write_greeting(folder: Path, mailbox: str, source: Path, most_s: float) -> None:
    """Make any sound file the greeting of a mailbox. Raises SoundFileFault for a file that is none."""
    sound = read_sound(source, most_s=most_s)
    path = draft(folder, mailbox)
    try:
        with new_wave(path) as file:
            file.writeframes(sound.tobytes())
    except OSError as error:
        remove(path)
        raise disk_fault(path.parent, error) from error
    keep(path, folder / mailbox / GREETING)


def remove_mailbox(folder: Path, mailbox: str) -> None:
    """Remove all that a mailbox has on disk."""
    if _NAME.fullmatch(mailbox):
        shutil.rmtree(folder / mailbox, ignore_errors=True)


def sweep(folder: Path, files: Collection[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Remove drafts and files that no row names; return the (mailbox, file) pairs that have no file."""
    found: set[tuple[str, str]] = set()
    known = frozenset(files)
    places = [place for place in folder.iterdir() if place.is_dir()] if folder.is_dir() else []
    for place in places:
        if not _NAME.fullmatch(place.name):
            continue  # not ours
        for path in place.iterdir():
            if (place.name, path.name) in known:
                found.add((place.name, path.name))
            elif path.suffix in (_DRAFT, ".wav") and path.name != GREETING:
                logger.info("%s belongs to no message: it is removed", path)
                remove(path)
    return known - found


def greetings(folder: Path) -> frozenset[str]:
    """The mailboxes that have a greeting of their own."""
    return frozenset(path.parent.name for path in folder.glob(f"*/{GREETING}"))
