"""The commands on recordings reach the API; those on finished ones without a server too."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.api import conferences, recordings
from app.control.offline import Offline
from app.control.recording_commands import OFFLINE, RECORDING_COMMANDS
from app.errors import UserError
from app.options import Options


def test_their_names() -> None:
    for api, area in ((recordings, "recordings"), (conferences, "conferences")):
        for name in api.__all__:
            if name[0].islower() and name not in ("page", "meetings"):
                assert RECORDING_COMMANDS[f"{area}.{name}"] is getattr(api, name)
    assert set(RECORDING_COMMANDS) >= OFFLINE


def test_without_a_server(tmp_path: Path) -> None:
    offline = Offline(Options(data=tmp_path))
    offline.open(patience_s=0)
    try:
        assert offline.ask("recordings", number="1", limit=5) == []
        assert offline.ask("recordings.delete", ids=[1]) == 0
        assert offline.ask("conferences") == []
        with pytest.raises(UserError, match="There is no recording 1"):
            offline.ask("recordings.get", recording_id=1)
        with pytest.raises(UserError, match="No server runs"):
            offline.ask("recordings.start", call_id=1)
    finally:
        offline.close()
