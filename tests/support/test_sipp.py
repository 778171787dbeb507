"""SIPp answers a challenge, and a scenario that goes wrong is told."""

from __future__ import annotations

import re
import socket
import threading
from pathlib import Path

import pytest

from tests.support.programs import need
from tests.support.sipp import credentials, finish_sipp, start_sipp

pytestmark = pytest.mark.xdist_group("peers")


def answer_one_registration(registrar: socket.socket, authorizations: list[str]) -> None:
    """401, then 200 to whatever credentials come."""
    registrar.settimeout(30)
    for status in ("401 Unauthorized", "200 OK"):
        request, source = registrar.recvfrom(4096)
        text = request.decode()
        kept = [line for line in text.splitlines() if re.match(r"Via|From|To|Call-ID|CSeq", line)]
        authorizations += re.findall(r"(?m)^Authorization: (.*?)\r?$", text)
        challenge = 'WWW-Authenticate: Digest realm="here", nonce="abc", algorithm=MD5, qop="auth"'
        lines = [f"SIP/2.0 {status}", *kept, challenge, "Content-Length: 0", "", ""]
        registrar.sendto("\r\n".join(lines).encode(), source)


def test_a_registration_with_digest(tmp_path: Path) -> None:
    need("sipp")
    authorizations: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as registrar:
        registrar.bind(("127.0.0.1", 0))
        answering = threading.Thread(target=answer_one_registration, args=(registrar, authorizations))
        answering.start()
        server = f"127.0.0.1:{registrar.getsockname()[1]}"
        rows = [("101", credentials("101", "secret"), "127.0.0.1:5999")]
        finish_sipp(start_sipp("register", server, tmp_path, rows=rows))
        answering.join(30)
    assert re.search(r'Digest .*username="101".*response="[0-9a-f]{32}"', authorizations[0])


def test_silence_fails_the_scenario(tmp_path: Path) -> None:
    need("sipp")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        program = start_sipp(
            "register", f"127.0.0.1:{silent.getsockname()[1]}", tmp_path, rows=[("1", "", "h")], timeout=1
        )
        with pytest.raises(AssertionError, match="register failed with status"):
            finish_sipp(program)
