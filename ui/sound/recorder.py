"""Records from a microphone: begins, tells how loud it is, stops by itself before it is too long."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.errors import EnvironmentFault
from ui.sound.devices import SoundDevice, busy_microphone, no_microphone, no_sound_system, unplugged
from ui.sound.take import Take

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Sound = npt.NDArray[np.float32]

LONGEST_S = 300.0
_TICK_MS = 50
_SILENT_S = 2.0  # a device that gives nothing for so long is gone


class Input(Protocol):
    """A microphone that is open."""

    rate: int  # frames a second

    @property
    def is_alive(self) -> bool:
        """Whether the device still works."""
        ...

    def stop(self) -> None:
        """Let go of the device."""
        ...


# (device, take) -> Input. `take(frames)` is called on the device's thread with mono float sound.
OpenInput = Callable[[SoundDevice, Callable[["Sound"], None]], Input]


class Recorder(QObject):
    """One recording at a time. `level`: peak and loudness of the last moment, each from 0 to 1.

    `stopped` has the Take, also when the device went away in the middle; `failed` an EnvironmentFault.
    """

    changed = Signal()
    level = Signal(float, float)
    stopped = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        parent: QObject | None = None,
        open_input: OpenInput | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._open_input = open_input or open_microphone
        self._clock = clock
        self._input: Input | None = None
        self._lock = threading.Lock()
        self._blocks: list[Sound] = []
        self._seen = 0  # blocks that the level was told of
        self._frames = 0
        self._heard_at = 0.0
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.follow)

    @property
    def is_recording(self) -> bool:
        """Whether the microphone is open."""
        return self._input is not None

    @property
    def seconds(self) -> float:
        """How much has been recorded."""
        return self._frames / self._input.rate if self._input is not None else 0.0

    def start(self, device: SoundDevice | None) -> None:
        """Begin, in place of what was recorded before."""
        self.stop()
        self._blocks, self._seen, self._frames = [], 0, 0
        self._heard_at = self._clock()
        try:
            if device is None:
                raise no_microphone()
            self._input = self._open_input(device, self._take)
        except EnvironmentFault as fault:
            self.failed.emit(fault)
            return
        self._tick.start()
        self.changed.emit()

    @Slot()
    def stop(self) -> None:
        """End the recording; without effect when there is none."""
        if self._input is None:
            return
        self._tick.stop()
        source, self._input = self._input, None
        source.stop()
        with self._lock:
            blocks, self._blocks = self._blocks, []
        take = Take.of(blocks, source.rate)
        self.changed.emit()
        self.stopped.emit(take)

    @Slot()
    def follow(self) -> None:
        """Tell the level, notice a device that is gone, and end what has become too long."""
        source = self._input
        if source is None:
            return
        with self._lock:
            fresh, self._seen = self._blocks[self._seen :], len(self._blocks)
        if fresh:
            self._heard_at = self._clock()
            self.level.emit(*_level(fresh))
        if self._frames >= LONGEST_S * source.rate:
            self.stop()
        elif not source.is_alive or self._clock() - self._heard_at > _SILENT_S:
            self.stop()
            self.failed.emit(unplugged())

    def _take(self, frames: Sound) -> None:
        """On the device's thread."""
        with self._lock:
            source = self._input
            if source is None or self._frames < LONGEST_S * source.rate:
                self._blocks.append(frames)
                self._frames += len(frames)


def _level(blocks: list[Sound]) -> tuple[float, float]:
    peak = max(float(abs(block).max()) if len(block) else 0.0 for block in blocks)
    frames = sum(len(block) for block in blocks)
    power = sum(float((block * block).sum()) for block in blocks) / max(frames, 1)
    return min(peak, 1.0), min(power**0.5, 1.0)


def open_microphone(device: SoundDevice, take: Callable[[Sound], None]) -> Input:
    """Open a device of PortAudio at its own rate. EnvironmentFault where it does not answer."""
    try:
        import sounddevice
    except OSError as problem:
        raise no_sound_system(problem) from problem
    return _Microphone(sounddevice, device, take)


class _Microphone:
    """A stream of PortAudio."""

    def __init__(self, sounddevice: Any, device: SoundDevice, take: Callable[[Sound], None]) -> None:
        def receive(frames: Any, _count: int, _time: Any, _status: Any) -> None:
            take(frames[:, 0].copy())

        try:
            self._stream = sounddevice.InputStream(
                device=device.number, channels=1, dtype="float32", callback=receive
            )
            self._stream.start()
        except (sounddevice.PortAudioError, ValueError) as problem:
            raise busy_microphone(device.name, problem) from problem
        self.rate = int(self._stream.samplerate)

    @property
    def is_alive(self) -> bool:
        """PortAudio ends a stream whose device was pulled out."""
        return bool(self._stream.active)

    def stop(self) -> None:
        """Let go of the device."""
        self._stream.close(ignore_errors=True)
