"""Sounds of the house for tests: hold music and ringback as named clips."""

from __future__ import annotations

import numpy as np

from app.calls.call import Call
from app.media.clip import Clip
from app.media.sources import Playlist, SoundSource

RATE = 16_000
MUSIC_HERTZ = 880
RINGBACK_HERTZ = 330


def tone_clip(hertz: float, seconds: float = 1.0, name: str = "") -> Clip:
    """A tone of the house's sound."""
    moments = np.arange(int(RATE * seconds)) / RATE
    return Clip((8000 * np.sin(2 * np.pi * hertz * moments)).astype(np.int16), name or f"{hertz:g} Hz")


class Sounds:
    """Stands in for the house's sounds. `has_music` is the setting music_on_hold."""

    def __init__(self, *, has_music: bool = True) -> None:
        self.has_music = has_music

    def hold_music(self, call: Call) -> SoundSource | None:
        """A tone."""
        clip = tone_clip(MUSIC_HERTZ, name="music")
        return Playlist((clip,), repeat=True) if self.has_music else None

    def ringback(self, call: Call) -> SoundSource | None:
        """Another tone."""
        return Playlist((tone_clip(RINGBACK_HERTZ, name="ringback"),), repeat=True)
