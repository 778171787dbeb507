"""A baresip calls the attendant, hears the prompt that lies on the disk, dials a number, and it rings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.support.announcements import DEFAULTS, likeness
from tests.support.baresip import Baresip, Phone
from tests.support.keys import sound_of
from tests.support.programs import need
from tests.support.server import Server, password_of
from tests.support.tones import RATE, Samples, seconds_of, write_wav

GREETING = DEFAULTS / "en" / "16k" / "menu-greeting.ogg"
HERTZ = 700


def hears_greeting(heard: Samples, share: float) -> bool:
    return len(heard) > RATE and likeness(heard, GREETING) > share


@pytest.mark.parametrize("way", ["RFC 4733", "in-band"])
def test_a_number_dialled_in_the_attendant_rings(server: Server, tmp_path: Path, way: str) -> None:
    need("baresip")
    server.ask("set", "menu", "default", "number=800")
    caller_settings = Phone(number="2001", password=password_of("2001"), registrar=server.udp)
    called_settings = Phone(number="2002", password=password_of("2002"), registrar=server.udp, hertz=HERTZ)
    with (
        Baresip(caller_settings, tmp_path / "caller") as caller,
        Baresip(called_settings, tmp_path / "called") as called,
    ):
        caller.wait_registered()
        called.wait_registered()
        if way == "in-band":
            # It hangs up at the end of the file.
            said = np.concatenate((sound_of("2002", before_s=8), np.zeros(60 * RATE, np.int16)))
            write_wav(tmp_path / "caller" / "tone.wav", said)
        caller.dial("800")
        caller.wait_for("CALL_ESTABLISHED")
        caller.listen(lambda heard: hears_greeting(heard, 0.6))
        if way == "RFC 4733":
            for key in "2002":
                caller.command("sndcode", key)
        called.wait_for("CALL_INCOMING")
        called.command("accept")
        called.wait_for("CALL_ESTABLISHED")
        caller.listen(lambda heard: seconds_of(heard, HERTZ) > 0.6)
        caller.command("hangup")
        called.wait_for("CALL_CLOSED")
        server.wait_idle()


def test_who_hangs_up_in_the_greeting_leaves_nothing(server: Server, tmp_path: Path) -> None:
    need("baresip")
    server.ask("set", "menu", "default", "number=800")
    settings = Phone(number="2001", password=password_of("2001"), registrar=server.udp)
    with Baresip(settings, tmp_path / "caller") as caller:
        caller.wait_registered()
        caller.dial("800")
        caller.wait_for("CALL_ESTABLISHED")
        caller.listen(lambda heard: hears_greeting(heard, 0.2))
        caller.command("hangup")
        caller.wait_for("CALL_CLOSED")
        server.wait_idle()
