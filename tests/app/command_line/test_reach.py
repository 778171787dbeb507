"""A command finds the server, or the folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.command_line import reach as reaching
from app.command_line.reach import reach
from app.control.offline import Offline
from app.db.folder_lock import FolderLock
from app.errors import EnvironmentFault
from app.options import Options


class Client:
    """A server that is there from the second look on."""

    looks = 0
    closed = False

    @classmethod
    def connect(cls, paths: object) -> Client | None:
        cls.looks += 1
        return cls() if cls.looks > 1 else None

    def close(self) -> None:
        type(self).closed = True


def test_without_a_server_the_folder_is_opened_and_closed(tmp_path: Path) -> None:
    with reach(Options(data=tmp_path)) as reached:
        assert isinstance(reached, Offline)
        assert reached.ask("calls") == []
    with reach(Options(data=tmp_path)) as reached:
        assert reached.ask("calls") == []


def test_a_server_that_is_just_starting_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reaching, "ControlClient", Client)
    monkeypatch.setattr(reaching, "_STEP_S", 0.0)
    lock = FolderLock(tmp_path / "lock")
    lock.acquire()
    with reach(Options(data=tmp_path)) as reached:
        assert isinstance(reached, Client)
    assert Client.closed
    lock.release()


def test_a_folder_that_stays_held_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "_PATIENCE_S", 0.0)
    monkeypatch.setattr(reaching, "_STEP_S", 0.0)
    lock = FolderLock(tmp_path / "lock")
    lock.acquire()
    with pytest.raises(EnvironmentFault, match="already runs"), reach(Options(data=tmp_path)):
        raise AssertionError
    lock.release()
