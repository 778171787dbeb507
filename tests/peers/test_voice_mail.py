"""A baresip leaves a message, another sees its lamp, hears the message and deletes it; and a power cut."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.baresip import Baresip, Phone
from tests.support.programs import eventually, need
from tests.support.server import Server, password_of
from tests.support.tones import seconds_of

BEEP, VOICE = 1000, 620


def phone(server: Server, number: str, **fields: object) -> Phone:
    return Phone(number=number, password=password_of(number), registrar=server.udp, **fields)  # type: ignore[arg-type]


def speak_after_the_tone(caller: Baresip, number: str = "2002") -> None:
    """Call, skip the greeting, and speak from the tone on."""
    caller.dial(number)
    caller.wait_for("CALL_ESTABLISHED")
    caller.command("sndcode", "#")
    caller.listen(lambda heard: seconds_of(heard, BEEP) > 0.2)


@contextmanager
def owner_with_a_lamp(server: Server, folder: Path) -> Iterator[Baresip]:
    """A baresip that has subscribed to its messages.

    In one start of three baresip 1.0 does not answer the challenge of its SUBSCRIBE but subscribes anew, a
    thousand times a second, for ever: then it is started again.
    """
    for attempt in range(8):
        with Baresip(phone(server, "2002", applications=("mwi.so",)), folder / f"owner-{attempt}") as owner:
            owner.wait_registered()
            eventually(lambda: _is_informed(owner) or _is_mad(owner), "baresip has subscribed")
            if not _is_mad(owner):
                yield owner
                return
    raise AssertionError("baresip never answered the challenge")


def _is_informed(owner: Baresip) -> bool:
    return "Voice-Message: 0/0" in owner.program.output


def _is_mad(owner: Baresip) -> bool:
    return owner.program.output.count("mwi: subscribing") > 20


def test_a_stranger_sees_the_lamp_and_hears_the_message(server: Server, tmp_path: Path) -> None:
    need("baresip")
    server.ask("set", "extension", "2002", "voicemail=yes", "no_answer_s=1", "voicemail_min_s=0")
    with (
        Baresip(phone(server, "2001", hertz=VOICE), tmp_path / "caller") as caller,
        owner_with_a_lamp(server, tmp_path) as owner,
    ):
        caller.wait_registered()
        speak_after_the_tone(caller)
        folder = server.data / "voicemail" / "2002"
        eventually(lambda: any(folder.glob("*.part")), "the message is on its way to the disk")
        caller.command("hangup")
        owner.program.wait_for(r"Voice-Message: 1/0")
        owner.dial("*97")
        owner.wait_for("CALL_ESTABLISHED")
        for key in "11":
            owner.command("sndcode", key)
        owner.listen(lambda heard: seconds_of(heard, VOICE) > 3)
        for key in "3#":
            owner.command("sndcode", key)
        owner.wait_for("CALL_CLOSED", count=2)
        eventually(
            lambda: owner.program.output.rpartition("Voice-Message: ")[2].startswith("0/0"), "the lamp is out"
        )
        server.wait_idle()
    assert json.loads(server.ask("voicemail", "list", "2002", "--json")) == []


def test_a_power_cut_costs_the_message_that_is_being_left_only(server: Server, tmp_path: Path) -> None:
    need("baresip")
    server.ask("set", "extension", "2002", "voicemail=yes", "voicemail_min_s=0")
    with Baresip(phone(server, "2001", hertz=VOICE), tmp_path / "caller") as caller:
        caller.wait_registered()
        folder = server.data / "voicemail" / "2002"
        speak_after_the_tone(caller)
        eventually(lambda: any(folder.glob("*.part")), "the message is on its way to the disk")
        caller.command("hangup")
        eventually(lambda: any(folder.glob("*.wav")), "the message is kept")
        caller.wait_for("CALL_CLOSED")
        speak_after_the_tone(caller)
        eventually(lambda: any(folder.glob("*.part")), "the next is on its way")
        server.kill()
    server.start()
    (kept,) = json.loads(server.ask("voicemail", "list", "2002", "--json"))
    assert kept["is_new"]
    assert [path.name for path in folder.iterdir()] == [Path(kept["path"]).name]
