"""Plays a sound file on a device of this computer: begins, tells where it is, stops."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.errors import EnvironmentFault

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Sound = npt.NDArray[np.float32]  # (frames, channels)

logger = logging.getLogger(__name__)

_TICK_MS = 100


class Output(Protocol):
    """A device that plays; made by `open_output`."""

    def stop(self) -> None:
        """Play nothing more, and let go of the device."""
        ...


# (rate, channels, fill, device) -> Output. `fill(frames)` is asked on the device's thread; fewer = the end.
OpenOutput = Callable[[int, int, Callable[[int], "Sound"], "int | None"], Output]


class Player(QObject):
    """One file at a time. `changed`: it began, stopped or came to its end; `moved`: seconds, ten a second.

    `failed` has an EnvironmentFault: the file cannot be read, or there is no device to play on.
    """

    changed = Signal()
    moved = Signal(float)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None, open_output: OpenOutput | None = None) -> None:
        super().__init__(parent)
        self._open_output = open_output or open_device
        self._output: Output | None = None
        self._file: _File | None = None
        self.device: int | None = None  # PortAudio's number; None: the system's own choice
        self.path: Path | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._follow)

    @property
    def is_playing(self) -> bool:
        """Whether something can be heard."""
        return self._output is not None

    @property
    def seconds(self) -> float:
        """How long the file is that plays, 0.0 = none."""
        return self._file.seconds if self._file is not None else 0.0

    @property
    def position(self) -> float:
        """How many seconds of it have been played."""
        return self._file.position if self._file is not None else 0.0

    def play(self, source: Path | bytes) -> None:
        """Play a file, or its content, from its beginning, in place of what plays."""
        self.stop()
        try:
            self._file = _File(source)
            self._output = self._open_output(
                self._file.rate, self._file.channels, self._file.read, self.device
            )
        except EnvironmentFault as fault:
            self._let_go()
            self.failed.emit(fault)
            return
        self.path = source if isinstance(source, Path) else None
        self._tick.start()
        self.changed.emit()

    @Slot()
    def stop(self) -> None:
        """Stop; without effect when nothing plays."""
        if self._output is None:
            return
        self._let_go()
        self.changed.emit()

    def _let_go(self) -> None:
        self._tick.stop()
        output, self._output = self._output, None
        if output is not None:
            output.stop()
        if self._file is not None:
            self._file.close()
        self._file = None
        self.path = None

    @Slot()
    def _follow(self) -> None:
        if self._file is None:
            return
        self.moved.emit(self._file.position)
        if self._file.is_over:
            self.stop()


class _File:
    """The file as the device's thread reads it."""

    def __init__(self, source: Path | bytes) -> None:
        # Reading sound needs numpy, which a window that plays nothing does without.
        import soundfile

        try:
            file = source if isinstance(source, Path) else io.BytesIO(source)
            self._sound: Any = soundfile.SoundFile(file)
        except (soundfile.LibsndfileError, OSError) as error:
            name = source.name if isinstance(source, Path) else ""
            text = f"The sound file {name} cannot be played: {error}"
            raise EnvironmentFault("sound.file", text, file=name, reason=str(error)) from error
        self.rate: int = self._sound.samplerate
        self.channels: int = self._sound.channels
        self.seconds: float = self._sound.frames / self.rate
        self._played = 0
        self.is_over = False

    @property
    def position(self) -> float:
        """Seconds read so far."""
        return self._played / self.rate

    def read(self, frames: int) -> Sound:
        """The next frames; fewer at the end."""
        found: Sound = self._sound.read(frames, dtype="float32", always_2d=True)
        self._played += len(found)
        if len(found) < frames:
            self.is_over = True
        return found

    def close(self) -> None:
        """Close the file."""
        self._sound.close()


def open_device(rate: int, channels: int, fill: Callable[[int], Sound], device: int | None) -> Output:
    """Play on a device of PortAudio, at its own rate. Raises EnvironmentFault `sound.no_device`."""
    try:
        import sounddevice

        return _Device(sounddevice, rate, channels, fill, device)
    except (OSError, ValueError) as error:  # no PortAudio on this computer; PortAudioError is handled below
        raise _no_device(error) from error


class _Device:
    """A stream of PortAudio."""

    def __init__(
        self,
        sounddevice: Any,
        rate: int,
        channels: int,
        fill: Callable[[int], Sound],
        device: int | None,
    ) -> None:
        import soxr

        try:
            own_rate = int(sounddevice.query_devices(device, "output")["default_samplerate"])
            convert = soxr.ResampleStream(rate, own_rate, channels, dtype="float32")
            waiting: list[Any] = []

            def give(out: Any, frames: int, _time: Any, _status: Any) -> None:
                done = 0
                while done < frames:
                    if not waiting:
                        read = fill(rate // 10)
                        is_last = len(read) < rate // 10
                        waiting.append(convert.resample_chunk(read, last=is_last))
                        if is_last and not len(waiting[0]):
                            out[done:] = 0
                            raise sounddevice.CallbackStop
                    piece = waiting[0][: frames - done]
                    out[done : done + len(piece)] = piece
                    done += len(piece)
                    waiting[0] = waiting[0][len(piece) :]
                    if not len(waiting[0]):
                        waiting.clear()

            self._stream = sounddevice.OutputStream(
                samplerate=own_rate,
                channels=channels,
                dtype="float32",
                device=device,
                latency="high",
                callback=give,
            )
            self._stream.start()
        except sounddevice.PortAudioError as error:
            raise _no_device(error) from error

    def stop(self) -> None:
        """Let go of the device."""
        self._stream.close()


def _no_device(error: Exception) -> EnvironmentFault:
    text = f"There is no sound device to play on, or it is busy ({error}). Choose another, or save the file "
    text += "and play it elsewhere."
    return EnvironmentFault("sound.no_device", text, reason=str(error))
