"""The voice that the operating system brings, where it brings one: text becomes a sound file."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.errors import EnvironmentFault

_PATIENCE_S = 60.0
_NO_CONSOLE = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_ESPEAK = {"en": "en-gb", "zh": "cmn"}
# The text comes in by a file and is no part of the command; `VOICE` is en or zh.
_WINDOWS_SCRIPT = """
Add-Type -AssemblyName System.Speech
$speaker = New-Object System.Speech.Synthesis.SpeechSynthesizer
$culture = [System.Globalization.CultureInfo]::new('{culture}')
try {{ $speaker.SelectVoiceByHints('NotSet', 'NotSet', 0, $culture) }} catch {{ }}
$speaker.SetOutputToWaveFile('{target}')
$speaker.Speak([System.IO.File]::ReadAllText('{source}', [System.Text.Encoding]::UTF8))
$speaker.Dispose()
"""
_CULTURES = {"en": "en-US", "zh": "zh-CN"}


@dataclass(frozen=True, slots=True)
class Voice:
    """A way to speak. `command(source, target, language)` is the command line that does it."""

    name: str
    command: Callable[[Path, Path, str], list[str]]


def find_voice() -> Voice | None:
    """The system's voice; None where it has none."""
    if sys.platform == "win32":
        shell = shutil.which("powershell")
        return Voice("Windows", lambda *about: _windows_command(shell, *about)) if shell else None
    for program in ("espeak-ng", "espeak"):
        if path := shutil.which(program):
            return Voice(program, lambda *about, path=path: _espeak_command(path, *about))
    return None


async def speak(voice: Voice, text: str, language: str) -> bytes:
    """The bytes of a WAV file in which the text is spoken. EnvironmentFault."""
    return await asyncio.to_thread(_speak, voice, text, language)


def _speak(voice: Voice, text: str, language: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "text.txt", Path(folder) / "speech.wav"
        source.write_text(text, encoding="utf-8")
        try:
            done = subprocess.run(
                voice.command(source, target, language),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_PATIENCE_S,
                check=False,
                creationflags=_NO_CONSOLE,
            )
        except (OSError, subprocess.TimeoutExpired) as problem:
            raise _silent(voice, str(problem)) from problem
        if done.returncode or not target.exists():
            raise _silent(voice, done.stderr.decode(errors="replace").strip()[-200:] or "no sound came")
        return target.read_bytes()


def _espeak_command(path: str, source: Path, target: Path, language: str) -> list[str]:
    return [path, "-v", _ESPEAK.get(language, language), "-s", "150", "-f", str(source), "-w", str(target)]


def _windows_command(shell: str, source: Path, target: Path, language: str) -> list[str]:
    def quoted(path: Path) -> str:
        return str(path).replace("'", "''")

    script = _WINDOWS_SCRIPT.format(
        culture=_CULTURES.get(language, "en-US"), source=quoted(source), target=quoted(target)
    )
    return [shell, "-NoProfile", "-NonInteractive", "-Command", script]


def _silent(voice: Voice, why: str) -> EnvironmentFault:
    text = f"The voice of this computer ({voice.name}) did not speak: {why}. Record the text instead."
    return EnvironmentFault("sound.voice", text, name=voice.name, reason=why)
