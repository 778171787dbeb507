"""Announcements without threads, for the office in virtual time, and small folders of them for tests."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import soundfile

from app.events import EventBus
from app.media.samples import RATE, Samples
from app.paths import program_folder
from app.services.announcement_places import AnnouncementPlaces
from app.services.announcements import Announcements
from app.services.directory import DirectoryHolder
from app.services.sound_files import read_sound

T = TypeVar("T")

DEFAULTS = program_folder() / "mss_ann"
PIECE = 2000  # a quarter of a second at 8 kHz
_NOWHERE = Path("nowhere")

CATALOGUE = """
[hello]
kind = "speech"
text.en = "Hello."
text.zh = "你好。"

[only-english]
kind = "part"
text.en = "and"

[beep]
kind = "tone"
tone = "1000*300"

[tone-busy]
kind = "tone"
tone = "country"

[music-on-hold]
kind = "music"
"""


async def at_once(work: Callable[[], T]) -> T:
    """Do it here and now instead of on a thread: virtual time does not wait for threads."""
    return work()


def office_announcements(
    holder: DirectoryHolder, events: EventBus, places: AnnouncementPlaces | None = None
) -> Announcements:
    """The delivered announcements, loaded when they are first heard; no own ones unless places are given."""
    return Announcements(
        places or AnnouncementPlaces(DEFAULTS, _NOWHERE / "cust_ann", _NOWHERE / "data"),
        holder=holder,
        events=events,
        on_thread=at_once,
    )


def sine(hertz: float, seconds: float = 0.5, rate: int = RATE) -> Samples:
    """A tone that is told from others by its pitch."""
    moments = np.arange(int(seconds * rate)) / rate
    samples: Samples = (8000 * np.sin(2 * np.pi * hertz * moments)).astype(np.int16)
    return samples


def pitch(samples: Samples) -> float:
    """The strongest frequency of a sound in the house format."""
    return float(np.argmax(np.abs(np.fft.rfft(samples))) * RATE / len(samples))


def write_sound(
    path: Path, hertz: float, *, rate: int = RATE, seconds: float = 0.5, age_s: float = 0
) -> Path:
    """Write a tone in the form that the file's name says; `age_s` makes it look older."""
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, sine(hertz, seconds, rate), rate)
    if age_s:
        status = path.stat()
        os.utime(path, (status.st_atime - age_s, status.st_mtime - age_s))
    return path


def write_defaults(folder: Path, catalogue: str = CATALOGUE) -> Path:
    """A small mss_ann whose English is 300 Hz, its Chinese 400 Hz, its music 500 Hz."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "catalogue.toml").write_text(catalogue, encoding="utf-8")
    for place, hertz in (("en", 300), ("zh", 400), ("music", 500)):
        for name in ("music-on-hold",) if place == "music" else ("hello", "only-english"):
            write_sound(folder / place / "16k" / f"{name}.ogg", hertz)
    return folder


def likeness(heard: Samples, file: Path, most_s: float = 60.0) -> float:
    """How much of a file's sound was heard: the share of its quarters of a second that are found again.

    A busy machine may lose some packets; a quarter without them is found all the same.
    """
    wanted = read_sound(file)[::2][: int(most_s * 8000)].astype(np.float64)
    size = 1 << (len(wanted) + len(heard)).bit_length()
    spectrum = np.fft.rfft(heard.astype(np.float64), size)
    energy = np.concatenate(([0.0], np.cumsum(heard.astype(np.float64) ** 2)))
    pieces = [wanted[start : start + PIECE] for start in range(0, len(wanted) - PIECE + 1, PIECE)]
    pieces = [piece for piece in pieces if np.linalg.norm(piece) > 300 * np.sqrt(PIECE)]
    found = 0
    for piece in pieces:
        product = np.fft.irfft(spectrum * np.conj(np.fft.rfft(piece, size)), size)[: len(heard) - PIECE + 1]
        loudness = np.sqrt(np.maximum(energy[PIECE:] - energy[:-PIECE], 1.0)) * np.linalg.norm(piece)
        found += bool((product / loudness).max() > 0.9)
    return found / len(pieces)
