"""The command on voice mail, on a folder that no server runs on."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from app.command_line.run import run
from app.events import EventBus
from app.options import Options
from app.services.configuration import Configuration
from app.services.mailboxes import Mailboxes


async def _leave(folder: Path) -> None:
    options = Options(data=folder)
    configuration = Configuration(options, EventBus())
    await configuration.open()
    await configuration.set("extension", "101", {"voicemail": "yes", "description": "Anna"})
    boxes = Mailboxes(configuration.database, options.paths.voice_mail, EventBus())
    for _ in range(2):
        recording = await boxes.record("101")
        recording.take(0, np.full(320, 500, np.int16))
        await recording.finish()
        await boxes.keep("101", recording, caller="13800138000", caller_name="", at=1_800_000_000.0)
    await boxes.close()
    await configuration.close()


@pytest.fixture
def words(tmp_path: Path) -> list[str]:
    asyncio.run(_leave(tmp_path / "data"))
    return ["voicemail", "--data", str(tmp_path / "data")]


def json_of(words: list[str], capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    assert run([*words, "--json"]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_mailboxes_and_messages(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 0
    assert capsys.readouterr().out.splitlines()[1].split() == ["101", "Anna", "2", "0", "standard"]
    assert run([*words, "list", "101"]) == 0
    assert "13800138000" in capsys.readouterr().out
    assert [each["id"] for each in json_of([*words, "list", "101"], capsys)] == [2, 1]


def test_what_can_be_done_with_messages(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*words, "heard", "1", "2"]) == 0
    assert run([*words, "new", "1"]) == 0
    (box,) = json_of(words, capsys)
    assert (box["new"], box["saved"]) == (1, 1)
    assert run([*words, "save", "1", str(tmp_path / "one.wav")]) == 0
    assert soundfile.info(tmp_path / "one.wav").samplerate == 16_000
    assert run([*words, "delete", "1"]) == 0
    assert [each["id"] for each in json_of([*words, "list", "101"], capsys)] == [2]
    assert run([*words, "delete", "2"]) == 0
    assert run([*words, "list", "101"]) == 0
    assert "Mailbox 101 is empty." in capsys.readouterr().out


def test_greetings(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    soundfile.write(tmp_path / "hello.wav", np.full(1600, 0.1), 16_000)
    assert run([*words, "greeting", "101", str(tmp_path / "hello.wav")]) == 0
    assert json_of(words, capsys)[0]["has_greeting"] is True
    assert run([*words, "standard-greeting", "101"]) == 0
    assert json_of(words, capsys)[0]["has_greeting"] is False


@pytest.mark.parametrize("more", [["save", "1"], ["delete"], ["delete", "x"], ["list", "101", "102"]])
def test_what_cannot_be_meant(words: list[str], more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*words, *more]) == 1
    assert capsys.readouterr().err


def test_nobody_has_voice_mail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["voicemail", "--data", str(tmp_path)]) == 0
    assert "voicemail=yes" in capsys.readouterr().out
