"""Kamailio as the carrier: a line registers there, calls out and in with sound, survives its restart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.baresip import Baresip, Phone
from tests.support.kamailio import DOMAIN, Kamailio, password_at_carrier
from tests.support.programs import eventually, need
from tests.support.server import Server, password_of
from tests.support.tones import seconds_of

OURS, FAR = "87654321", "13800138000"
LOW, HIGH = 440.0, 700.0
ENOUGH = 0.6


@pytest.fixture
def kamailio(tmp_path: Path) -> Iterator[Kamailio]:
    """A Kamailio that runs."""
    need("kamailio", "baresip")
    with Kamailio(tmp_path / "kamailio") as kamailio:
        yield kamailio


def add_line(server: Server, kamailio: Kamailio, **changes: str) -> None:
    """A line at it, whose domain no DNS knows."""
    values = {
        "user": OURS,
        "password": password_at_carrier(OURS),
        "domain": DOMAIN,
        "proxy": kamailio.address,
        "incoming_to": "2001",
        **changes,
    }
    server.ask("add", "line", "carrier", *(f"{name}={value}" for name, value in values.items()))


def line(server: Server) -> dict[str, Any]:
    """The line in `status --json`."""
    (found,) = server.status()["lines"]
    return dict(found)


def wait_for(server: Server, state: str) -> dict[str, Any]:
    """Wait until the line is in a state."""
    eventually(lambda: line(server)["state"] == state, f"the line is {state}")
    return line(server)


def our_phone(server: Server) -> Phone:
    """An extension of ours."""
    return Phone(number="2001", password=password_of("2001"), registrar=server.udp, hertz=LOW)


def far_phone(kamailio: Kamailio) -> Phone:
    """A subscriber of the carrier's."""
    return Phone(number=FAR, password=password_at_carrier(FAR), registrar=kamailio.address, hertz=HIGH)


def hear_each_other(ours: Baresip, far: Baresip) -> None:
    """Both hear the other's tone."""
    ours.listen(lambda heard: seconds_of(heard, HIGH) > ENOUGH)
    far.listen(lambda heard: seconds_of(heard, LOW) > ENOUGH)


@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_a_line_registers_and_calls_out_and_in(
    server: Server, kamailio: Kamailio, tmp_path: Path, transport: str
) -> None:
    add_line(server, kamailio, transport=transport)
    kamailio.wait_registered(OURS, transport=transport)
    wait_for(server, "registered")
    with (
        Baresip(our_phone(server), tmp_path / "ours") as ours,
        Baresip(far_phone(kamailio), tmp_path / "far") as far,
    ):
        ours.wait_registered()
        far.wait_registered()
        told = json.loads(server.ask("explain", "--caller", "2001", "--dial", f"9{FAR}", "--json"))
        assert told["blocked"] is False
        assert f"{FAR}@{DOMAIN}" in told["sent"]["request_uri"]
        ours.dial(f"9{FAR}")
        far.wait_for("CALL_INCOMING")
        far.command("accept")
        ours.wait_for("CALL_ESTABLISHED")
        hear_each_other(ours, far)
        assert any(f"{FAR} of {DOMAIN} by {OURS} of {DOMAIN}" in each for each in kamailio.lines("INVITED"))
        ours.command("hangup")
        far.wait_for("CALL_CLOSED")
        server.wait_idle()

        far.dial(f"sip:{OURS}@{kamailio.address}")
        ours.wait_for("CALL_INCOMING")
        ours.command("accept")
        far.wait_for("CALL_ESTABLISHED", count=2)
        hear_each_other(ours, far)
        far.command("hangup")
        ours.wait_for("CALL_CLOSED", count=2)
        server.wait_idle()


@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_a_line_survives_the_carriers_restart(
    server: Server, kamailio: Kamailio, tmp_path: Path, transport: str
) -> None:
    add_line(server, kamailio, transport=transport)
    kamailio.wait_registered(OURS, transport=transport)
    kamailio.restart()
    kamailio.wait_registered(OURS, transport=transport)  # by itself
    wait_for(server, "registered")
    with (
        Baresip(our_phone(server), tmp_path / "ours") as ours,
        Baresip(far_phone(kamailio), tmp_path / "far") as far,
    ):
        ours.wait_registered()
        far.wait_registered()
        far.dial(f"sip:{OURS}@{kamailio.address}")
        ours.wait_for("CALL_INCOMING")
        ours.command("accept")
        far.wait_for("CALL_ESTABLISHED")
        ours.command("hangup")
        far.wait_for("CALL_CLOSED")
        server.wait_idle()


def test_a_wrong_password_is_told_in_words(server: Server, kamailio: Kamailio) -> None:
    add_line(server, kamailio, password="wrong")
    found = wait_for(server, "failed")
    assert "password" in found["reason"]
    assert kamailio.lines("REGISTERED") == []
    findings = json.loads(server.ask("diagnose", "line", "carrier", "--json"))
    assert (findings[0]["cause"], findings[0]["field"]) == ("password_refused", "password")
    server.ask("set", "line", "carrier", f"password={password_at_carrier(OURS)}")
    wait_for(server, "registered")
    assert json.loads(server.ask("diagnose", "line", "carrier", "--json")) == []


def test_a_deleted_line_is_gone_at_the_carrier_too(
    server: Server, kamailio: Kamailio, tmp_path: Path
) -> None:
    add_line(server, kamailio)
    kamailio.wait_registered(OURS)
    wait_for(server, "registered")
    server.ask("delete", "line", "carrier")
    with Baresip(far_phone(kamailio), tmp_path / "far") as far:
        far.wait_registered()
        kamailio.wait_registered(OURS, times=2)  # the farewell is a REGISTER as well
        far.dial(f"sip:{OURS}@{kamailio.address}")
        assert far.wait_for("CALL_CLOSED")["param"].startswith("404")
