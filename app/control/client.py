"""Puts commands to the server that runs on a data folder; plain blocking sockets, for the command line."""

from __future__ import annotations

import hmac
import secrets
import socket
from collections.abc import Iterator
from typing import Any

from app.control import endpoint
from app.control.messages import decode, encode, error_of
from app.errors import EnvironmentFault
from app.paths import DataPaths

_CONNECT_S = 5.0
_ANSWER_S = 120.0  # a large import takes its time


class ControlClient:
    """A connection to a running server; close it after use."""

    def __init__(self, connection: socket.socket, paths: DataPaths) -> None:
        self._connection = connection
        self._paths = paths
        self._lines = connection.makefile("rb")

    @classmethod
    def connect(cls, paths: DataPaths, *, uses_tcp: bool = endpoint.USES_TCP) -> ControlClient | None:
        """Reach the server that runs on the folder; None where none does."""
        if not uses_tcp:
            connection = endpoint.connect_unix(paths, _CONNECT_S)
            return cls(connection, paths) if connection is not None else None
        found = endpoint.connect_tcp(paths, _CONNECT_S)
        if found is None:
            return None
        client = cls(found[0], paths)
        if client._introduce(found[1]):
            return client
        client.close()
        return None

    def ask(self, command: str, **arguments: object) -> Any:
        """Put a command and return its result. Raises the server's UserError or EnvironmentFault."""
        self._send({"command": command, "arguments": arguments})
        self._connection.settimeout(_ANSWER_S)
        return _result(self._receive())

    def stream(self, command: str, **arguments: object) -> Iterator[Any]:
        """Put a command that goes on answering; ends when the server stops."""
        self._send({"command": command, "arguments": arguments})
        self._connection.settimeout(None)
        while True:
            try:
                message = self._receive()
            except EnvironmentFault:
                return
            if "item" not in message:
                _result(message)
                return
            yield message["item"]

    def close(self) -> None:
        """Hang up."""
        self._lines.close()
        self._connection.close()

    def _introduce(self, place: endpoint.TcpPlace) -> bool:
        """Show that we know the secret and see that they do: a dead server's port may be another's now."""
        try:
            theirs = str(decode(self._lines.readline()).get("nonce"))
            ours = secrets.token_hex(16)
            self._send({"nonce": ours, "proof": endpoint.proof(place.secret, "client", theirs, ours)})
            shown = str(decode(self._lines.readline()).get("proof"))
        except (OSError, ValueError, EnvironmentFault):
            return False
        wanted = endpoint.proof(place.secret, "server", theirs, ours)
        return hmac.compare_digest(shown.encode(), wanted.encode())

    def _send(self, message: dict[str, object]) -> None:
        try:
            self._connection.sendall(encode(message))
        except OSError as error:
            raise self._gone() from error

    def _receive(self) -> dict[str, Any]:
        try:
            line = self._lines.readline()
            if line:
                return decode(line)
        except (OSError, ValueError) as error:
            raise self._gone() from error
        raise self._gone()

    def _gone(self) -> EnvironmentFault:
        text = f"The server on {self._paths.data} gave no answer: it stopped, or is overloaded. Try again."
        return EnvironmentFault("control.no_answer", text, path=str(self._paths.data))


def _result(message: dict[str, Any]) -> Any:
    if "error" in message:
        raise error_of(message["error"])
    return message.get("result")
