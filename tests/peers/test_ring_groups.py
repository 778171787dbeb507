"""Foreign phones in a ring group: both ring, one answers and is heard, the other is cancelled."""

from __future__ import annotations

from pathlib import Path

from tests.support.baresip import Baresip, Phone
from tests.support.programs import free_ports, need
from tests.support.server import Server, password_of
from tests.support.sipp import credentials, finish_sipp, start_sipp
from tests.support.tones import seconds_of

HERTZ = 700


def phone(server: Server, number: str, hertz: float = 440) -> Phone:
    return Phone(number=number, password=password_of(number), registrar=server.udp, hertz=hertz)


def test_two_members_ring_one_answers_and_the_other_is_cancelled(server: Server, tmp_path: Path) -> None:
    need("baresip")
    need("sipp")
    server.ask("add", "ring_group", "600", "members=2002, 2003", "name_prefix=Sales")
    port = free_ports()
    row = ("2002", credentials("2002", password_of("2002")), f"127.0.0.1:{port}")
    finish_sipp(start_sipp("register", server.udp, tmp_path / "register", rows=[row], port=port))
    rings = start_sipp("callee_rings", server.udp, tmp_path / "rings", port=port, keys={"rtp_port": "40000"})
    with (
        rings,
        Baresip(phone(server, "2001"), tmp_path / "caller") as caller,
        Baresip(phone(server, "2003", HERTZ), tmp_path / "answers") as answers,
    ):
        caller.wait_registered()
        answers.wait_registered()
        caller.dial("600")
        shown = answers.wait_for("CALL_INCOMING")
        assert shown["peerdisplayname"].startswith("Sales: ")
        answers.command("accept")
        answers.wait_for("CALL_ESTABLISHED")
        finish_sipp(rings)
        caller.listen(lambda heard: seconds_of(heard, HERTZ) > 0.6)
        caller.command("hangup")
        answers.wait_for("CALL_CLOSED")
        server.wait_idle()


def test_two_baresips_that_answer_at_once_make_one_call(server: Server, tmp_path: Path) -> None:
    need("baresip")
    server.ask("add", "ring_group", "600", "members=2002, 2003")
    with (
        Baresip(phone(server, "2001"), tmp_path / "caller") as caller,
        Baresip(phone(server, "2002", HERTZ), tmp_path / "one") as one,
        Baresip(phone(server, "2003", HERTZ), tmp_path / "two") as two,
    ):
        for each in (caller, one, two):
            each.wait_registered()
        caller.dial("600")
        for each in (one, two):
            each.wait_for("CALL_INCOMING")
        for each in (one, two):
            each.command("accept")
        caller.wait_for("CALL_ESTABLISHED")
        caller.listen(lambda heard: seconds_of(heard, HERTZ) > 0.6)
        caller.command("hangup")
        for each in (one, two):
            each.wait_for("CALL_CLOSED")
        server.wait_idle()
