"""Sound devices made of files: a microphone that hears a file, a loudspeaker that keeps what it played."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from app.errors import EnvironmentFault
from ui.sound.devices import SoundDevice, SoundDevices, busy_microphone

HEADSET = SoundDevice(3, "Headset", is_default=True)
BUILT_IN = SoundDevice(1, "Built-in microphone")
SPEAKERS = SoundDevice(4, "Speakers", is_default=True)
ALL = SoundDevices((BUILT_IN, HEADSET), (SPEAKERS,))


class FileMicrophone:
    """Gives the sound of a file in blocks, when the test says so."""

    def __init__(self, path: Path) -> None:
        self._sound, self.rate = soundfile.read(path, dtype="float32")
        self.is_alive = True
        self.is_open = False
        self.is_busy = False
        self.opened: list[SoundDevice] = []
        self._take: Callable[[Any], None] = lambda _: None
        self._place = 0

    def open(self, device: SoundDevice, take: Callable[[Any], None]) -> FileMicrophone:
        if self.is_busy:
            raise busy_microphone(device.name, "Device unavailable")
        self.opened.append(device)
        self._take, self._place = take, 0
        self.is_open = True
        return self

    def hear(self, seconds: float) -> None:
        """Let the device's thread deliver so much."""
        for _ in range(round(seconds * 50)):
            end = self._place + self.rate // 50
            self._take(self._sound[self._place : end].copy())
            self._place = end

    def stop(self) -> None:
        self.is_open = False


class FileLoudspeaker:
    """Keeps all that is played on it, as fast as it can take it."""

    def __init__(self) -> None:
        self.fault: EnvironmentFault | None = None
        self.played: Any = np.zeros(0, np.float32)
        self.rate = 0
        self.is_open = False
        self.device: int | None = None

    def open(
        self, rate: int, channels: int, fill: Callable[[int], Any], device: int | None
    ) -> FileLoudspeaker:
        if self.fault is not None:
            raise self.fault
        self.rate, self.device, self.is_open = rate, device, True
        self._fill = fill
        return self

    def run(self) -> None:
        """Play to the end."""
        pieces = [self._fill(self.rate // 10)]
        while len(pieces[-1]) == self.rate // 10:
            pieces.append(self._fill(self.rate // 10))
        self.played = np.concatenate(pieces)[:, 0]

    def stop(self) -> None:
        self.is_open = False


def spoken(path: Path, *, rate: int = 48_000, before: float = 1.0, after: float = 1.0) -> Path:
    """A file with a second of a quiet tone between silence: what a careless speaker records."""
    tone = 0.05 * np.sin(2 * np.pi * 440.0 * np.arange(rate) / rate)
    sound = np.concatenate([np.zeros(round(before * rate)), tone, np.zeros(round(after * rate))])
    soundfile.write(path, sound.astype(np.float32), rate, subtype="FLOAT")
    return path
