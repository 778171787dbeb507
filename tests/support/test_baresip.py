"""Two baresip processes call each other directly: what the kit says of them is so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.baresip import Baresip, Phone
from tests.support.programs import need
from tests.support.tones import seconds_of

pytestmark = pytest.mark.xdist_group("peers")


def test_two_phones_without_a_pbx_hear_each_others_tone(tmp_path: Path) -> None:
    need("baresip")
    settings = {"password": "", "registrar": "127.0.0.1:9", "registers": False}
    high = Phone(number="2", hertz=700, **settings)  # type: ignore[arg-type]
    low = Phone(number="1", hertz=440, **settings)  # type: ignore[arg-type]
    with Baresip(low, tmp_path / "low") as caller, Baresip(high, tmp_path / "high") as called:
        config = (called.folder / "config").read_text()
        port = config.split("sip_listen 127.0.0.1:")[1].split()[0]
        caller.dial(f"sip:2@127.0.0.1:{port}")
        called.wait_for("CALL_INCOMING")
        caller.wait_for("CALL_RINGING")
        called.command("accept")
        caller.wait_for("CALL_ESTABLISHED")
        caller.listen(lambda heard: seconds_of(heard, 700) > 0.5)
        called.listen(lambda heard: seconds_of(heard, 440) > 0.5)
        caller.command("hangup")
        called.wait_for("CALL_CLOSED")
        assert seconds_of(caller.heard(), 440) == 0
        assert seconds_of(caller.said(), 440) > 0.5
