"""What the watching commands show of a server's answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app.command_line import watching
from app.command_line.run import run

CALL = {
    "id": 7,
    "state": "talking",
    "caller": "100",
    "called": "101",
    "connected": "101",
    "started_at": 990.0,
    "answered_at": 1000.0,
}
ROW = {
    "id": 1,
    "time": 1_000_000_000.25,
    "direction": "in",
    "transport": "UDP",
    "local": "192.0.2.1:5060",
    "remote": "192.0.2.2:5060",
    "title": "INVITE",
}
MESSAGE = {"row": ROW, "text": "INVITE sip:101@pbx SIP/2.0\r\n\r\n"}
STATUS = {
    "running": True,
    "extensions": [
        {"number": "100", "state": "idle", "bindings": [{"address": "192.0.2.2:5060"}]},
        {"number": "101", "state": "off", "bindings": []},
    ],
    "calls": [CALL],
    "counters": {"messages_in": 12},
}
ANSWERS: dict[str, Any] = {
    "status": STATUS,
    "calls": [CALL],
    "calls.hang_up": None,
    "trace": [MESSAGE],
    "trace.follow": [MESSAGE, {**MESSAGE, "row": {**ROW, "direction": "out", "title": "100 Trying"}}],
    "passwords": [{"number": "100", "password": "pw"}],
    "passwords.dismiss": None,
}


class Server:
    """Gives the answers above and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, object]]] = []
        self.answers = dict(ANSWERS)

    def ask(self, command: str, **arguments: object) -> Any:
        self.asked.append((command, arguments))
        return self.answers[command]

    def stream(self, command: str, **arguments: object) -> Iterator[Any]:
        self.asked.append((command, arguments))
        yield from self.answers[command]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    found = Server()

    @contextmanager
    def reach(_: object) -> Iterator[Server]:
        yield found

    monkeypatch.setattr(watching, "reach", reach)
    monkeypatch.setattr(watching.time, "time", lambda: 1065.0)
    return found


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(arguments) == 0
    return capsys.readouterr().out


@pytest.mark.usefixtures("server")
def test_the_status_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "status").splitlines() == [
        "EXTENSION  STATE  DEVICES",
        "100        idle   192.0.2.2:5060",
        "101        off",
        "CALL  STATE    FROM  TO   ANSWERED BY  TIME",
        "7     talking  100   101  101          1:05",
        "messages in: 12",
    ]


def test_the_status_tells_why_a_line_or_trunk_is_as_it_is(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    way = {"name": "telecom", "state": "failed", "reason": "Refused.", "calls_in": 0, "calls_out": 2}
    server.answers["status"] = {**STATUS, "lines": [way], "trunks": [{**way, "name": "t1"}]}
    lines = said(capsys, "status").splitlines()
    assert lines[3:7] == [
        "LINE     STATE   IN  OUT  WHY",
        "telecom  failed  0   2    Refused.",
        "TRUNK  STATE   IN  OUT  WHY",
        "t1     failed  0   2    Refused.",
    ]


def test_a_status_without_a_server_says_so(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.answers["status"] = {**STATUS, "running": False}
    assert said(capsys, "status", "--data", "/d").startswith("No server runs on /d.\n")


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("command", ["status", "calls", "passwords"])
def test_programs_read_json(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert json.loads(said(capsys, command, "--json")) == ANSWERS[command]


@pytest.mark.usefixtures("server")
def test_calls_that_ring_count_from_their_start(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "calls").splitlines()[1].endswith("1:05")


def test_a_call_is_hung_up_by_its_number(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "hangup", "7") == ""
    assert server.asked == [("calls.hang_up", {"call_id": 7})]


def test_the_trace_shows_messages_in_full_or_a_line_each(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = said(capsys, "trace", "--call", "x@y", "--limit", "5").splitlines()
    assert lines[0].endswith("UDP 192.0.2.2:5060 -> 192.0.2.1:5060 INVITE")
    assert lines[1] == "INVITE sip:101@pbx SIP/2.0"
    assert server.asked == [("trace", {"call_id": "x@y", "limit": 5, "full": True})]
    assert len(said(capsys, "trace", "--brief").splitlines()) == 1
    assert server.asked[-1] == ("trace", {"call_id": "", "limit": 100, "full": False})


@pytest.mark.usefixtures("server")
def test_a_followed_trace_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "trace", "--follow", "--brief").splitlines()
    assert [line.split()[-1] for line in lines] == ["INVITE", "Trying"]
    assert "192.0.2.1:5060 -> 192.0.2.2:5060" in lines[1]


@pytest.mark.usefixtures("server")
def test_the_trace_as_json_is_an_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "trace", "--follow", "--json").splitlines()
    assert [json.loads(line)["title"] for line in lines] == ["INVITE", "100 Trying"]
    assert json.loads(lines[0])["text"] == MESSAGE["text"]
    assert "text" not in json.loads(said(capsys, "trace", "--json", "--brief"))


def test_first_passwords_are_shown_and_put_away(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "passwords") == "EXTENSION  PASSWORD\n100        pw\n"
    assert said(capsys, "passwords", "--dismiss") == ""
    assert server.asked[-1] == ("passwords.dismiss", {})
    server.answers["passwords"] = []
    assert "have been changed or put away" in said(capsys, "passwords")
