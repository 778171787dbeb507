"""A real server, started, asked and ended by processes."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.command_line.serving import Ending, ready_line
from app.events import EngineStopped

COMMAND = [sys.executable, "-W", "error", "-m", "app"]
PORTS = ["--bind", "127.0.0.1", "--sip-port", "0", "--tls-port", "0"]


def cli(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, "--data", str(folder), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


@contextmanager
def serving(folder: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, int]]]:
    """A server on ports of its own, and those ports by transport."""
    errors = folder.with_name(folder.name + ".stderr")
    with (
        errors.open("w", encoding="utf-8") as stderr,
        subprocess.Popen(
            [*COMMAND, "serve", "--data", str(folder), *PORTS, *more],
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        ) as server,
    ):
        try:
            assert server.stdout is not None
            ready = server.stdout.readline().split()
            assert ready[:1] == ["ready"], errors.read_text(encoding="utf-8")
            found = dict(word.split("=") for word in ready[1:])
            yield server, {name: int(address.rsplit(":", 1)[1]) for name, address in found.items()}
        finally:
            server.kill()


def test_the_ready_line_names_the_first_address_of_each_transport() -> None:
    addresses = ["udp=0.0.0.0:5060", "tcp=0.0.0.0:5060", "tls=0.0.0.0:5061", "udp=[::]:5060"]
    assert ready_line(addresses) == "ready udp=0.0.0.0:5060 tcp=0.0.0.0:5060 tls=0.0.0.0:5061"
    assert ready_line(["tcp=[::1]:1", "udp=[::1]:2"]) == "ready udp=[::1]:2 tcp=[::1]:1"


def test_a_signal_ends_the_wait_and_is_then_as_before() -> None:
    before = signal.getsignal(signal.SIGTERM)
    ending = Ending()
    with ending.on_signals():
        signal.raise_signal(signal.SIGTERM)
        ending.wait()
    assert ending.was_asked
    assert signal.getsignal(signal.SIGTERM) is before


def test_an_engine_that_ends_by_itself_ends_the_wait() -> None:
    ending = Ending()
    ending.hear(EngineStopped())
    ending.wait()
    assert not ending.was_asked


@pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM does not exist there")
def test_a_server_takes_commands_at_once_and_ends_politely(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with serving(folder) as (server, ports):
        assert set(ports) == {"udp", "tcp", "tls"}
        assert cli(folder, "add", "extension", "2000", "password=s3cret").returncode == 0
        status = json.loads(cli(folder, "status", "--json").stdout)
        assert [each["number"] for each in status["extensions"]] == ["100", "101", "102", "2000"]
        assert {"extensions", "calls", "counters"} <= status.keys()

        second = cli(folder, "serve", *PORTS)
        assert second.returncode == 1
        assert second.stdout == ""
        assert f"(process {server.pid})" in second.stderr

        refused = cli(folder, "hangup", "999")
        assert refused.returncode == 1
        assert refused.stderr.count("\n") == 1

        server.send_signal(signal.SIGTERM)
        rest, _ = server.communicate(timeout=30)
        assert (server.returncode, rest) == (0, "")
    errors = (tmp_path / "data.stderr").read_text(encoding="utf-8")
    assert errors.count("EXTENSION  PASSWORD") == 1
    assert "Traceback" not in errors
    assert json.loads(cli(folder, "get", "extension", "2000", "--json").stdout)["number"] == "2000"


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL does not exist there")
def test_after_a_kill_the_folder_is_free_and_nothing_is_lost(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with serving(folder) as (server, _):
        assert cli(folder, "add", "extension", "2000", "password=tR7-oak-93").returncode == 0
        server.kill()
        server.wait()
        assert (folder / "control" / "socket").exists()
        assert "2000" in cli(folder, "list", "extension").stdout
    with serving(folder) as (server, _):
        assert "2000" in cli(folder, "list", "extension").stdout
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=30) == 0
    assert "PASSWORD" not in (tmp_path / "data.stderr").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no journal there")
@pytest.mark.parametrize("is_journal", [True, False])
def test_no_password_goes_to_the_journal(
    is_journal: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors = tmp_path / "data.stderr"
    errors.touch()
    about = errors.stat()
    inode = about.st_ino if is_journal else about.st_ino + 1  # else it is a terminal's, which was inherited
    monkeypatch.setenv("JOURNAL_STREAM", f"{about.st_dev}:{inode}")
    with serving(tmp_path / "data"):
        assert cli(tmp_path / "data", "passwords").stdout.startswith("EXTENSION  PASSWORD")
    assert ("EXTENSION  PASSWORD" in errors.read_text(encoding="utf-8")) is not is_journal


def test_a_missing_key_of_the_secrets_keeps_nobody_from_calling(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert cli(folder, "list", "extension").returncode == 0
    (folder / "vault.key").unlink()
    with serving(folder):
        found = cli(folder, "passwords")
        assert found.returncode == 1
        assert "is missing" in found.stderr
    assert "cannot be shown" in (tmp_path / "data.stderr").read_text(encoding="utf-8")


def test_a_port_that_is_taken_is_told_with_its_number(tmp_path: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
        found = cli(tmp_path, "serve", "--bind", "127.0.0.1", "--sip-port", str(port), "--tls-port", "0")
    assert found.returncode == 1
    assert found.stdout == ""
    sentence = found.stderr.splitlines()[-1]
    assert sentence.startswith("openmss-cli: ")
    assert str(port) in sentence


def test_a_followed_trace_shows_what_arrives(tmp_path: Path) -> None:
    with (
        serving(tmp_path / "data") as (_, ports),
        subprocess.Popen(
            [*COMMAND, "trace", "--follow", "--brief", "--data", str(tmp_path / "data")],
            stdout=subprocess.PIPE,
            text=True,
        ) as watcher,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as phone,
    ):
        phone.bind(("127.0.0.1", 0))
        host, port = phone.getsockname()
        text = (
            f"OPTIONS sip:127.0.0.1:{ports['udp']} SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP {host}:{port};branch=z9hG4bK-t1\r\n"
            "From: <sip:probe@127.0.0.1>;tag=1\r\nTo: <sip:127.0.0.1>\r\nCall-ID: probe-1\r\n"
            "CSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
        )
        phone.sendto(text.encode(), ("127.0.0.1", ports["udp"]))
        assert watcher.stdout is not None
        assert " OPTIONS" in watcher.stdout.readline()
        assert " 200 " in watcher.stdout.readline()
        watcher.kill()


def test_the_server_loads_neither_window_nor_sound() -> None:
    program = (
        "import sys; import app.command_line.serving, app.pbx\n"
        "heavy = ('PySide6', 'numpy', 'sounddevice', 'soundfile', 'keyring', 'qasync', 'dns', 'aiosmtplib')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert found.stdout.strip() == "[]", found.stderr
