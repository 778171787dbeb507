"""The system's voice speaks, or says why not."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

import pytest
import soundfile

from app.errors import EnvironmentFault
from ui.sound import voices
from ui.sound.voices import Voice, find_voice, speak

_COPY = "import sys, shutil; shutil.copy(sys.argv[1], sys.argv[2])"


async def test_the_text_goes_in_and_sound_comes_out(tmp_path: Path) -> None:
    voice = Voice("echo", lambda source, target, _: [sys.executable, "-c", _COPY, str(source), str(target)])
    assert await speak(voice, "你好 $(rm)", "zh") == "你好 $(rm)".encode()


@pytest.mark.parametrize(
    ("program", "why"),
    [("import sys; sys.exit('no such voice')", "no such voice"), ("pass", "no sound came")],
)
async def test_a_voice_that_fails(program: str, why: str) -> None:
    voice = Voice("mute", lambda *_: [sys.executable, "-c", program])
    with pytest.raises(EnvironmentFault, match=why) as failed:
        await speak(voice, "text", "en")
    assert failed.value.code == "sound.voice"


async def test_a_program_that_is_gone() -> None:
    with pytest.raises(EnvironmentFault):
        await speak(Voice("gone", lambda *_: ["no-such-program"]), "text", "en")


def test_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert find_voice() is None


def test_windows_speaks_by_its_own_voices(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(voices.shutil, "which", lambda name: f"C:/{name}.exe")
    voice = find_voice()
    assert voice is not None
    command = voice.command(tmp_path / "it's.txt", tmp_path / "out.wav", "zh")
    assert command[0] == "C:/powershell.exe"
    assert "zh-CN" in command[-1]
    assert "it''s.txt" in command[-1]


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="no espeak-ng here")
async def test_a_real_voice() -> None:
    voice = find_voice()
    assert voice is not None
    sound, rate = soundfile.read(io.BytesIO(await speak(voice, "Good morning.", "en")))
    assert len(sound) / rate > 0.5
