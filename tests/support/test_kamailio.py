"""Kamailio's kit with two baresip phones, before a line of ours is tried at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.baresip import Baresip, Phone
from tests.support.kamailio import Kamailio, password_at_carrier
from tests.support.programs import need
from tests.support.tones import seconds_of

pytestmark = pytest.mark.xdist_group("peers")


def test_two_phones_call_through_kamailio(tmp_path: Path) -> None:
    need("kamailio", "baresip")
    with Kamailio(tmp_path / "kamailio") as kamailio:
        phones = [
            Phone(
                number=number, password=password_at_carrier(number), registrar=kamailio.address, hertz=hertz
            )
            for number, hertz in (("13800138000", 440.0), ("13900139000", 700.0))
        ]
        with Baresip(phones[0], tmp_path / "one") as one, Baresip(phones[1], tmp_path / "two") as two:
            kamailio.wait_registered("13800138000")
            kamailio.wait_registered("13900139000")
            one.dial("13900139000")
            two.wait_for("CALL_INCOMING")
            two.command("accept")
            one.wait_for("CALL_ESTABLISHED")
            two.listen(lambda heard: seconds_of(heard, 440) > 0.3)
            one.command("hangup")
            two.wait_for("CALL_CLOSED")
        assert any("13900139000" in line for line in kamailio.lines("INVITED"))


def test_a_wrong_password_is_challenged_again(tmp_path: Path) -> None:
    need("kamailio", "baresip")
    with Kamailio(tmp_path / "kamailio") as kamailio:
        wrong = Phone(number="13800138000", password="wrong", registrar=kamailio.address)
        with Baresip(wrong, tmp_path / "wrong") as it:
            it.program.wait_for("reg: .* 401 Unauthorized")
        assert kamailio.lines("REGISTERED") == []


def test_restarts_on_the_same_port(tmp_path: Path) -> None:
    need("kamailio")
    with Kamailio(tmp_path / "kamailio") as kamailio:
        address = kamailio.address
        kamailio.restart()
        assert kamailio.address == address
