"""The sound of a message on its way to the disk."""

from __future__ import annotations

import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from app.errors import EnvironmentFault
from app.services import voice_mail_files as files
from app.services.voice_mail_files import MessageRecording
from tests.support.office_mailboxes import AtOnce
from tests.support.voice_mail_office import speech

QUIET = np.zeros(320, np.int16)


def recorded(path: Path, *frames: object) -> MessageRecording:
    recording = MessageRecording(path, AtOnce())
    for frame in frames:
        recording.take(0, frame)  # type: ignore[arg-type]
    return recording


def samples(path: Path) -> np.ndarray:  # type: ignore[type-arg]
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


async def test_what_was_taken_is_on_disk_without_its_end(tmp_path: Path) -> None:
    frames = [np.full(320, place, np.int16) for place in range(1000)]
    recording = recorded(tmp_path / "a.part", *frames)
    assert recording.seconds == 20.0
    assert await recording.finish(cut_s=5.5) == pytest.approx(14.5)
    assert await recording.finish(cut_s=5.5) == pytest.approx(14.5)
    assert np.array_equal(samples(tmp_path / "a.part"), np.concatenate(frames[:725]))


async def test_silence_is_no_voice(tmp_path: Path) -> None:
    assert not recorded(tmp_path / "a.part", *[QUIET] * 100).has_voice
    assert not recorded(tmp_path / "b.part", *[speech(0.02)] * 5).has_voice
    assert recorded(tmp_path / "c.part", *[speech(0.02)] * 20).has_voice


async def test_nothing_stays_of_what_is_given_up(tmp_path: Path) -> None:
    recording = recorded(tmp_path / "a.part", *[QUIET] * 1000)
    assert (tmp_path / "a.part").exists()
    await recording.discard()
    assert recording.is_over
    assert not (tmp_path / "a.part").exists()


@pytest.mark.logs("The disk is full")
async def test_a_disk_that_fails_on_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    recording = recorded(tmp_path / "a.part", *[QUIET] * 1000)
    monkeypatch.setattr(wave.Wave_write, "writeframes", full)
    for _ in range(500):
        recording.take(0, QUIET)
    with pytest.raises(EnvironmentFault) as error:
        await recording.finish()
    assert error.value.code == "voicemail.disk_full"
    assert not (tmp_path / "a.part").exists()


def test_too_little_room_is_said_before_anybody_speaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_LEAST_FREE", 2**62)
    with pytest.raises(EnvironmentFault) as error:
        files.draft(tmp_path, "101")
    assert error.value.code == "voicemail.disk_full"


@pytest.mark.skipif(sys.platform == "win32", reason="rights are told otherwise there")
def test_only_our_user_can_read(tmp_path: Path) -> None:
    path = files.draft(tmp_path, "101")
    files.new_wave(path).close()
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "101").touch()
    with pytest.raises(EnvironmentFault) as error:
        files.draft(tmp_path, "101")
    assert error.value.code == "voicemail.not_writable"


def test_only_folders_of_mailboxes_are_removed(tmp_path: Path) -> None:
    for name in ("101", "notes"):
        (tmp_path / name).mkdir()
    for name in ("101", "notes", "..", ""):
        files.remove_mailbox(tmp_path, name)
    assert [each.name for each in tmp_path.iterdir()] == ["notes"]
