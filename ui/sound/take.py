"""A recording that is being worked on: cut, evened out, seen as a curve; every step can be taken back."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Sound = npt.NDArray[np.float32]

LOUDNESS = 10 ** (-20 / 20)  # of what is spoken, the silence between left out: that of our own announcements
_LOUDEST = 10 ** (-1 / 20)  # peaks stay below full scale
_QUIET = 10 ** (-45 / 20)
_MARGIN_S = 0.1  # left before and after what is spoken
_WINDOW_S = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """Mono sound from -1 to 1 at `rate` frames a second. Each edit makes a new one."""

    sound: Sound
    rate: int

    @classmethod
    def of(cls, blocks: Sequence[Sound], rate: int) -> Self:
        """Put the blocks of a recording together."""
        import numpy as np

        return cls(np.concatenate(blocks) if blocks else np.zeros(0, np.float32), rate)

    @classmethod
    def of_file(cls, content: bytes) -> Self:
        """Read the bytes of a sound file, stereo mixed down. soundfile.LibsndfileError."""
        import soundfile

        sound, rate = soundfile.read(io.BytesIO(content), dtype="float32", always_2d=True)
        return cls(sound.mean(axis=1), rate)

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.sound) / self.rate

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all."""
        return not len(self.sound)

    @property
    def is_silent(self) -> bool:
        """Whether nobody has spoken: a microphone that is switched off."""
        return self.is_empty or not (self._loudness_of_windows() > _QUIET).any()

    @property
    def is_clipped(self) -> bool:
        """Whether it was so loud that the microphone could not follow."""
        return not self.is_empty and int((abs(self.sound) >= 0.999).sum()) > 3

    def between(self, begin: float, end: float) -> Take:
        """The part from one moment to another, in seconds."""
        first, last = sorted((round(begin * self.rate), round(end * self.rate)))
        return Take(self.sound[max(first, 0) : max(last, 0)], self.rate)

    def without_edges(self) -> Take:
        """Without the silence before and after what is spoken; all of it where nobody speaks."""
        import numpy as np

        spoken = np.flatnonzero(self._loudness_of_windows() > _QUIET)
        if not len(spoken):
            return self
        window = self._window
        begin = spoken[0] * window / self.rate - _MARGIN_S
        end = (spoken[-1] + 1) * window / self.rate + _MARGIN_S
        return self.between(max(begin, 0.0), min(end, self.seconds))

    def evened_out(self) -> Take:
        """As loud as our own announcements, and never distorted by it."""
        loud = self._loudness_of_windows()
        spoken = loud[loud > _QUIET]
        if not len(spoken):
            return self
        factor = LOUDNESS / float((spoken**2).mean() ** 0.5)
        factor = min(factor, _LOUDEST / float(abs(self.sound).max()))
        return Take((self.sound * factor).astype(self.sound.dtype), self.rate)

    def peaks(self, columns: int) -> list[tuple[float, float]]:
        """Lowest and highest value of each of so many columns: what a curve shows."""
        import numpy as np

        if self.is_empty or columns < 1:
            return []
        edges = np.linspace(0, len(self.sound), columns + 1).astype(int)
        lows = np.minimum.reduceat(self.sound, np.minimum(edges[:-1], len(self.sound) - 1))
        highs = np.maximum.reduceat(self.sound, np.minimum(edges[:-1], len(self.sound) - 1))
        return list(zip(lows.tolist(), highs.tolist(), strict=True))

    def wav(self) -> bytes:
        """As the bytes of a WAV file of 16 bits."""
        import soundfile

        file = io.BytesIO()
        soundfile.write(file, self.sound, self.rate, format="WAV", subtype="PCM_16")
        return file.getvalue()

    @property
    def _window(self) -> int:
        return max(round(_WINDOW_S * self.rate), 1)

    def _loudness_of_windows(self) -> Sound:
        import numpy as np

        window = self._window
        whole = np.pad(self.sound, (0, -len(self.sound) % window)).reshape(-1, window)
        loudness: Sound = np.sqrt((whole.astype(np.float32) ** 2).mean(axis=1))
        return loudness


class TakeHistory:
    """The takes of one sitting: where one is, and the ways back and forth."""

    def __init__(self) -> None:
        self._takes: list[Take] = []
        self._place = -1

    @property
    def take(self) -> Take | None:
        """The take as it is now."""
        return self._takes[self._place] if self._place >= 0 else None

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._place > 0

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return self._place < len(self._takes) - 1

    def put(self, take: Take) -> None:
        """Go on with another take; what was taken back is gone."""
        self._takes = [*self._takes[: self._place + 1], take]
        self._place += 1

    def undo(self) -> None:
        """Take a step back."""
        if self.can_undo:
            self._place -= 1

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.can_redo:
            self._place += 1
