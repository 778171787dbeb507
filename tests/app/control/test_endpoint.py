"""Who can reach the control channel, and who cannot."""

from __future__ import annotations

import json
import socket
import sys
from pathlib import Path

import pytest

from app.control import endpoint
from app.errors import EnvironmentFault
from app.paths import DataPaths

unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has loopback ports instead")


@unix
@pytest.mark.parametrize("depth", [0, 20])
def test_a_unix_socket_is_reached_however_deep_the_folder(tmp_path: Path, depth: int) -> None:
    paths = DataPaths(tmp_path.joinpath(*["a-long-name"] * depth))
    listener = endpoint.listen_unix(paths)
    connection = endpoint.connect_unix(paths, 1)
    assert connection is not None
    accepted, _ = listener.accept()
    assert endpoint.may_speak(accepted)
    for each in (accepted, connection, listener):
        each.close()


@unix
def test_nobody_else_may_enter_the_folder(tmp_path: Path) -> None:
    paths = DataPaths(tmp_path)
    with endpoint.listen_unix(paths):
        assert paths.control.stat().st_mode & 0o077 == 0
        assert endpoint.socket_path(paths).stat().st_mode & 0o077 == 0


@unix
def test_a_socket_left_behind_means_that_nobody_is_there_and_is_replaced(tmp_path: Path) -> None:
    paths = DataPaths(tmp_path)
    assert endpoint.connect_unix(paths, 1) is None
    endpoint.listen_unix(paths).close()
    assert endpoint.socket_path(paths).exists()
    assert endpoint.connect_unix(paths, 1) is None
    endpoint.listen_unix(paths).close()
    endpoint.remove(paths)
    assert not endpoint.socket_path(paths).exists()


@unix
def test_a_socket_that_may_not_be_used_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: socket.socket, address: str) -> None:
        raise PermissionError(13, "Permission denied")

    class Refusing(socket.socket):
        connect = refuse  # type: ignore[assignment]

    monkeypatch.setattr(socket, "socket", Refusing)
    with pytest.raises(EnvironmentFault, match="as the user who runs the server"):
        endpoint.connect_unix(DataPaths(tmp_path), 1)


def test_a_loopback_port_is_noted_for_the_user_alone(tmp_path: Path) -> None:
    paths = DataPaths(tmp_path)
    assert endpoint.connect_tcp(paths, 1) is None
    listener, place = endpoint.listen_tcp(paths)
    assert listener.getsockname()[0] == "127.0.0.1"
    if sys.platform != "win32":
        assert endpoint.place_path(paths).stat().st_mode & 0o077 == 0
    found = endpoint.connect_tcp(paths, 1)
    assert found is not None
    assert found[1] == place
    found[0].close()
    listener.close()
    assert endpoint.connect_tcp(paths, 1) is None


@pytest.mark.parametrize("note", ["", "{", "[]", json.dumps({"port": "x", "secret": ""})])
def test_a_note_that_cannot_be_read_means_that_nobody_is_there(tmp_path: Path, note: str) -> None:
    paths = DataPaths(tmp_path)
    paths.control.mkdir()
    endpoint.place_path(paths).write_text(note)
    assert endpoint.connect_tcp(paths, 1) is None


def test_each_side_proves_something_else() -> None:
    proofs = {
        endpoint.proof(secret, side, server, client)
        for secret in (b"a", b"b")
        for side in ("client", "server")
        for server in ("1", "2")
        for client in ("1", "2")
    }
    assert len(proofs) == 16
