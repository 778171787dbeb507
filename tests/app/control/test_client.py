"""The command's end of the control channel, and who it does not believe."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from app.control import endpoint
from app.control.client import ControlClient
from app.control.messages import encode
from app.errors import EnvironmentFault
from app.paths import DataPaths


def server_saying(folder: Path, talk: Callable[[socket.socket], None]) -> threading.Thread:
    """A program on the noted port that is not the server."""
    listener, _ = endpoint.listen_tcp(DataPaths(folder))
    listener.setblocking(True)

    def serve() -> None:
        connection, _ = listener.accept()
        talk(connection)
        connection.close()
        listener.close()

    thread = threading.Thread(target=serve)
    thread.start()
    return thread


def test_nobody_serves_a_fresh_folder(tmp_path: Path) -> None:
    assert ControlClient.connect(DataPaths(tmp_path)) is None
    assert ControlClient.connect(DataPaths(tmp_path), uses_tcp=True) is None


def test_another_program_on_a_dead_servers_port_is_not_believed(tmp_path: Path) -> None:
    def pretend(connection: socket.socket) -> None:
        connection.sendall(encode({"nonce": "1"}))
        connection.makefile("rb").readline()
        connection.sendall(encode({"proof": "guessed"}))

    thread = server_saying(tmp_path, pretend)
    assert ControlClient.connect(DataPaths(tmp_path), uses_tcp=True) is None
    thread.join()


@pytest.mark.parametrize("words", [b"", b"220 mail.example.com\r\n", b"[]\n"])
def test_a_program_that_speaks_something_else_is_not_believed(tmp_path: Path, words: bytes) -> None:
    thread = server_saying(tmp_path, lambda connection: connection.sendall(words))
    assert ControlClient.connect(DataPaths(tmp_path), uses_tcp=True) is None
    thread.join()


@pytest.mark.parametrize("answer", [b"", b"no json\n"])
def test_an_answer_that_does_not_come_is_told(tmp_path: Path, answer: bytes) -> None:
    ours, theirs = socket.socketpair()
    client = ControlClient(ours, DataPaths(tmp_path))
    theirs.sendall(answer)
    theirs.shutdown(socket.SHUT_WR)
    with pytest.raises(EnvironmentFault, match="gave no answer"):
        client.ask("status")
    client.close()
    theirs.close()


def test_a_command_is_one_line_of_json(tmp_path: Path) -> None:
    ours, theirs = socket.socketpair()
    client = ControlClient(ours, DataPaths(tmp_path))
    theirs.sendall(encode({"result": 7}))
    assert client.ask("records.get", kind="extension", key="100") == 7
    with theirs.makefile("rb") as lines:
        assert json.loads(lines.readline()) == {
            "command": "records.get",
            "arguments": {"kind": "extension", "key": "100"},
        }
    client.close()
    theirs.close()
