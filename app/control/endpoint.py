"""Where the control channel of a data folder is, and why no other user of the machine can reach it.

On Linux a Unix socket in a folder only the user may enter, and the kernel is asked who the peer is.
On Windows a loopback port; both sides prove that they can read the secret in a file only the user may read.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.errors import EnvironmentFault
from app.paths import DataPaths
from app.private_files import make_private_folder, write_private_file

USES_TCP = sys.platform == "win32"
_LONGEST_SOCKET_PATH = 100  # bytes; the kernel takes 107


@dataclass(frozen=True, slots=True)
class TcpPlace:
    """The loopback port of a server, and the secret that proves both ends."""

    port: int
    secret: bytes


def socket_path(paths: DataPaths) -> Path:
    """The Unix socket."""
    return paths.control / "socket"


def place_path(paths: DataPaths) -> Path:
    """The file that tells port and secret."""
    return paths.control / "port.json"


def listen_unix(paths: DataPaths) -> socket.socket:
    """Listen on the folder's Unix socket. A socket left by a killed server is removed: we hold the folder."""
    make_private_folder(paths.control)
    path = socket_path(paths)
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with _short_name(path) as name:
            listener.bind(name)
        path.chmod(0o600)
        listener.listen(16)
        listener.setblocking(False)
    except BaseException:
        listener.close()
        raise
    return listener


def listen_tcp(paths: DataPaths) -> tuple[socket.socket, TcpPlace]:
    """Listen on a free loopback port and write down where."""
    make_private_folder(paths.control)
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind(("127.0.0.1", 0))
        listener.listen(16)
        listener.setblocking(False)
        place = TcpPlace(listener.getsockname()[1], secrets.token_bytes(32))
        note = json.dumps({"port": place.port, "secret": place.secret.hex()})
        write_private_file(place_path(paths), note.encode("ascii"))
    except BaseException:
        listener.close()
        raise
    return listener, place


def connect_unix(paths: DataPaths, timeout_s: float) -> socket.socket | None:
    """Connect to the server of the folder; None where none runs, also when a dead one left its socket."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(timeout_s)
    try:
        with _short_name(socket_path(paths)) as name:
            connection.connect(name)
    except (FileNotFoundError, NotADirectoryError, ConnectionRefusedError):
        connection.close()
        return None
    except OSError as error:
        connection.close()
        raise _unreachable(paths, error) from error
    return connection


def connect_tcp(paths: DataPaths, timeout_s: float) -> tuple[socket.socket, TcpPlace] | None:
    """Connect to the server of the folder; None where none runs. The proof of who it is comes after."""
    try:
        note = json.loads(place_path(paths).read_text(encoding="ascii"))
        place = TcpPlace(int(note["port"]), bytes.fromhex(note["secret"]))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreachable(paths, error) from error
    except (ValueError, KeyError, TypeError):
        return None  # half written by a server that died; a living one replaces it whole
    try:
        connection = socket.create_connection(("127.0.0.1", place.port), timeout_s)
    except (ConnectionRefusedError, TimeoutError):
        return None
    return connection, place


def remove(paths: DataPaths) -> None:
    """Take away what `listen_…` left in the folder."""
    socket_path(paths).unlink(missing_ok=True)
    place_path(paths).unlink(missing_ok=True)


def may_speak(connection: socket.socket) -> bool:
    """Whether the process at the other end of a Unix socket belongs to our user, or to root."""
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _, user, _ = struct.unpack("3i", credentials)
    return user in (os.getuid(), 0)


def proof(secret: bytes, side: str, server_nonce: str, client_nonce: str) -> str:
    """What a side sends to show that it knows the secret; each side's is another."""
    text = f"openmss-control {side} {server_nonce} {client_nonce}".encode()
    return hmac.new(secret, text, hashlib.sha256).hexdigest()


@contextmanager
def _short_name(path: Path) -> Iterator[str]:
    """A name for the path that fits into a socket address: data folders may lie deep."""
    if len(os.fsencode(path)) <= _LONGEST_SOCKET_PATH:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def _unreachable(paths: DataPaths, error: OSError) -> EnvironmentFault:
    text = f"The server on {paths.data} cannot be reached ({error.strerror}). "
    text += "Run the command as the user who runs the server."
    return EnvironmentFault("control.unreachable", text, path=str(paths.data))
