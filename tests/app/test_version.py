"""The version, from its one place."""

from __future__ import annotations

import argparse
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from app import version
from app.paths import program_folder

ROOT = Path(__file__).parents[2]
_PROGRAMS = (".desktop", ".nsh", ".nsi", ".ps1", ".py", ".service", ".spec")


def test_the_version_is_that_of_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    project = tomllib.loads((program_folder() / "pyproject.toml").read_text(encoding="utf-8"))
    assert version.program_version() == project["project"]["version"]

    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)  # a checkout that is not installed
    assert version.program_version() == project["project"]["version"]


def test_a_program_without_stdout_ends_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--version", action=version.ShowVersion)
    monkeypatch.setattr("sys.stdout", None)
    with pytest.raises(SystemExit) as end:
        parser.parse_args(["--version"])
    assert end.value.code == 0


def test_no_program_or_script_says_by_itself_which_version_this_is() -> None:
    own = re.compile(rf"\b{re.escape(version.program_version())}\b")
    folders = ("app", "ui", "installer", "mss_ann")
    sources = [path for name in folders for path in (ROOT / name).rglob("*") if path.suffix in _PROGRAMS]
    assert len(sources) > 100
    assert [
        path for path in (*sources, ROOT / "dev.py") if own.search(path.read_text(encoding="utf-8"))
    ] == []
