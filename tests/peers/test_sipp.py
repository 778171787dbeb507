"""SIPp as caller and as callee: talk, busy, cancel; UDP and TCP; with sound through scripted ends."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.programs import Program, free_ports, need
from tests.support.rtp_ear import RtpEar
from tests.support.server import Server, password_of
from tests.support.sipp import audio_port, credentials, finish_sipp, start_sipp
from tests.support.tones import seconds_of

TRANSPORTS = {"udp": "u1", "tcp": "t1"}


def callee(
    server: Server,
    folder: Path,
    scenario: str = "callee",
    keys: Mapping[str, str] | None = None,
    calls: int = 1,
) -> Program:
    """The phone 2002, registered, with its scenario running."""
    port = free_ports()
    row = ("2002", credentials("2002", password_of("2002")), f"127.0.0.1:{port}")
    finish_sipp(start_sipp("register", server.udp, folder / "register", rows=[row], port=port))
    keys = keys or {"rtp_port": "40000"}
    return start_sipp(scenario, server.udp, folder / scenario, port=port, keys=keys, calls=calls)


def phone_calls(
    server: Server, folder: Path, scenario: str = "caller", transport: str = "udp", **settings: Any
) -> Program:
    """The phone 2001 calls 2002."""
    row = ("2001", credentials("2001", password_of("2001")), "2002")
    return start_sipp(
        scenario,
        server.addresses[transport],
        folder / scenario,
        rows=[row],
        transport=TRANSPORTS[transport],
        **settings,
    )


@pytest.mark.parametrize("media", ["direct", "relay"])
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_scripted_phones_hear_each_other(server: Server, tmp_path: Path, transport: str, media: str) -> None:
    need("sipp")
    server.ask("set", "setting", "local_media", f"value={media}")
    with RtpEar(440) as low, RtpEar(700) as high:
        called = callee(server, tmp_path, keys={"rtp_port": str(high.port)})
        calling = phone_calls(
            server, tmp_path, transport=transport, keys={"rtp_port": str(low.port)}, options=("-d", "3000")
        )
        with called, calling:
            low.target, high.target = (("127.0.0.1", audio_port(end)) for end in (calling, called))
            is_direct = (low.target[1], high.target[1]) == (high.port, low.port)
            assert is_direct == (media == "direct")
            low.listen(lambda heard: seconds_of(heard, 700) > 0.5)
            high.listen(lambda heard: seconds_of(heard, 440) > 0.5)
            finish_sipp(calling)
            finish_sipp(called)
    server.wait_idle()


def test_the_called_phone_hangs_on_until_the_caller_cancels(server: Server, tmp_path: Path) -> None:
    need("sipp")
    with callee(server, tmp_path, "callee_rings") as called:
        finish_sipp(phone_calls(server, tmp_path, "caller_cancels", keys={"rtp_port": "40002"}))
        finish_sipp(called)
    server.wait_idle()


def test_busy_reaches_the_caller(server: Server, tmp_path: Path) -> None:
    need("sipp")
    with callee(server, tmp_path, "callee_busy") as called:
        finish_sipp(phone_calls(server, tmp_path, "caller_refused", keys={"rtp_port": "40002"}))
        finish_sipp(called)
    server.wait_idle()


def test_hundreds_of_calls_leave_nothing_behind(server: Server, tmp_path: Path) -> None:
    need("sipp")
    row = ("2001", credentials("2001", password_of("2001")), "2002")
    server.ask("set", "extension", "2002", "multi_device=yes")
    with callee(server, tmp_path, calls=300) as called:
        finish_sipp(
            start_sipp(
                "caller",
                server.udp,
                tmp_path / "caller",
                rows=[row],
                calls=300,
                rate=30,
                keys={"rtp_port": "40002"},
                options=("-d", "200"),
            )
        )
        finish_sipp(called)
    server.wait_idle()
    counters = server.counters()
    assert counters["calls_set_up"] == 300
    assert counters["calls_failed"] == 0
