"""Two baresip phones register, call and hear each other: on each transport, directly and relayed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.baresip import Baresip, Phone
from tests.support.programs import need
from tests.support.server import Server, password_of
from tests.support.tones import seconds_of

LOW, HIGH = 440.0, 700.0
ENOUGH = 0.6  # seconds of the other's tone


def phone(
    server: Server, number: str, transport: str = "udp", hertz: float = LOW, **settings: object
) -> Phone:
    """A phone of this server."""
    return Phone(
        number=number,
        password=password_of(number),
        registrar=server.addresses[transport],
        transport=transport,
        hertz=hertz,
        host=server.bind,
        **settings,  # type: ignore[arg-type]
    )


def talk(server: Server, folder: Path, transports: tuple[str, str]) -> None:
    """One call, from REGISTER to BYE, with the proof that both are heard."""
    low = phone(server, "2001", transports[0])
    high = phone(server, "2002", transports[1], HIGH)
    with Baresip(low, folder / "low") as caller, Baresip(high, folder / "high") as called:
        caller.wait_registered()
        called.wait_registered()
        assert set(server.bindings()) == {"2001", "2002"}
        caller.dial("2002")
        called.wait_for("CALL_INCOMING")
        caller.wait_for("CALL_RINGING")
        called.command("accept")
        caller.wait_for("CALL_ESTABLISHED")
        called.wait_for("CALL_ESTABLISHED")
        caller.listen(lambda heard: seconds_of(heard, HIGH) > ENOUGH)
        called.listen(lambda heard: seconds_of(heard, LOW) > ENOUGH)
        called.command("hangup")
        caller.wait_for("CALL_CLOSED")
        server.wait_idle()
        assert seconds_of(caller.heard(), LOW) < 0.1
        assert seconds_of(called.heard(), HIGH) < 0.1


@pytest.mark.parametrize("media", ["direct", "relay"])
@pytest.mark.parametrize(
    "transports",
    [("udp", "udp"), ("tcp", "tcp"), ("tls", "tls"), ("udp", "tls"), ("tcp", "udp")],
    ids="-".join,
)
def test_two_phones_hear_each_other(
    server: Server, tmp_path: Path, transports: tuple[str, str], media: str
) -> None:
    need("baresip")
    server.ask("set", "setting", "local_media", f"value={media}")
    talk(server, tmp_path, transports)
    relayed = server.counters()["relayed_packets"]
    assert (relayed > 50) if media == "relay" else relayed == 0


@pytest.mark.parametrize("media", ["direct", "relay"])
def test_two_phones_hear_each_other_over_ipv6(tmp_path: Path, media: str) -> None:
    need("baresip")
    with Server(tmp_path / "server", bind="::1") as server:
        server.import_extensions(["2001", "2002"])
        server.ask("set", "setting", "local_media", f"value={media}")
        server.start()
        talk(server, tmp_path, ("udp", "udp"))
        assert server.complaints() == []


def test_the_caller_gives_up_and_may_call_again(server: Server, tmp_path: Path) -> None:
    need("baresip")
    with (
        Baresip(phone(server, "2001"), tmp_path / "low") as caller,
        Baresip(phone(server, "2002", hertz=HIGH), tmp_path / "high") as called,
    ):
        caller.wait_registered()
        called.wait_registered()
        for round_ in (1, 2):
            caller.dial("2002")
            called.wait_for("CALL_INCOMING", count=round_)
            caller.wait_for("CALL_RINGING", count=round_)
            caller.command("hangup")
            called.wait_for("CALL_CLOSED", count=round_)
        server.wait_idle()


def test_a_busy_phone_is_busy_and_an_unknown_number_is_unknown(server: Server, tmp_path: Path) -> None:
    need("baresip")
    with (
        Baresip(phone(server, "2001"), tmp_path / "low") as caller,
        Baresip(phone(server, "2002", hertz=HIGH), tmp_path / "high") as called,
    ):
        caller.wait_registered()
        called.wait_registered()
        caller.dial("2002")
        called.wait_for("CALL_INCOMING")
        called.command("hangup")  # baresip declines with 486
        assert caller.wait_for("CALL_CLOSED")["param"].startswith("486")
        caller.dial("2999")
        assert caller.wait_for("CALL_CLOSED", count=2)["param"].startswith("404")
        caller.dial("2003")  # exists, but no device of it is registered
        assert caller.wait_for("CALL_CLOSED", count=3)["param"].startswith("480")


def test_a_wrong_password_registers_nobody(server: Server, tmp_path: Path) -> None:
    need("baresip")
    intruder = Phone(number="2001", password="guess", registrar=server.udp)
    with Baresip(intruder, tmp_path / "intruder") as it:
        it.program.wait_for("reg: .* 403 Forbidden")
        assert server.bindings() == {}


def test_leaving_unregisters(server: Server, tmp_path: Path) -> None:
    need("baresip")
    with Baresip(phone(server, "2001"), tmp_path / "low") as it:
        it.wait_registered()
        assert set(server.bindings()) == {"2001"}
        it.command("quit")
        it.program.wait()
    assert server.bindings() == {}
