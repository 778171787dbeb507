"""The export, read back by ourselves and by tshark."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from app.sip.flow import Direction
from app.trace.pcapng import export
from app.trace.segments import Captured
from tests.support.traced import OTHER, PHONE, SIX, request, response

MESSAGES = [
    Captured(1, 1_700_000_000.25, Direction.IN, PHONE, request()),
    Captured(2, 1_700_000_000.5, Direction.OUT, OTHER, request(call_id="leg-2")),
    Captured(3, 1_700_000_000.75, Direction.IN, SIX, response("180 Ringing", call_id="leg-2")),
]


def blocks(data: bytes) -> list[tuple[int, bytes]]:
    found = []
    while data:
        kind, length = struct.unpack_from("<II", data)
        assert struct.unpack_from("<I", data, length - 4) == (length,)
        assert length % 4 == 0
        found.append((kind, data[8 : length - 4]))
        data = data[length:]
    return found


def test_the_file_is_a_section_an_interface_and_a_packet_each() -> None:
    assert [kind for kind, _ in blocks(export(MESSAGES))] == [0x0A0D0D0A, 1, 6, 6, 6]
    assert [kind for kind, _ in blocks(export([]))] == [0x0A0D0D0A, 1]


def test_a_message_too_long_for_a_datagram_is_cut_and_says_so() -> None:
    _, _, (_, body) = blocks(export([Captured(1, 1.0, Direction.IN, OTHER, b"x" * 65_536)]))
    captured, original = struct.unpack_from("<II", body, 12)
    assert captured <= 65_535
    assert original - captured == 65_536 - (captured - 28)


def test_wireshark_reads_it(tmp_path: Path) -> None:
    tshark = shutil.which("tshark")
    if tshark is None:
        assert os.environ.get("CI") != "true", "tshark is needed under CI=true"
        pytest.skip("tshark is not installed")
    path = tmp_path / "trace.pcapng"
    path.write_bytes(export(MESSAGES))
    fields = ("frame.time_epoch", "udp.srcport", "udp.dstport", "sip.Method", "sip.Status-Code")
    checks = ("ip.checksum.status", "udp.checksum.status", "frame.comment", "sip.Call-ID")
    options = [option for name in (*fields, *checks) for option in ("-e", name)]
    result = subprocess.run(
        [
            tshark, "-r", str(path), "-T", "fields", "-E", "separator=|",
            "-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", *options,
        ],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    rows = [line.split("|") for line in result.stdout.splitlines()]
    assert [row[1:5] for row in rows] == [
        ["5061", "5060", "INVITE", ""],
        ["5060", "40000", "INVITE", ""],
        ["40001", "5061", "", "180"],
    ]
    assert [float(row[0]) for row in rows] == [found.time for found in MESSAGES]
    assert [row[5] for row in rows[:2]] == ["1", "1"], "good IPv4 checksums"
    assert rows[2][6] == "1", "a good UDP checksum, which IPv6 demands"
    assert [row[7] for row in rows] == ["", "sent over TCP", "sent over TLS"]
    assert [row[8] for row in rows] == ["abc", "leg-2", "leg-2"]
