"""The command on announcements with a server and without: the same answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.control.announcement_commands import ANNOUNCEMENT_COMMANDS
from app.control.commands import COMMANDS
from app.control.offline import Offline
from app.options import Options
from tests.support.announcements import write_defaults, write_sound


def test_a_server_knows_them() -> None:
    assert set(ANNOUNCEMENT_COMMANDS) == {"announcements"} <= set(COMMANDS)


def test_without_a_server_the_folders_are_read(tmp_path: Path) -> None:
    folder = write_defaults(tmp_path / "mss_ann")
    own = write_sound(folder / "cust_ann" / "zh" / "hello.wav", 700)
    offline = Offline(Options(data=tmp_path / "data", announcements=folder))
    offline.open(patience_s=0)
    try:
        entries: list[dict[str, Any]] = offline.ask("announcements")
    finally:
        offline.close()
    found = {(each["id"], each["language"]): each for each in entries}
    assert found["hello", "zh"] == {
        "id": "hello",
        "kind": "speech",
        "text": "你好。",
        "language": "zh",
        "file": str(own),
        "source": "custom",
        "fault": "",
    }
    assert found["hello", "en"]["source"] == "default"
    assert not (tmp_path / "data" / "mss_ann").exists()
