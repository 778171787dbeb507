"""sipsak is answered, and tshark reads the capture that OpenMSS exports."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from app.sip.flow import Address, Direction, Flow, Transport
from app.trace.pcapng import export
from app.trace.segments import Captured
from tests.support.programs import need
from tests.support.server import Server


def test_sipsak_is_answered(server: Server) -> None:
    need("sipsak")
    done = subprocess.run(
        ["sipsak", "-v", "-s", f"sip:{server.udp}"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "flow",
    [
        Flow(Transport.UDP, Address("127.0.0.1", 5060), Address("127.0.0.2", 5070)),
        Flow(Transport.TLS, Address("::1", 5061), Address("::2", 40000), 3),
    ],
    ids=lambda flow: flow.transport.value,
)
def test_tshark_reads_the_exported_capture(tmp_path: Path, flow: Flow) -> None:
    need("tshark")
    request = (
        b"OPTIONS sip:pbx@example.org SIP/2.0\r\nVia: SIP/2.0/UDP host;branch=z9hG4bK1\r\n"
        b"Max-Forwards: 70\r\nFrom: <sip:a@example.org>;tag=1\r\nTo: <sip:pbx@example.org>\r\n"
        b"Call-ID: one\r\nCSeq: 1 OPTIONS\r\n"
        b"Content-Length: 0\r\n\r\n"
    )
    response = request.replace(b"OPTIONS sip:pbx@example.org SIP/2.0", b"SIP/2.0 200 OK")
    capture = tmp_path / "capture.pcapng"
    capture.write_bytes(
        export(
            [
                Captured(1, 1700000000.25, Direction.IN, flow, request),
                Captured(2, 1700000000.5, Direction.OUT, flow, response),
            ]
        )
    )
    columns = ["frame.time_epoch", "sip.Method", "sip.Status-Code", "udp.srcport", "udp.checksum.status"]
    command = [
        "tshark",
        "-r",
        str(capture),
        "-d",
        f"udp.port=={flow.local.port},sip",
        "-o",
        "udp.check_checksum:TRUE",
    ]
    command += ["-T", "fields", *(part for column in columns for part in ("-e", column))]
    listing = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    rows = [row.split("\t") for row in listing.splitlines()]
    good = {"1", "3"}  # good, or absent as UDP over IPv4 may have it
    assert [row[1:4] for row in rows] == [
        ["OPTIONS", "", str(flow.remote.port)],
        ["", "200", str(flow.local.port)],
    ]
    assert [float(row[0]) for row in rows] == [1700000000.25, 1700000000.5]
    assert {row[4] for row in rows} <= good
