"""Files are played to their end; no device and no file are told in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from app.errors import EnvironmentFault
from tests.ui.conftest import until
from ui.sound.player import Player, open_device


class FileDevice:
    """A device that takes sound as fast as it is asked to."""

    def __init__(self) -> None:
        self.opened: list[tuple[int, int, int | None]] = []
        self.heard = 0
        self.is_open = False
        self._fill: Callable[[int], Any]

    def open(self, rate: int, channels: int, fill: Callable[[int], Any], device: int | None) -> FileDevice:
        self.opened.append((rate, channels, device))
        self._fill = fill
        self.is_open = True
        return self

    def run(self, frames: int) -> None:
        self.heard += len(self._fill(frames))

    def stop(self) -> None:
        self.is_open = False


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "call.flac"
    soundfile.write(file, np.zeros((32_000, 2), np.int16), 16_000)
    return file


async def test_from_the_beginning_to_the_end(path: Path, qt: object) -> None:
    device = FileDevice()
    player = Player(open_output=device.open)
    changes: list[bool] = []
    places: list[float] = []
    player.changed.connect(lambda: changes.append(player.is_playing))
    player.moved.connect(places.append)
    player.device = 7
    player.play(path)
    assert device.opened == [(16_000, 2, 7)]
    assert (player.seconds, player.path, player.is_playing) == (2.0, path, True)
    device.run(16_000)
    assert player.position == 1.0
    device.run(20_000)
    await until(lambda: not player.is_playing)
    assert device.heard == 32_000
    assert places == [2.0]
    assert changes == [True, False]
    assert not device.is_open
    assert (player.seconds, player.position, player.path) == (0.0, 0.0, None)


def test_another_file_takes_its_place(path: Path, qt: object) -> None:
    device = FileDevice()
    player = Player(open_output=device.open)
    player.play(path)
    player.play(path)
    assert len(device.opened) == 2
    player.stop()
    player.stop()
    assert not device.is_open


def test_a_file_that_is_none(tmp_path: Path, qt: object) -> None:
    player = Player(open_output=FileDevice().open)
    faults: list[EnvironmentFault] = []
    player.failed.connect(faults.append)
    player.play(tmp_path / "gone.wav")
    (tmp_path / "text.wav").write_text("no sound")
    player.play(tmp_path / "text.wav")
    assert [fault.code for fault in faults] == ["sound.file", "sound.file"]
    assert not player.is_playing


def test_without_a_device(path: Path, qt: object) -> None:
    def none(*_: Any) -> Any:
        raise EnvironmentFault("sound.no_device", "none")

    player = Player(open_output=none)
    faults: list[EnvironmentFault] = []
    player.failed.connect(faults.append)
    player.play(path)
    assert [fault.code for fault in faults] == ["sound.no_device"]
    assert player.path is None


def test_a_device_that_does_not_exist_is_told() -> None:
    with pytest.raises(EnvironmentFault, match="no sound device") as caught:
        open_device(16_000, 1, lambda frames: np.zeros((frames, 1), np.float32), 9_999)
    assert caught.value.code == "sound.no_device"
