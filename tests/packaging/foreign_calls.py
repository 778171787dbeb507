"""Calls of phones that nobody here wrote through an installed server, heard at both ends."""

from __future__ import annotations

from pathlib import Path

from tests.support.baresip import Baresip, Phone
from tests.support.programs import free_ports, need
from tests.support.rtp_ear import RtpEar
from tests.support.server import password_of
from tests.support.sipp import audio_port, credentials, finish_sipp, start_sipp
from tests.support.tones import seconds_of

_HERTZ = {"2001": 440.0, "2002": 700.0}
_ENOUGH_S = 0.6  # of the other's tone


def baresip_calls(udp: str, folder: Path) -> None:
    """baresip 2001 calls baresip 2002; each must record the other's tone, and only that."""
    need("baresip")
    low, high = (
        Phone(number=number, password=password_of(number), registrar=udp, hertz=hertz)
        for number, hertz in _HERTZ.items()
    )
    with Baresip(low, folder / "low") as caller, Baresip(high, folder / "high") as called:
        caller.wait_registered()
        called.wait_registered()
        caller.dial("2002")
        called.wait_for("CALL_INCOMING")
        caller.wait_for("CALL_RINGING")
        called.command("accept")
        caller.wait_for("CALL_ESTABLISHED")
        caller.listen(lambda heard: seconds_of(heard, _HERTZ["2002"]) > _ENOUGH_S)
        called.listen(lambda heard: seconds_of(heard, _HERTZ["2001"]) > _ENOUGH_S)
        called.command("hangup")
        caller.wait_for("CALL_CLOSED")
        assert seconds_of(caller.heard(), _HERTZ["2001"]) < 0.1


def sipp_calls(udp: str, folder: Path) -> None:
    """SIPp registers 2002 and calls it from 2001; what each sends is heard at the other end."""
    need("sipp")
    port = free_ports()
    row = ("2002", credentials("2002", password_of("2002")), f"127.0.0.1:{port}")
    finish_sipp(start_sipp("register", udp, folder / "register", rows=[row], port=port))
    row = ("2001", credentials("2001", password_of("2001")), "2002")
    with RtpEar(_HERTZ["2001"]) as low, RtpEar(_HERTZ["2002"]) as high:
        called = start_sipp("callee", udp, folder / "callee", port=port, keys={"rtp_port": str(high.port)})
        calling = start_sipp(
            "caller",
            udp,
            folder / "caller",
            rows=[row],
            keys={"rtp_port": str(low.port)},
            options=("-d", "3000"),
        )
        with called, calling:
            low.target, high.target = (("127.0.0.1", audio_port(end)) for end in (calling, called))
            low.listen(lambda heard: seconds_of(heard, _HERTZ["2002"]) > _ENOUGH_S)
            high.listen(lambda heard: seconds_of(heard, _HERTZ["2001"]) > _ENOUGH_S)
            finish_sipp(calling)
            finish_sipp(called)
