"""Folders of the build machine are taken out of a library, and it still loads."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

from installer import run_paths
from tests.support.programs import need

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about libraries of Linux")


def library(folder: Path, *run_path: str) -> Path:
    """A library that looks there."""
    need("gcc", "objdump")
    source, made = folder / "answer.c", folder / "libanswer.so"
    source.write_text("int answer(void) { return 42; }\n")
    linked = [f"-Wl,-rpath,{each}" for each in run_path]
    subprocess.run(["gcc", "-shared", "-fPIC", *linked, "-o", str(made), str(source)], check=True)
    return made


def header(path: Path) -> list[str]:
    """What objdump says of where and how it is loaded, without the run path."""
    listing = subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True, check=True).stdout
    return [line for line in listing.splitlines() if "PATH" not in line]


@pytest.mark.parametrize("folders", [("/usr/builder/lib",), ("$ORIGIN", "/usr/builder/lib")])
def test_a_foreign_folder_goes_and_the_library_loads(tmp_path: Path, folders: tuple[str, ...]) -> None:
    made = library(tmp_path, *folders)
    before = header(made)
    assert run_paths.clean(tmp_path) == [made]
    assert "PATH" not in subprocess.run(["objdump", "-p", str(made)], capture_output=True, text=True).stdout
    assert header(made) == before
    assert ctypes.CDLL(str(made)).answer() == 42
    assert run_paths.clean(tmp_path) == []


@pytest.mark.parametrize("folders", [(), ("$ORIGIN",), ("$ORIGIN/../lib", "$ORIGIN")])
def test_what_looks_beside_itself_stays_as_it_is(tmp_path: Path, folders: tuple[str, ...]) -> None:
    made = library(tmp_path, *folders)
    before = made.read_bytes()
    assert not run_paths.clean_file(made)
    assert made.read_bytes() == before


def test_what_is_no_library_is_left_alone(tmp_path: Path) -> None:
    for name, content in (("empty", b""), ("text", b"\x7fEL"), ("script", b"#!/bin/sh\n")):
        (tmp_path / name).write_bytes(content)
    assert run_paths.clean(tmp_path) == []
