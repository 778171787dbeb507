"""Files of every format play after an ordinary end, after a full disk, and after a crash."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt
import pytest
import soundfile

from app.errors import EnvironmentFault
from app.services.recording_disk import SoundFormat
from app.services.recording_file import RATE, RecordingFile, length_of, mend, name_at_last, open_private

FORMATS = list(SoundFormat)
ALLOWED_LOSS = {SoundFormat.WAV: 0.0, SoundFormat.FLAC: 0.6, SoundFormat.OPUS: 2.5}  # seconds


def tone(seconds: float, hertz: float = 440.0, *, channels: int = 1) -> npt.NDArray[np.int16]:
    time = np.arange(round(seconds * RATE)) / RATE
    sound = (8000 * np.sin(2 * np.pi * hertz * time)).astype(np.int16)
    return sound if channels == 1 else np.stack([sound, np.zeros_like(sound)], axis=1)


def heard(path: Path, hertz: float, *, channel: int = 0) -> float:
    """How much of the sound is that tone, 0 to 1."""
    sound, rate = soundfile.read(path, dtype="float64", always_2d=True)
    part = sound[:, channel]
    time = np.arange(len(part)) / rate
    power = 2 * abs(np.sum(part * np.exp(-2j * np.pi * hertz * time))) ** 2 / len(part)
    return float(power / max(np.sum(part**2), 1e-9))


class FullDisk(io.FileIO):
    """A disk with room for so many bytes."""

    def __init__(self, path: Path, room: int) -> None:
        super().__init__(path, "w+")
        self.room = room

    def write(self, data: object) -> int:
        content = bytes(data)[: max(0, self.room - self.tell())]  # type: ignore[call-overload]
        if not content:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(content)


@pytest.mark.parametrize("sound_format", FORMATS)
@pytest.mark.parametrize("channels", [1, 2])
def test_what_is_written_plays(sound_format: SoundFormat, channels: int, tmp_path: Path) -> None:
    target = tmp_path / "day" / f"call.{sound_format}"
    file = RecordingFile(target, sound_format, channels)
    for _ in range(4):
        file.append(tone(0.5, channels=channels))
    assert not target.exists()
    size = file.finish()
    assert size == target.stat().st_size
    assert list(target.parent.iterdir()) == [target]
    assert file.seconds == 2.0
    info = soundfile.info(target)
    assert (info.channels, round(info.duration, 1)) == (channels, 2.0)
    assert heard(target, 440.0) > 0.9


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    target = tmp_path / "day" / "call.wav"
    file = RecordingFile(target, SoundFormat.WAV, 1)
    assert stat.S_IMODE(file.part.stat().st_mode) == 0o600
    file.append(tone(0.1))
    file.finish()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert stat.S_IMODE(target.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("sound_format", FORMATS)
def test_a_full_disk_leaves_what_was_heard_until_then(sound_format: SoundFormat, tmp_path: Path) -> None:
    room = {SoundFormat.WAV: 200_000, SoundFormat.FLAC: 60_000, SoundFormat.OPUS: 30_000}[sound_format]

    def open_raw(path: Path) -> IO[bytes]:
        return FullDisk(path, room)

    target = tmp_path / f"call.{sound_format}"
    file = RecordingFile(target, sound_format, 1, open_raw)
    with pytest.raises(EnvironmentFault) as caught:
        file.append(tone(50.0))
    assert caught.value.code == "recording.disk"
    assert os.strerror(errno.ENOSPC) in caught.value.text
    assert "call" in caught.value.text
    assert ".part" not in caught.value.text
    file.finish()
    assert 1.0 < file.seconds < 30.0
    assert length_of(target) == pytest.approx(file.seconds, abs=0.05)
    assert soundfile.info(target).duration == pytest.approx(file.seconds, abs=0.05)
    assert heard(target, 440.0) > 0.9


@pytest.mark.parametrize("sound_format", FORMATS)
@pytest.mark.parametrize("channels", [1, 2])
def test_a_crash_leaves_a_file_that_can_be_mended(
    sound_format: SoundFormat, channels: int, tmp_path: Path
) -> None:
    target = tmp_path / f"call.{sound_format}"
    file = RecordingFile(target, sound_format, channels)
    for _ in range(10):
        file.append(tone(0.5, channels=channels))
    torn = file.part.read_bytes()[:-3]  # as it stands on the disk, in the middle of a sample
    file.finish()
    target.unlink()
    file.part.write_bytes(torn)
    seconds = mend(file.part, sound_format)
    assert 5.0 - ALLOWED_LOSS[sound_format] - 0.1 <= seconds <= 5.0
    assert name_at_last(file.part) == target.stat().st_size
    assert soundfile.info(target).duration == pytest.approx(seconds, abs=0.05)
    assert heard(target, 440.0) > 0.9


@pytest.mark.parametrize("sound_format", FORMATS)
@pytest.mark.parametrize("content", [b"", b"RIFF", b"no sound at all" * 10])
def test_what_holds_no_sound_is_told(sound_format: SoundFormat, content: bytes, tmp_path: Path) -> None:
    part = tmp_path / f"call.{sound_format}.part"
    part.write_bytes(content)
    assert mend(part, sound_format) == 0.0


def test_a_folder_that_cannot_be_made_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(EnvironmentFault, match="cannot be written"):
        RecordingFile(tmp_path / "taken" / "call.wav", SoundFormat.WAV, 1)


def test_a_file_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "call.wav.part").write_bytes(b"other")
    with pytest.raises(EnvironmentFault):
        RecordingFile(tmp_path / "call.wav", SoundFormat.WAV, 1)
    with pytest.raises(FileExistsError):
        open_private(tmp_path / "call.wav.part")


def test_a_part_that_is_gone_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        mend(tmp_path / "call.wav.part", SoundFormat.WAV)
    with pytest.raises(EnvironmentFault):
        name_at_last(tmp_path / "call.wav.part")
