"""What the commands on recordings and conferences show and ask."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.command_line import recordings
from app.command_line.run import run

RECORDING = {
    "id": 7,
    "started_at": 1_800_000_000.0,
    "seconds": 65.0,
    "bytes": 1000,
    "state": "complete",
    "file": "/recordings/7.wav",
    "caller": "100\x1b[2J",
    "caller_name": "",
    "called": "101",
    "connected": "101",
    "room": "",
    "sip_call_id": "c",
    "started_by": "always",
}
ROOM = {
    "number": "8000",
    "since": 1_800_000_000.0,
    "is_locked": True,
    "is_recorded": False,
    "parties": [
        {
            "id": 3,
            "number": "100",
            "name": "Front desk",
            "joined_at": 1_800_000_000.0,
            "call_id": 1,
            "is_moderator": True,
            "is_muted": False,
            "is_talking": True,
        }
    ],
}


class Server:
    def __init__(self) -> None:
        self.answers: dict[str, Any] = {"recordings": [RECORDING], "conferences": [ROOM]}
        self.asked: list[tuple[str, dict[str, object]]] = []

    def ask(self, command: str, **arguments: object) -> Any:
        self.asked.append((command, arguments))
        return self.answers.get(command)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    server = Server()

    @contextmanager
    def reach(_options: object) -> Iterator[Server]:
        yield server

    monkeypatch.setattr(recordings, "reach", reach)
    return server


def test_the_list(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["recordings"]) == 0
    shown = capsys.readouterr().out
    assert "/recordings/7.wav" in shown
    assert "1:05" in shown
    assert "\x1b" not in shown
    assert run(["recordings", "list", "100", "--limit", "5", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [RECORDING]
    assert server.asked[-1] == ("recordings", {"number": "100", "limit": 5})
    server.answers["recordings"] = [{**RECORDING, "room": "8000", "state": "running"}]
    assert run(["recordings"]) == 0
    assert "room 8000" in capsys.readouterr().out
    server.answers["recordings"] = []
    assert run(["recordings"]) == 0
    assert capsys.readouterr().out == "There is no recording.\n"


def test_a_copy(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["recordings", "export", "7", "copy.wav"]) == 0
    target = str(tmp_path / "copy.wav")
    assert server.asked == [("recordings.export", {"recording_id": 7, "target": target})]


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("", 1), ("n", 1)])
def test_deleting_is_asked(server: Server, monkeypatch: pytest.MonkeyPatch, answer: str, code: int) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda question: answer)
    server.answers["recordings.delete"] = 2
    assert run(["recordings", "delete", "7", "8"]) == code
    assert server.asked == ([("recordings.delete", {"ids": [7, 8]})] if code == 0 else [])


def test_deleting_without_a_terminal_needs_a_word(
    server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    assert run(["recordings", "delete", "7"]) == 1
    assert "--yes" in capsys.readouterr().err
    server.answers["recordings.delete"] = 0
    assert run(["recordings", "delete", "7", "--yes"]) == 1
    assert server.asked == [("recordings.delete", {"ids": [7]})]


def test_recording_a_call(server: Server) -> None:
    for action in ("start", "pause", "resume", "stop"):
        assert run(["recordings", action, "12"]) == 0
    assert server.asked == [
        ("recordings.start", {"call_id": 12, "started_by": "command"}),
        ("recordings.pause", {"call_id": 12}),
        ("recordings.resume", {"call_id": 12}),
        ("recordings.stop", {"call_id": 12}),
    ]


def test_who_is_in_which_room(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["conferences"]) == 0
    shown = capsys.readouterr().out
    assert "Room 8000" in shown
    assert "(locked)" in shown
    assert "moderator talking" in shown
    assert run(["conferences", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [ROOM]
    server.answers["conferences"] = []
    assert run(["conferences"]) == 0
    assert capsys.readouterr().out == "Nobody is in a conference.\n"


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("mute 8000 3", ("conferences.mute", {"room": "8000", "party_id": 3, "is_muted": True})),
        ("unmute 8000 3", ("conferences.mute", {"room": "8000", "party_id": 3, "is_muted": False})),
        ("kick 8000 3", ("conferences.send_away", {"room": "8000", "party_id": 3})),
        ("invite 8000 101", ("conferences.invite", {"room": "8000", "number": "101"})),
        ("lock 8000", ("conferences.lock", {"room": "8000", "is_locked": True})),
        ("unlock 8000", ("conferences.lock", {"room": "8000", "is_locked": False})),
        ("record 8000", ("conferences.record", {"room": "8000", "is_on": True})),
        ("stop-recording 8000", ("conferences.record", {"room": "8000", "is_on": False})),
        ("end 8000", ("conferences.end", {"room": "8000"})),
    ],
)
def test_leading_a_conference(server: Server, words: str, asked: tuple[str, dict[str, object]]) -> None:
    assert run(["conferences", *words.split()]) == 0
    assert server.asked == [asked]


@pytest.mark.parametrize(
    "words",
    [
        "recordings export 7",
        "recordings delete",
        "recordings start",
        "recordings start call",
        "conferences mute 8000",
        "conferences kick 8000 x",
        "conferences end",
    ],
)
def test_what_makes_no_sense_is_told(server: Server, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words.split()) == 1
    assert server.asked == []
    assert capsys.readouterr().err.startswith("openmss-cli: ")
