"""One process a folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.db.folder_lock import FolderLock
from app.errors import EnvironmentFault


def test_one_holder_at_a_time(tmp_path: Path) -> None:
    first, second = FolderLock(tmp_path / "lock"), FolderLock(tmp_path / "lock")
    first.acquire()
    with pytest.raises(EnvironmentFault, match=rf"already runs on .* \(process {os.getpid()}\)") as told:
        second.acquire()
    assert told.value.code == "folder.in_use"
    first.release()
    second.acquire(patience_s=0.01)
    second.release()
    second.release()


def test_a_killed_holder_leaves_no_lock(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from app.db.folder_lock import FolderLock\n"
        f"lock = FolderLock(Path({str(tmp_path / 'lock')!r})); lock.acquire()\n"
        "print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        lock = FolderLock(tmp_path / "lock")
        with pytest.raises(EnvironmentFault, match=str(holder.pid)):
            lock.acquire()
        holder.kill()
    lock.acquire()
    lock.release()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="cannot be written") as told:
        FolderLock(tmp_path / "missing" / "lock").acquire()
    assert told.value.code == "folder.not_writable"
