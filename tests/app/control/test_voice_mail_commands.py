"""The commands on voice mail with a server and without: the same answer."""

from __future__ import annotations

from pathlib import Path

from app.control.commands import COMMANDS
from app.control.offline import Offline
from app.control.voice_mail_commands import VOICE_MAIL_COMMANDS
from app.options import Options


def test_a_server_knows_them() -> None:
    assert set(VOICE_MAIL_COMMANDS) <= set(COMMANDS)


def test_without_a_server_the_folder_is_read(tmp_path: Path) -> None:
    offline = Offline(Options(data=tmp_path))
    offline.open(patience_s=0)
    try:
        assert offline.ask("voicemail") == []
        offline.ask("records.set", kind="extension", key="101", values={"voicemail": "yes"})
        (found,) = offline.ask("voicemail")
        assert (found["number"], found["new"], found["is_on"]) == ("101", 0, True)
        assert offline.ask("voicemail.messages", mailbox="101") == []
    finally:
        offline.close()
