"""A build that cannot end well does not begin."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from installer import conditions
from installer.faults import BuildError


def test_a_missing_program_is_named_with_its_package() -> None:
    conditions.require_tools({"git": "git"})
    with pytest.raises(BuildError, match=r"no-such-a, no-such-b\. .* binutils nsis$"):
        conditions.require_tools(
            {"git": "git", "no-such-a": "binutils", "no-such-b": "nsis"},
        )


def test_too_little_room_is_told_before(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    conditions.require_room(tmp_path / "not" / "yet", free // 2)
    with pytest.raises(BuildError, match="MiB free; a build takes up to"):
        conditions.require_room(tmp_path / "not" / "yet", free * 2)


def test_what_is_needed_depends_on_what_is_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[str] = []
    monkeypatch.setattr("shutil.which", lambda name: asked.append(name))
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(BuildError, match=r"binutils$"):
        conditions.require(tmp_path, tmp_path)
    with pytest.raises(BuildError, match="nsis osslsigncode"):
        conditions.require(tmp_path, tmp_path, under_wine=True)
    monkeypatch.setattr("sys.platform", "win32")
    with pytest.raises(BuildError, match="makensis"):
        conditions.require(tmp_path, tmp_path)
    with pytest.raises(BuildError, match="for Linux"):
        conditions.require(tmp_path, tmp_path, under_wine=True)
    assert {"strip", "objdump", "makensis", "osslsigncode"} <= set(asked)


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_what_is_not_committed_is_named(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.com")
        subprocess.run(["git", "-C", str(tmp_path), *identity, *words], check=True, capture_output=True)

    assert conditions.uncommitted(tmp_path / "nowhere") == []
    git("init")
    (tmp_path / "a b.txt").write_text("1")
    (tmp_path / "moved.txt").write_text("moved")
    git("add", ".")
    git("commit", "-m", "first")
    assert conditions.uncommitted(tmp_path) == []
    assert conditions.warning_of([]) == ""
    (tmp_path / "a b.txt").write_text("2")
    git("mv", "moved.txt", "elsewhere.txt")
    (tmp_path / "新.txt").write_text("new")
    names = conditions.uncommitted(tmp_path)
    assert sorted(names) == ["a b.txt", "elsewhere.txt", "新.txt"]
    assert conditions.warning_of(names).endswith(", ".join(names))
    assert conditions.warning_of(["x"] * 7).endswith("x, x, x, x, x and 2 more")
