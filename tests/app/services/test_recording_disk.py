"""The writing thread: what is heard reaches the file; a slow or full disk ends recordings in order."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import soundfile

from app.errors import EnvironmentFault
from app.services.recorder import FRAME, Batch
from app.services.recording_disk import LONGEST_S, RecordingDisk, SoundFormat, Tape, free_bytes, sounds


def frame(value: int) -> npt.NDArray[np.int16]:
    return np.full(FRAME, value, np.int16)


def batch(first: int = 0, ticks: int = 50, sides: int = 2) -> Batch:
    return Batch(
        first,
        first + ticks,
        tuple(
            [(tick, frame(100 * (side + 1))) for tick in range(first, first + ticks)] for side in range(sides)
        ),
    )


class Ends(list[tuple[float, int, EnvironmentFault | None]]):
    """How tapes ended."""

    def __call__(self, seconds: float, size: int, fault: EnvironmentFault | None) -> None:
        self.append((seconds, size, fault))


class PaperFile:
    """A file in memory whose disk can be blocked or full."""

    def __init__(self, gate: threading.Event | None = None, room: int = 10**9) -> None:
        self.gate = gate
        self.room = room
        self.samples = 0
        self.finished = 0

    @property
    def seconds(self) -> float:
        return self.samples / 16_000

    def append(self, sound: npt.NDArray[np.int16]) -> None:
        if self.gate is not None:
            self.gate.wait(30)
        if self.samples + len(sound) > self.room:
            raise EnvironmentFault("recording.disk", "No space left on device")
        self.samples += len(sound)

    def finish(self) -> int:
        self.finished += 1
        return self.samples * 2


def paper(file: PaperFile) -> Callable[[Path, SoundFormat, int], Any]:
    return lambda target, sound_format, channels: file


async def test_what_is_heard_is_in_the_file(tmp_path: Path) -> None:
    disk = RecordingDisk()
    ends = Ends()
    target = tmp_path / "2026-11-23" / "call.wav"
    tape = Tape(disk, target, SoundFormat.WAV, 2, ends)
    tape.add(batch(0))
    tape.add(batch(50))
    tape.finish()
    tape.finish()
    tape.add(batch(100))
    await disk.flushed()
    assert ends == [(2.0, target.stat().st_size, None)]
    assert disk.waiting == 0
    sound, _ = soundfile.read(target, dtype="int16")
    assert sound.shape == (32_000, 2)
    assert set(sound[:, 0]) == {100}
    assert set(sound[:, 1]) == {200}
    await disk.stop()


async def test_fifty_at_once(tmp_path: Path) -> None:
    disk = RecordingDisk()
    ends = Ends()
    tapes = [Tape(disk, tmp_path / f"{n}.wav", SoundFormat.WAV, 1, ends) for n in range(50)]
    for second in range(3):
        for tape in tapes:
            tape.add(batch(50 * second))
    for tape in tapes:
        tape.finish()
    await disk.stop()
    await asyncio.sleep(0)
    assert [(seconds, fault) for seconds, _, fault in ends] == [(3.0, None)] * 50
    assert all(os.path.exists(tmp_path / f"{n}.wav") for n in range(50))  # noqa: ASYNC240


async def test_a_full_disk_ends_the_recording_once(tmp_path: Path) -> None:
    file = PaperFile(room=20_000)
    disk = RecordingDisk(paper(file))
    ends = Ends()
    tape = Tape(disk, tmp_path / "call.wav", SoundFormat.WAV, 1, ends)
    for second in range(5):
        tape.add(batch(50 * second))
    await disk.flushed()
    tape.add(batch(250))
    tape.finish()
    await disk.flushed()
    assert [(seconds, fault.code if fault else "") for seconds, _, fault in ends] == [(1.0, "recording.disk")]
    assert file.finished == 1
    assert disk.waiting == 0
    await disk.stop()


async def test_a_slow_disk_costs_the_recording_and_a_bounded_memory(tmp_path: Path) -> None:
    gate = threading.Event()
    file = PaperFile(gate)
    most = 10 * batch().bytes
    disk = RecordingDisk(paper(file), most_waiting=most)
    ends = Ends()
    tape = Tape(disk, tmp_path / "call.wav", SoundFormat.WAV, 1, ends)
    for second in range(100):
        tape.add(batch(50 * second))
        assert disk.waiting <= most
    gate.set()
    await disk.flushed()
    assert [fault.code for _, _, fault in ends if fault] == ["recording.slow"]
    assert ends[0][0] == 10.0
    assert "The call goes on" in str(ends[0][2])
    assert disk.waiting == 0
    await disk.stop()


async def test_a_file_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"")
    disk = RecordingDisk()
    ends = Ends()
    tape = Tape(disk, tmp_path / "taken" / "call.wav", SoundFormat.WAV, 1, ends)
    tape.add(batch())
    await disk.flushed()
    tape.finish()
    await disk.flushed()
    assert [(seconds, size, fault.code if fault else "") for seconds, size, fault in ends] == [
        (0.0, 0, "recording.disk")
    ]
    await disk.stop()


async def test_without_a_recording_there_is_no_thread() -> None:
    before = threading.active_count()
    disk = RecordingDisk()
    await disk.flushed()
    await disk.stop()
    assert threading.active_count() == before


def test_mono_is_the_sum_and_never_wraps() -> None:
    loud = Batch(0, 1, ([(0, frame(30_000))], [(0, frame(30_000))]))
    (mixed,) = sounds(loud, 1)
    assert set(mixed) == {32_767}
    (alone,) = sounds(Batch(0, 2, ([(1, frame(7))],)), 1)
    assert alone.tolist() == [0] * FRAME + [7] * FRAME


def test_an_hour_of_silence_is_made_in_pieces() -> None:
    hour = Batch(0, 180_000, ([(0, frame(1))], []))
    pieces = [len(piece) for piece in sounds(hour, 1)]
    assert sum(pieces) == 180_000 * FRAME
    assert max(pieces) == 500 * FRAME


def test_the_free_space_of_a_folder_to_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []

    def usage(path: Path) -> SimpleNamespace:
        asked.append(path)
        return SimpleNamespace(free=1234)

    monkeypatch.setattr("app.services.recording_disk.shutil.disk_usage", usage)
    assert free_bytes(tmp_path / "not" / "there") == 1234
    assert asked == [tmp_path]  # the nearest folder that is there already


async def test_a_recording_of_a_forgotten_call_ends_before_its_form_does(tmp_path: Path) -> None:
    file = PaperFile()
    disk = RecordingDisk(paper(file))
    ends = Ends()
    tape = Tape(disk, tmp_path / "call.wav", SoundFormat.WAV, 1, ends)
    tape.add(batch(0))
    file.samples = round(LONGEST_S * 16_000)
    tape.add(batch(50))
    tape.add(batch(100))
    await disk.flushed()
    ((seconds, size, fault),) = ends
    assert seconds == LONGEST_S + 1
    assert fault is not None
    assert fault.code == "recording.too_long"
    assert size == file.samples * 2 < 2**32 // 2
    assert file.finished == 1
    await disk.stop()
