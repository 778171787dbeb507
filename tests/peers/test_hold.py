"""A baresip holds and resumes a call with a scripted phone: silence in between, and the tone again after."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.baresip import Baresip, Phone
from tests.support.programs import free_ports, need
from tests.support.rtp_ear import RtpEar
from tests.support.server import Server, password_of
from tests.support.sipp import audio_port, credentials, finish_sipp, start_sipp
from tests.support.tones import seconds_of


@pytest.mark.parametrize("media", ["direct", "relay"])
def test_a_held_phone_hears_nothing_and_hears_again(server: Server, tmp_path: Path, media: str) -> None:
    need("baresip", "sipp")
    server.ask("set", "setting", "local_media", f"value={media}")
    port = free_ports()
    row = ("2002", credentials("2002", password_of("2002")), f"127.0.0.1:{port}")
    finish_sipp(start_sipp("register", server.udp, tmp_path / "register", rows=[row], port=port))
    holder = Phone(number="2001", password=password_of("2001"), registrar=server.udp, hertz=440)
    with RtpEar(700) as ear, Baresip(holder, tmp_path / "holder") as caller:
        caller.wait_registered()
        keys = {"rtp_port": str(ear.port)}
        with start_sipp("callee_held", server.udp, tmp_path / "callee", port=port, keys=keys) as callee:
            caller.dial("2002")
            caller.wait_for("CALL_ESTABLISHED")
            ear.target = ("127.0.0.1", audio_port(callee))
            ear.listen(lambda heard: seconds_of(heard, 440) > 0.5)
            caller.listen(lambda heard: seconds_of(heard, 700) > 0.5)
            answers = number_of_answers(caller)
            caller.command("hold")
            caller.wait_for("CALL_REMOTE_SDP", count=answers + 1)
            caller.command("resume")
            caller.wait_for("CALL_REMOTE_SDP", count=answers + 2)
            ear.forget()
            ear.listen(lambda heard: seconds_of(heard, 440) > 0.5)
            caller.command("hangup")
            finish_sipp(callee)
        caller.wait_for("CALL_CLOSED")
    server.wait_idle()


def number_of_answers(caller: Baresip) -> int:
    """How many answers to its offers the phone has seen."""
    return sum(event.get("type") == "CALL_REMOTE_SDP" for event in caller.events)
