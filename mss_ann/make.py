"""Makes the sound files of the announcements from their texts in catalogue.toml.

python3 dev.py announcements [ID …]  those that are new or have another text; the named ones in any case

English is spoken by flite's voice slt, Chinese by espeak-ng; both must be installed (Debian:
flite, espeak-ng). What comes out is trimmed, evened to one level and written at 16 and 8 kHz; `made.toml`
notes what each file was made from, so that a changed text is seen.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from mss_ann.music import music

Sound = npt.NDArray[np.float32]  # one channel, 1.0 = full scale

FOLDER = Path(__file__).resolve().parent
CATALOGUE = FOLDER / "catalogue.toml"
MADE = FOLDER / "made.toml"
LANGUAGES = ("en", "zh")
RATES = {"16k": 16_000, "8k": 8_000}  # folder and rate

LEVEL_DB = -20.0  # RMS of what is spoken, without the pauses, below full scale
PEAK_DB = -2.0  # what no sample goes beyond
_GATE_DB = -35.0  # quieter than the loudest 20 ms by this much: a pause
_QUIET_DB = -45.0  # quieter by this much: silence at either end
_LEAD_S, _TRAIL_S = 0.02, 0.06  # kept of the silence
_FADE_S = 0.005
_SPEECH = ("OPUS", 0.9)  # libsndfile's name and degree of compression: about 30 kbit/s
_MUSIC = ("VORBIS", 0.5)  # the better of the two where an end is joined to the beginning


class MakeError(Exception):
    """Something is missing; the text says what."""


def main(arguments: Sequence[str]) -> int:
    """Make what is missing or stale, and what is named; remove what has no entry."""
    entries = catalogue()
    if unknown := set(arguments) - set(entries):
        print(f"no announcement {', '.join(sorted(unknown))} in {CATALOGUE.name}", file=sys.stderr)
        return 2
    noted = read_notes()
    wanted: dict[str, str] = {}
    try:
        for name, entry in entries.items():
            for language, text in spoken(entry).items():
                key = f"{language}/{name}"
                wanted[key] = fingerprint(language, text)
                files = [path_of(language, rate, name) for rate in RATES]
                is_made = noted.get(key) == wanted[key] and all(file.exists() for file in files)
                if name in arguments or not is_made:
                    print(f"{key}: {text}")
                    sound, spoken_rate = speak(language, text)
                    for rate, file in zip(RATES.values(), files, strict=True):
                        write(resampled(sound, spoken_rate, rate), rate, file, _SPEECH)
                    note({key: wanted[key]})
        if any(entry["kind"] == "music" for entry in entries.values()):
            make_music("music-on-hold", is_asked="music-on-hold" in arguments)
    except MakeError as failure:
        print(f"announcements: {failure}", file=sys.stderr)
        return 1
    entries = catalogue()  # others may have added to it meanwhile
    for file in sorted(sound_files()):
        if file.stem not in entries:
            print(f"{file.relative_to(FOLDER)}: has no entry, removed")
            file.unlink()
    note({})
    return 0


def make_music(name: str, *, is_asked: bool) -> None:
    """Let music.py play, where what it plays has changed."""
    key = f"music/{name}"
    files = [path_of("music", rate, name) for rate in RATES]
    if is_asked or read_notes().get(key) != score() or not all(file.exists() for file in files):
        print(key)
        for rate, file in zip(RATES.values(), files, strict=True):
            write(music(rate), rate, file, _MUSIC)
        note({key: score()})


def score() -> str:
    """Names what the music is."""
    return hashlib.sha256((FOLDER / "music.py").read_bytes().replace(b"\r\n", b"\n")).hexdigest()[:16]


def catalogue() -> dict[str, dict[str, Any]]:
    """The entries by id."""
    return tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))


def spoken(entry: Mapping[str, Any]) -> dict[str, str]:
    """What the voice is to say, by language: `say`, where the voice needs other words than the text."""
    if entry["kind"] not in ("speech", "part"):
        return {}
    return {
        language: entry.get("say", {}).get(language, entry["text"][language])
        for language in LANGUAGES
        if language in entry["text"]
    }


def fingerprint(language: str, text: str) -> str:
    """Names a text and the way it is spoken."""
    return hashlib.sha256(f"{VOICES[language][1]} {LEVEL_DB} {_SPEECH} {text}".encode()).hexdigest()[:16]


def read_notes() -> dict[str, str]:
    """What the files were made from."""
    return tomllib.loads(MADE.read_text(encoding="utf-8")) if MADE.exists() else {}


def note(made: Mapping[str, str]) -> None:
    """Add to the notes; those of announcements that are gone go too."""
    entries = catalogue()
    notes = {**read_notes(), **made}
    lines = [f'"{key}" = "{notes[key]}"\n' for key in sorted(notes) if key.partition("/")[2] in entries]
    text = "# What each file was made from; written by make.py.\n" + "".join(lines)
    MADE.write_text(text, encoding="utf-8", newline="\n")


def path_of(language: str, rate: str, name: str) -> Path:
    """Where an announcement's file lies."""
    return FOLDER / language / rate / f"{name}.ogg"


def sound_files() -> Iterator[Path]:
    """Every file that was made."""
    for rate in RATES:
        yield from FOLDER.glob(f"*/{rate}/*.ogg")


# Voices


def speak(language: str, text: str) -> tuple[Sound, int]:
    """Let the language's voice say the text; trimmed and at the one level. The rate is the voice's own."""
    command, _ = VOICES[language]
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "spoken.wav"
        arguments = command(text, str(raw))
        if shutil.which(arguments[0]) is None:
            raise MakeError(f"{arguments[0]} is not installed (Debian: apt-get install flite espeak-ng)")
        subprocess.run(arguments, check=True, stdin=subprocess.DEVNULL)
        sound, rate = soundfile.read(raw, dtype="float32")
    return evened(trimmed(sound, rate), rate), rate


def _flite(text: str, path: str) -> list[str]:
    return ["flite", "-voice", "slt", "--setf", "duration_stretch=1.05", "-t", text, "-o", path]


def _espeak(text: str, path: str) -> list[str]:
    for written, read in _READ_AS.items():
        text = text.replace(written, read)
    # Debian's plain `cmn` spells the pinyin out with English letters.
    return ["espeak-ng", "-v", "cmn-latn-pinyin", "-s", "185", "-p", "45", "-g", "0", "-w", path, text]


# Characters that espeak-ng reads in their other way: pinyin among them is read as such.
_READ_AS = {"重听": "chong2听", "重新": "chong2新"}


Command = Callable[[str, str], list[str]]
# By language: the command, and its name with all that shapes the voice.
VOICES: dict[str, tuple[Command, str]] = {
    "en": (_flite, "flite slt 1.05"),
    "zh": (_espeak, f"espeak-ng cmn-latn-pinyin 185 45 0 {_READ_AS}"),
}


# Sound


def trimmed(sound: Sound, rate: int) -> Sound:
    """Without the silence at either end but a breath, and faded so that nothing clicks."""
    size = rate // 100
    levels = _levels(sound, size)
    loud = np.flatnonzero(levels > levels.max() * 10 ** (_QUIET_DB / 20))
    first = max(0, int(loud[0]) * size - int(_LEAD_S * rate))
    last = min(len(sound), (int(loud[-1]) + 1) * size + int(_TRAIL_S * rate))
    kept = sound[first:last].copy()
    fade = np.linspace(0.0, 1.0, int(_FADE_S * rate), dtype=np.float32)
    kept[: len(fade)] *= fade
    kept[-len(fade) :] *= fade[::-1]
    return kept


def evened(sound: Sound, rate: int) -> Sound:
    """At LEVEL_DB where something is said; single peaks beyond PEAK_DB are bent down."""
    sound = sound - sound.mean()
    louder = sound * np.float32(10 ** ((LEVEL_DB - active_level(sound, rate)) / 20))
    return _limited(louder, rate)


def active_level(sound: Sound, rate: int) -> float:
    """RMS in dB below full scale, of those 20 ms that are no pause (a simple cousin of ITU-T P.56)."""
    levels = _levels(sound, rate // 50)
    active = levels[levels > levels.max() * 10 ** (_GATE_DB / 20)]
    return float(20 * np.log10(np.sqrt(np.mean(active**2))))


def _limited(sound: Sound, rate: int) -> Sound:
    """Turn down smoothly around peaks that go too high."""
    ceiling = 10 ** (PEAK_DB / 20)
    window = rate // 200 | 1
    padded = np.pad(np.abs(sound), window // 2, mode="edge")
    peaks = np.lib.stride_tricks.sliding_window_view(padded, window).max(axis=1)
    gain = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    shape = np.hanning(window + 2)[1:-1]
    eased = np.convolve(np.pad(gain, window // 2, mode="edge"), shape / shape.sum(), mode="valid")
    return (sound * np.minimum(eased, gain)).astype(np.float32)


def _levels(sound: Sound, size: int) -> npt.NDArray[np.float64]:
    blocks = np.pad(sound.astype(np.float64), (0, -len(sound) % size)).reshape(-1, size)
    return np.sqrt(np.mean(blocks**2, axis=1)) + 1e-9


def resampled(sound: Sound, rate: int, to: int) -> Sound:
    """At another rate."""
    return sound if to == rate else soxr.resample(sound, rate, to, quality="VHQ")


def write(sound: Sound, rate: int, file: Path, form: tuple[str, float]) -> None:
    """Write an Ogg file, which is the same to the byte when the sound is."""
    subtype, compression = form
    file.parent.mkdir(parents=True, exist_ok=True)
    with soundfile.SoundFile(
        file, "w", rate, 1, format="OGG", subtype=subtype, compression_level=compression
    ) as out:
        for start in range(0, len(sound), rate):  # libsndfile's Vorbis overflows its stack on long pieces
            out.write(sound[start : start + rate])
    file.write_bytes(with_serial(file.read_bytes(), 1))


def with_serial(ogg: bytes, serial: int) -> bytes:
    """The file with this stream number on each page (RFC 3533 6), where libsndfile puts a random one."""
    pages = bytearray(ogg)
    start = 0
    while start < len(pages):
        segments = pages[start + 26]
        end = start + 27 + segments + sum(pages[start + 27 : start + 27 + segments])
        pages[start + 14 : start + 18] = serial.to_bytes(4, "little")
        pages[start + 22 : start + 26] = bytes(4)
        pages[start + 22 : start + 26] = _ogg_checksum(pages[start:end]).to_bytes(4, "little")
        start = end
    return bytes(pages)


def _ogg_checksum(page: bytes) -> int:
    checksum = 0
    for byte in page:
        checksum = (checksum << 8 & 0xFFFFFFFF) ^ _CRC[checksum >> 24 ^ byte]
    return checksum


def _crc_of(byte: int) -> int:
    value = byte << 24
    for _ in range(8):
        value = (value << 1 ^ (0x04C11DB7 if value & 0x80000000 else 0)) & 0xFFFFFFFF
    return value


_CRC = [_crc_of(byte) for byte in range(256)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
