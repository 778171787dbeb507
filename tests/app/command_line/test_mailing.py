"""What the command on mail shows and asks for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app.command_line import mailing
from app.command_line.run import run

LETTER = {
    "id": 7, "made_at": 1_800_000_000.0, "recipient": "owner@example.net", "subject": "OpenMSS\x1b[2J",
    "state": "failed", "reason": "No such user.",
}  # fmt: skip


class Server:
    def __init__(self) -> None:
        self.letters: list[dict[str, Any]] = [LETTER]
        self.asked: list[tuple[str, dict[str, object]]] = []

    def ask(self, command: str, **arguments: object) -> Any:
        self.asked.append((command, arguments))
        if command == "mail.address":
            return {"address": "owner@example.net", "is_confirmed": False, "is_code_out": False}
        return {"mail": self.letters, "mail.test": 8}.get(command)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    server = Server()

    @contextmanager
    def reach(_options: object) -> Iterator[Server]:
        yield server

    monkeypatch.setattr(mailing, "reach", reach)
    return server


def test_the_queue(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["mail"]) == 0
    shown = capsys.readouterr().out
    assert "owner@example.net (not confirmed" in shown
    assert "failed" in shown
    assert "No such user." in shown
    assert "\x1b" not in shown
    assert run(["mail", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["letters"][0]["id"] == 7
    server.letters = []
    assert run(["mail"]) == 0
    assert "There is no mail." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        (["test", "a@b.example"], ("mail.test", {"recipient": "a@b.example"})),
        (["again", "7"], ("mail.again", {"letter": 7})),
        (["forget", "7"], ("mail.forget", {"letter": 7})),
        (["code"], ("mail.send_code", {})),
        (["confirm", "123456"], ("mail.confirm", {"code": "123456"})),
    ],
)
def test_actions(server: Server, arguments: list[str], asked: tuple[str, dict[str, object]]) -> None:
    assert run(["mail", *arguments]) == 0
    assert server.asked == [asked]


@pytest.mark.parametrize(
    ("arguments", "said"), [(["again", "x"], "no letter's number"), (["test"], "ADDRESS")]
)
def test_nonsense(
    server: Server, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["mail", *arguments]) == 1
    assert said in capsys.readouterr().err
    assert server.asked == []
