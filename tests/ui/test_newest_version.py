"""What an address says of the newest version, over a real encrypted connection."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from app.errors import EnvironmentFault
from tests.support.authority import Authority
from ui.newest_version import Release, ask, is_newer, read

NEWS = {"version": "1.2", "notes": "Ring\ngroups.", "url": "https://example.com/1.2"}


heard: list[set[str]] = []  # what each question said besides its address


class Handler(BaseHTTPRequestHandler):
    """Answers one address with news, sends those of another away, knows no third."""

    def do_GET(self) -> None:
        heard.append(
            {f"{name}={text}" if name == "User-Agent" else name for name, text in self.headers.items()}
        )
        if self.path == "/newest.json":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(NEWS).encode())
        elif self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1/newest.json")
            self.end_headers()
        elif self.path == "/round":
            self.send_response(302)
            self.send_header("Location", "/round")
            self.end_headers()
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):  # until nobody listens any more
                for _ in range(2000):
                    self.wfile.write(b" " * 65_536)
        elif self.path == "/drops":
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):
                for _ in range(300):
                    self.wfile.write(b" ")
                    time.sleep(0.01)
        else:
            self.send_error(404)

    def log_message(self, *_: object) -> None:
        """The test says what matters."""


@contextmanager
def web(context: ssl.SSLContext) -> Iterator[str]:
    """A web server on loopback; its address."""
    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path / "authority")


@pytest.fixture
def trust(authority: Authority) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(authority.file))


def test_the_news_are_read(authority: Authority, trust: ssl.SSLContext) -> None:
    with web(authority.context("127.0.0.1")) as address:
        found = ask(f"{address}/newest.json", trust)
    assert found == Release("1.2", "Ring groups.", "https://example.com/1.2")


def test_a_missing_page_and_a_way_out_of_the_encryption(authority: Authority, trust: ssl.SSLContext) -> None:
    with web(authority.context("127.0.0.1")) as address:
        for path, reason in (("/other", "Not Found"), ("/away", "does not begin with https://")):
            with pytest.raises(EnvironmentFault, match=reason) as fault:
                ask(address + path, trust)
            assert fault.value.code == "update.unreachable"


def test_an_address_that_leads_round_and_one_that_never_ends(
    authority: Authority, trust: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web(authority.context("127.0.0.1")) as address:
        with pytest.raises(EnvironmentFault, match="infinite loop") as fault:
            ask(f"{address}/round", trust)
        assert "\n" not in str(fault.value)
        with pytest.raises(EnvironmentFault) as fault:
            ask(f"{address}/endless", trust)
        assert fault.value.code == "update.not_understood"
        monkeypatch.setattr("ui.newest_version._PATIENCE_S", 0.3)
        began = time.monotonic()
        with pytest.raises(EnvironmentFault, match="takes too long"):
            ask(f"{address}/drops", trust)
        assert time.monotonic() - began < 2.0


def test_nothing_is_said_of_who_asks(authority: Authority, trust: ssl.SSLContext) -> None:
    heard.clear()
    with web(authority.context("127.0.0.1")) as address:
        ask(f"{address}/newest.json", trust)
    assert heard == [{"Accept-Encoding", "Connection", "Host", "User-Agent=OpenMSS"}]


def test_a_stranger_is_not_believed(authority: Authority) -> None:
    with web(authority.context("127.0.0.1")) as address, pytest.raises(EnvironmentFault) as fault:
        ask(f"{address}/newest.json")  # with the authorities of this computer
    assert "CERTIFICATE_VERIFY_FAILED" in str(fault.value)


def test_only_https_is_asked() -> None:
    for source in ("http://127.0.0.1:1/", "file:///etc/hostname"):
        with pytest.raises(EnvironmentFault, match="does not begin with https://"):
            ask(source)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 60_000,
        b" " * 70_000,
        json.dumps(NEWS | {"version": 2}).encode(),
        json.dumps(NEWS | {"version": "2.0 beta"}).encode(),
        json.dumps(NEWS | {"url": "http://example.com/"}).encode(),
        json.dumps(NEWS | {"url": "file:///c:/windows"}).encode(),
        json.dumps(NEWS | {"url": "https://example.com/\r\nx"}).encode(),
        json.dumps(NEWS | {"url": "https://example.com@elsewhere.example/"}).encode(),
        json.dumps(NEWS | {"url": "https://[::1/"}).encode(),
        json.dumps(NEWS | {"notes": None}).encode(),
    ],
)
def test_what_is_no_news(content: bytes) -> None:
    with pytest.raises(EnvironmentFault) as fault:
        read(content, "https://example.com/")
    assert fault.value.code == "update.not_understood"


def test_what_cannot_be_printed_is_left_out() -> None:
    found = read(json.dumps(NEWS | {"notes": "a\ud800b \u202ec\x00 d"}).encode(), "https://example.com/")
    assert found.notes == "a b c d"


def test_long_notes_are_cut() -> None:
    found = read(json.dumps(NEWS | {"notes": "word " * 500}).encode(), "https://example.com/")
    assert len(found.notes) == 300
    assert found.notes.endswith("…")


@pytest.mark.parametrize(
    ("version", "own", "newer"),
    [
        ("0.2", "0.1.0", True),
        ("0.10", "0.9.9", True),
        ("1", "0.99.99.99", True),
        ("0.1", "0.1.0", False),
        ("0.1.0", "0.2", False),
        ("9", "0.1.dev3", False),
    ],
)
def test_which_is_newer(version: str, own: str, newer: bool) -> None:
    assert is_newer(version, own) is newer
