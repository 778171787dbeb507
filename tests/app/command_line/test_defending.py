"""What the commands on bans show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app.command_line import defending
from app.command_line.run import run

BAN = {"address": "198.51.100.7", "since": 0.0, "until": 86_400.0 * 365, "failures": 10, "user": "1\x1b[2J"}


class Server:
    def __init__(self) -> None:
        self.bans: list[dict[str, Any]] = [BAN]
        self.asked: list[tuple[str, dict[str, object]]] = []

    def ask(self, command: str, **arguments: object) -> Any:
        self.asked.append((command, arguments))
        return self.bans if command == "bans" else None


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    server = Server()

    @contextmanager
    def reach(_options: object) -> Iterator[Server]:
        yield server

    monkeypatch.setattr(defending, "reach", reach)
    return server


def test_bans(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bans"]) == 0
    shown = capsys.readouterr().out
    assert "198.51.100.7" in shown
    assert "10 wrong passwords" in shown
    assert "\x1b" not in shown, "what a stranger wrote does not steer the terminal"
    assert run(["bans", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [BAN]
    server.bans = []
    assert run(["bans"]) == 0
    assert capsys.readouterr().out == "Nobody is banned.\n"


def test_unban(server: Server) -> None:
    assert run(["unban", "198.51.100.7"]) == 0
    assert server.asked == [("bans.lift", {"address": "198.51.100.7"})]
