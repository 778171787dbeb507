"""Files for the user alone."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from app import private_files


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps access lists instead of modes")
def test_others_can_enter_neither_folder_nor_file(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    private_files.make_private_folder(folder)
    private_files.write_private_file(folder / "key", b"secret")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "key").stat().st_mode) == 0o600


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(b"a much longer old content")
    (tmp_path / "key.new").write_bytes(b"left by a process that was killed")
    private_files.write_private_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert [each.name for each in tmp_path.iterdir()] == ["key"]


def test_an_open_folder_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir(mode=0o755)
    private_files.make_private_folder(folder)
    if sys.platform != "win32":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert folder.is_dir()
