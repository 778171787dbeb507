"""`openmss-cli explain`, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.command_line.run import run

LINE = ("user=abc", "domain=gmail.com", "password=x", "proxy=sip.sonetel.com")


@pytest.fixture
def folder(tmp_path: Path) -> str:
    assert run(["--data", str(tmp_path), "add", "line", "sonetel", *LINE]) == 0
    return str(tmp_path)


def test_a_trace_as_json(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--data", folder, "explain", "--caller", "101", "--dial", "9123", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"blocked", "steps", "route", "sent"} <= set(found)
    assert found["blocked"] is False
    assert found["sent"]["request_uri"] == "sip:123@gmail.com;user=phone"


def test_a_trace_in_words(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--data", folder, "add", "screening", "1", "called_prefix=92"]) == 0
    asked = ["--data", folder, "explain", "--caller", "101", "--at", "2026-11-23T10:00", "--dial"]
    assert run([*asked, "9123"]) == 0
    told = capsys.readouterr().out
    assert "9123 begins with the out-group prefix 9" in told
    assert "Route: line sonetel, number 123\n" in told
    assert "  From: <sip:abc@gmail.com>\n" in told
    assert "  Route: <sip:sip.sonetel.com;lr>\n" in told
    assert run([*asked, "9223"]) == 0
    told = capsys.readouterr().out
    assert "Blocked by screening 1.\nRoute: refused (403 Forbidden)\n" in told


def test_what_cannot_be_traced_is_told(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--data", folder, "explain", "--caller", "line:gone", "--dial", "1"]) == 1
    assert "There is no line gone" in capsys.readouterr().err
    assert run(["--data", folder, "explain", "--caller", "101"]) == 2
