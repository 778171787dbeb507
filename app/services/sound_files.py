"""Reads a sound file of any form that libsndfile knows into the house format, or says in words why not."""

from __future__ import annotations

import stat
import struct
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import EnvironmentFault

if TYPE_CHECKING:
    from app.media.samples import Samples

RATE = 16_000
MOST_BYTES = 200 * 1024 * 1024
MOST_SECONDS = 900
_SLOWEST, _FASTEST = 1_000, 768_000  # samples a second
_BLOCK = 1 << 20  # values read at once, of all channels


class SoundFileFault(EnvironmentFault):
    """A file that cannot be played; the text is a sentence that names the file."""


def read_sound(path: Path, most_s: float = MOST_SECONDS) -> Samples:
    """The sound at 16 kHz, channels mixed down. SoundFileFault for a file that is empty, broken or too long.

    Waits for the disk: call it on a thread.
    """
    import numpy as np
    import soundfile
    import soxr

    _check_size(path)
    try:
        with soundfile.SoundFile(path) as file:
            most = most_s * file.samplerate
            if file.frames > most:
                raise _too_long(path, most_s)
            if not _SLOWEST <= file.samplerate <= _FASTEST:
                raise _broken(path)
            resampler = soxr.ResampleStream(file.samplerate, RATE, 1, dtype="float32", quality="HQ")
            is_house = file.samplerate == RATE
            mixed, count = [], 0
            # not `blocks`, which some codings are too old for
            while len(block := file.read(_BLOCK // file.channels + 1, dtype="float32", always_2d=True)):
                count += len(block)
                if count > most:  # the header may lie
                    raise _too_long(path, most_s)
                mono = block.mean(axis=1, dtype="float32")
                if not np.isfinite(mono).all():
                    raise _broken(path)
                mixed.append(mono if is_house else resampler.resample_chunk(mono))
            if count and not is_house:
                mixed.append(resampler.resample_chunk(np.zeros(0, np.float32), last=True))
    except OSError as problem:
        raise _unreadable(path, problem) from problem
    except (soundfile.SoundFileError, RuntimeError) as problem:
        raise _broken(path) from problem
    sound = np.concatenate(mixed) if mixed else np.zeros(0, np.float32)
    if len(sound) == 0:
        raise _fault(path, "announcement.empty", "holds no sound. Record it again")
    samples: Samples = np.clip(np.rint(sound * 32768.0), -32768, 32767).astype(np.int16)
    samples.setflags(write=False)
    return samples


def wav_bytes(samples: Samples) -> bytes:
    """The sound as a WAV file."""
    import io

    import soundfile

    file = io.BytesIO()
    soundfile.write(file, samples, RATE, format="WAV", subtype="PCM_16")
    return file.getvalue()


def _check_size(path: Path) -> None:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for, a device never ends
            raise _broken(path)
        size = status.st_size
        with path.open("rb") as file:
            head = file.read(12)
    except OSError as problem:
        raise _unreadable(path, problem) from problem
    if size == 0:
        raise _fault(path, "announcement.empty", "is empty. Record it again")
    if size > MOST_BYTES:
        most = MOST_BYTES >> 20
        what = f"is larger than {most} MB. Save it shorter, or compressed"
        raise _fault(path, "announcement.too_large", what, most=most)
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        announced = struct.unpack("<I", head[4:8])[0] + 8
        # Recorders that do not know the length beforehand write nothing or all ones.
        if size < announced and announced not in (8, 0xFFFFFFFF + 8) and announced - size > 1:
            what = f"is cut off: {size} of {announced} bytes are there. Copy it again"
            raise _fault(path, "announcement.cut_off", what, size=size, announced=announced)


def _too_long(path: Path, most_s: float) -> SoundFileFault:
    what = f"is longer than {most_s:.0f} seconds. Shorten it"
    return _fault(path, "announcement.too_long", what, most=f"{most_s:.0f}")


def _broken(path: Path) -> SoundFileFault:
    what = "is no sound file that can be read. Save it as WAV, FLAC, Ogg or MP3"
    return _fault(path, "announcement.broken", what)


def _unreadable(path: Path, problem: OSError) -> SoundFileFault:
    what = f"cannot be read ({problem.strerror}). Check the rights to it"
    return _fault(path, "announcement.unreadable", what, reason=problem.strerror)


def _fault(path: Path, code: str, what: str, **details: object) -> SoundFileFault:
    return SoundFileFault(code, f"{path} {what}.", path=str(path), **details)
