"""What the command on announcements shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.command_line.run import run
from tests.support.announcements import write_defaults, write_sound


@pytest.fixture
def words(tmp_path: Path) -> list[str]:
    folder = write_defaults(tmp_path / "mss_ann")
    return ["announcements", "--data", str(tmp_path / "data"), "--announcements", str(folder)]


def test_people_see_what_is_said_and_by_which_file(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = write_sound(tmp_path / "mss_ann" / "cust_ann" / "hello.wav", 700)
    assert run(words) == 0
    shown = capsys.readouterr().out
    assert "你好。" in shown
    assert str(own) in shown
    assert "custom" in shown
    assert "only-english" not in shown, "parts of numbers and dates are for programs"


def test_what_is_wrong_is_told_once(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "mss_ann" / "cust_ann" / "hello.wav"
    broken.parent.mkdir()
    broken.write_bytes(b"no sound")
    assert run(words) == 0
    assert capsys.readouterr().err.count(str(broken)) == 1


def test_programs_get_json(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*words, "--json"]) == 0
    entries = json.loads(capsys.readouterr().out)
    assert {"id", "language", "file", "source", "fault"} <= set(entries[0])
    assert {each["source"] for each in entries} == {"default"}
