"""One sound file being recorded: written in pieces, named at its end, mended after a crash. Blocking."""

from __future__ import annotations

import contextlib
import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import soundfile

from app.errors import EnvironmentFault
from app.private_files import close_to_others, make_private_folder
from app.services.recording_disk import PART, SoundFormat

RATE = 16_000
_LONGEST_PIECE = 10 * RATE  # samples written at once
_COUNTED = 1_024  # samples read at once to count them: what is torn costs as many


_FORMS = {  # container and encoding, as libsndfile names them
    SoundFormat.WAV: ("WAV", "PCM_16"),
    SoundFormat.FLAC: ("FLAC", "PCM_16"),
    SoundFormat.OPUS: ("OGG", "OPUS"),
}
_FAILURES = (soundfile.LibsndfileError, AssertionError)

OpenRaw = Callable[[Path], IO[bytes]]


def open_private(path: Path) -> IO[bytes]:
    """Make a file that only we can read, in a folder that only we can read."""
    make_private_folder(path.parent)
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    raw = os.fdopen(os.open(path, flags, 0o600), "w+b", buffering=0)
    close_to_others(path)
    return raw


class _Disk:
    """The file as libsndfile uses it; remembers what went wrong, for a callback from C must not raise."""

    def __init__(self, raw: IO[bytes]) -> None:
        self.raw = raw
        self.problem: OSError | None = None

    def write(self, data: bytes) -> int:
        if self.problem is not None:
            return 0
        try:
            done = 0
            while done < len(data):
                done += self.raw.write(data[done:])
        except OSError as problem:
            self.problem = problem
        return done

    def seek(self, offset: int, whence: int = 0) -> int:
        return self.raw.seek(offset, whence)

    def tell(self) -> int:
        return self.raw.tell()

    def readinto(self, buffer: Any) -> int:
        return self.raw.readinto(buffer)  # type: ignore[attr-defined,no-any-return]


class RecordingFile:
    """A new file `target`, called `target`.part until it is finished. Raises EnvironmentFault."""

    def __init__(
        self, target: Path, sound_format: SoundFormat, channels: int, open_raw: OpenRaw = open_private
    ) -> None:
        self.target = target
        self.part = target.with_name(target.name + PART)
        self.channels = channels
        self.samples = 0
        self._format = sound_format
        try:
            self._disk = _Disk(open_raw(self.part))
        except OSError as problem:
            raise _fault(self.part, problem) from problem
        try:
            self._file = _writer(self._disk, sound_format, channels)
        except _FAILURES as error:
            self._disk.raw.close()
            raise self._problem(error) from error

    @property
    def seconds(self) -> float:
        """How long it is so far."""
        return self.samples / RATE

    def append(self, sound: npt.NDArray[np.int16]) -> None:
        """Write sound of the right number of channels: (samples,) or (samples, 2)."""
        for start in range(0, len(sound), _LONGEST_PIECE):
            piece = sound[start : start + _LONGEST_PIECE]
            try:
                self._file.write(piece)
            except _FAILURES as error:
                raise self._problem(error) from error
            if self._disk.problem is not None:
                raise self._problem(self._disk.problem)
            self.samples += len(piece)

    def finish(self) -> int:
        """Close it, name it and return its size in bytes; also after a fault. Raises the next one."""
        try:
            self._file.close()
        except _FAILURES as error:
            if self._disk.problem is None:
                raise self._problem(error) from error
        finally:
            with contextlib.suppress(OSError):
                self._disk.raw.close()
        if self._disk.problem is not None:
            self.samples = round(mend(self.part, self._format) * RATE)
        return name_at_last(self.part)

    def _problem(self, error: BaseException) -> EnvironmentFault:
        return _fault(self.part, self._disk.problem or error)


def _writer(disk: _Disk, sound_format: SoundFormat, channels: int) -> soundfile.SoundFile:
    container, encoding = _FORMS[sound_format]
    return soundfile.SoundFile(
        disk, "w", samplerate=RATE, channels=channels, format=container, subtype=encoding
    )


def name_at_last(part: Path) -> int:
    """Give a complete file its name; returns its size."""
    target = part.with_name(part.name.removesuffix(PART))
    try:
        part.replace(target)
        return target.stat().st_size
    except OSError as problem:
        raise _fault(target, problem) from problem


def mend(part: Path, sound_format: SoundFormat) -> float:
    """Make a file that was cut off play to its end; returns its seconds, 0.0 where nothing can be heard.

    Nothing is written anew: it works on a full disk too. Raises EnvironmentFault.
    """
    try:
        with part.open("r+b") as file:
            match sound_format:
                case SoundFormat.WAV:
                    _mend_wav(file)
                case SoundFormat.FLAC:
                    _mend_flac(file)
                case SoundFormat.OPUS:
                    _mend_ogg(file)
            return _length(file) / RATE
    except OSError as problem:
        raise _fault(part, problem) from problem


def length_of(path: Path) -> float:
    """The seconds of a complete file. Raises EnvironmentFault."""
    try:
        with path.open("rb") as file:
            return _length(file) / RATE
    except OSError as problem:
        raise _fault(path, problem) from problem


def _length(file: IO[bytes]) -> int:
    """Count the samples that can be decoded, whatever the header says."""
    file.seek(0)
    count = 0
    try:
        with soundfile.SoundFile(file) as sound:
            while found := len(sound.read(_COUNTED, dtype="int16")):
                count += found
    except (soundfile.LibsndfileError, ValueError):
        return count  # the last frame is not whole
    return count


def _mend_wav(file: IO[bytes]) -> None:
    """Write what is there into the sizes of RIFF and data, the last of the chunks."""
    head = file.read(4096)
    place = head.find(b"data")
    if not head.startswith(b"RIFF") or place < 0:
        return
    channels = struct.unpack_from("<H", head, head.find(b"fmt ") + 10)[0]
    begin = place + 8
    size = max(0, file.seek(0, os.SEEK_END) - begin)
    size -= size % (2 * channels)
    file.truncate(begin + size)
    for offset, value in ((4, begin + size - 8), (place + 4, size)):
        file.seek(offset)
        file.write(struct.pack("<I", value))


def _mend_flac(file: IO[bytes]) -> None:
    """Write the number of samples into STREAMINFO (RFC 9639 8.2), where a running encoder leaves 0."""
    head = file.read(42)
    if len(head) < 42 or not head.startswith(b"fLaC"):
        return
    packed = struct.unpack_from(">Q", head, 18)[0]
    count = _length(file)
    file.seek(18)
    file.write(struct.pack(">Q", packed >> 36 << 36 | count))


def _mend_ogg(file: IO[bytes]) -> None:
    """Cut off the page that is not whole (RFC 3533 6)."""
    size = file.seek(0, os.SEEK_END)
    end = 0
    while end + 27 <= size:
        file.seek(end)
        head = file.read(27)
        if not head.startswith(b"OggS"):
            break
        lacing = file.read(head[26])
        page = 27 + len(lacing) + sum(lacing)
        if len(lacing) < head[26] or end + page > size:
            break
        end += page
    file.truncate(end)


def _fault(path: Path, problem: BaseException) -> EnvironmentFault:
    reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
    text = f"The recording {path.name.removesuffix(PART)} cannot be written: {reason}."
    return EnvironmentFault("recording.disk", text, path=str(path), reason=reason)
