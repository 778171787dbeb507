"""A thousand phones, a power cut, garbage at the ports and a full disk: the server goes on."""

from __future__ import annotations

import random
import socket
import sqlite3
import ssl
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.programs import eventually, free_ports, need
from tests.support.rtp_ear import RtpEar
from tests.support.server import Server, password_of
from tests.support.sipp import audio_port, credentials, finish_sipp, start_sipp
from tests.support.tones import seconds_of

resource = pytest.importorskip("resource")  # what sets limits for a process: not on Windows

THOUSAND = [str(number) for number in range(3000, 4000)]


def register(server: Server, numbers: list[str], folder: Path, contact: str, rate: float = 200) -> None:
    """Register each number with digest."""
    rows = [(number, credentials(number, password_of(number)), contact) for number in numbers]
    finish_sipp(start_sipp("register", server.udp, folder, rows=rows, calls=len(rows), rate=rate))


def test_bindings_survive_a_power_cut_in_the_middle_of_a_thousand_registrations(tmp_path: Path) -> None:
    need("sipp")
    port = free_ports()
    contact = f"127.0.0.1:{port}"
    with Server(tmp_path / "server") as server:
        server.import_extensions(THOUSAND)
        server.start()
        register(server, THOUSAND[:500], tmp_path / "first", contact)
        acknowledged = set(server.bindings())
        assert acknowledged == set(THOUSAND[:500])
        server.ask("set", "setting", "local_media", "value=direct")  # written before it is answered
        rows = [(number, credentials(number, password_of(number)), contact) for number in THOUSAND[500:]]
        storm = start_sipp(
            "register", server.udp, tmp_path / "storm", rows=rows, calls=500, rate=100, options=("-nd",)
        )
        with storm:
            eventually(lambda: len(server.bindings()) > 700, "the storm is under way")
            long_ago = set(server.bindings())
            eventually(lambda: len(server.bindings()) > len(long_ago) + 150, "more than a second of it")
            server.kill()
        server.start()
        assert set(server.bindings()) >= long_ago

        last = max(long_ago)
        called = start_sipp("callee", server.udp, tmp_path / "callee", port=port, keys={"rtp_port": "40000"})
        with called:
            row = ("3000", credentials("3000", password_of("3000")), last)
            finish_sipp(
                start_sipp(
                    "caller",
                    server.udp,
                    tmp_path / "caller",
                    rows=[row],
                    keys={"rtp_port": "40002"},
                    options=("-d", "100"),
                )
            )
            finish_sipp(called)
        register(server, THOUSAND, tmp_path / "again", contact)
        assert set(server.bindings()) == set(THOUSAND)
        assert server.stop() == 0
        assert server.complaints() == []


def garbage(seed: int) -> list[bytes]:
    """Noise, broken SIP and hostile lengths: the same for a seed."""
    source = random.Random(seed)
    whole = (
        b"INVITE sip:2002@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKx\r\n"
        b"From: <sip:a@b>;tag=1\r\nTo: <sip:2002@127.0.0.1>\r\nCall-ID: garbage\r\n"
        b"CSeq: 1 INVITE\r\nContent-Length: 4\r\n\r\nv=0\r\n"
    )
    pieces = [
        b"",
        b"\x00",
        b"\r\n" * 500,
        b"SIP/2.0",
        b"INVITE " + b"a" * 60000,
        whole.replace(b"Content-Length: 4", b"Content-Length: -1"),
        whole.replace(b"Content-Length: 4", b"Content-Length: 99999999999999999999"),
        whole.replace(b"CSeq: 1 INVITE", b"CSeq: 4294967296 ACK"),
        whole.replace(b"Via:", b"X:"),
        whole.replace(b"sip:2002", b"sip:%00%ff"),
        b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP x;branch=z9hG4bKnobody\r\n\r\n",
        b"X: y\r\n" * 10000,
    ]
    for _ in range(300):
        broken = bytearray(whole)
        for _ in range(source.randint(1, 12)):
            broken[source.randrange(len(broken))] = source.randrange(256)
        pieces.append(bytes(broken[: source.randint(1, len(broken))]))
        pieces.append(source.randbytes(source.randint(1, 1400)))
    return pieces


def test_garbage_at_the_ports_never_stops_the_server(server: Server) -> None:
    tls = ssl.create_default_context()
    tls.check_hostname = False
    tls.verify_mode = ssl.CERT_NONE
    pieces = garbage(4475)
    host, _, port = server.udp.rpartition(":")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as noise:
        for piece in pieces:
            noise.sendto(piece[:65000], (host, int(port)))
    for transport in ("tcp", "tls"):
        host, _, port = server.addresses[transport].rpartition(":")
        for piece in pieces[::6]:
            with socket.create_connection((host, int(port)), 10) as plain:
                try:
                    if transport == "tls":
                        with tls.wrap_socket(plain) as secret:
                            secret.sendall(piece)
                    else:
                        plain.sendall(piece)
                except OSError:  # it may hang up on us, but not on others
                    continue
    host, _, port = server.addresses["tls"].rpartition(":")
    with socket.create_connection((host, int(port)), 10) as plain:  # no TLS at all
        plain.sendall(pieces[-1])
    assert server.is_alive()
    assert {row["number"] for row in server.status()["extensions"]} >= {"2001", "2002"}
    host, _, port = server.udp.rpartition(":")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.settimeout(30)
        probe.sendto(options_request(probe.getsockname()[1]), (host, int(port)))
        assert probe.recv(4096).startswith(b"SIP/2.0 200 ")


def options_request(port: int) -> bytes:
    """A plain OPTIONS, answered to the source port (rport)."""
    return (
        f"OPTIONS sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{port or 9};branch=z9hG4bK9;rport\r\n"
        "Max-Forwards: 70\r\nFrom: <sip:probe@127.0.0.1>;tag=1\r\nTo: <sip:127.0.0.1>\r\nCall-ID: probe\r\n"
        "CSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"
    ).encode()


def test_a_full_disk_ends_no_call(tmp_path: Path) -> None:
    """No file can grow any more (RLIMIT_FSIZE): calls go on, new ones come, all is saved later."""
    need("sipp")
    with Server(tmp_path / "server") as server:
        server.import_extensions(["2001", "2002"])
        server.start()
        assert server.program is not None
        pid = server.program.pid
        port = free_ports()
        register(server, ["2001"], tmp_path / "register-2001", "127.0.0.1:5999")
        register(server, ["2002"], tmp_path / "register-2002", f"127.0.0.1:{port}")
        with RtpEar(440) as low, RtpEar(700) as high:
            keys = {"rtp_port": str(low.port)}
            row = ("2001", credentials("2001", password_of("2001")), "2002")
            with (
                start_sipp(
                    "callee",
                    server.udp,
                    tmp_path / "callee",
                    port=port,
                    calls=3,
                    keys={"rtp_port": str(high.port)},
                ) as called,
                start_sipp(
                    "caller", server.udp, tmp_path / "caller", rows=[row], keys=keys, options=("-d", "5000")
                ) as calling,
            ):
                low.target, high.target = (("127.0.0.1", audio_port(end)) for end in (calling, called))
                high.listen(lambda heard: seconds_of(heard, 440) > 0.2)
                _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, hard))
                high.forget()
                finish_sipp(calling)
                assert seconds_of(high.heard(), 440) > 1
                for count in (1, 2):
                    folder = tmp_path / f"again-{count}"
                    finish_sipp(
                        start_sipp("caller", server.udp, folder, rows=[row], keys=keys, options=("-d", "100"))
                    )
                finish_sipp(called)
        server.program.wait_for("rows wait to be saved")
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard, hard))
        assert server.counters()["calls_set_up"] == 3
        server.wait_idle()
        assert server.stop() == 0
        assert saved_calls(server) == 3
        assert all("disk" in line for line in server.complaints())


def saved_calls(server: Server) -> int:
    """How many call records the database holds."""
    with closing(sqlite3.connect(server.data / "openmss.db")) as database:
        return int(database.execute("SELECT count(*) FROM call_record").fetchone()[0])
