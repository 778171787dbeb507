"""Where libopus is looked for, and what is told."""

from __future__ import annotations

import logging
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from app.media import opus_library


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without libopus; the program's folder."""
    monkeypatch.setattr(opus_library, "NAME", "libopus-that-is-not-there.so.0")
    monkeypatch.setattr(opus_library, "program_folder", lambda: tmp_path)
    monkeypatch.setattr(opus_library, "find_spec", lambda _name: None)
    return tmp_path


def test_the_library_of_the_system_is_found_and_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger=opus_library.__name__):
        assert opus_library.load.__wrapped__() is not None
    assert [record.message[:15] for record in caplog.records] == ["Opus by libopus"]


def test_without_it_one_line_says_what_to_install(nowhere: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger=opus_library.__name__):
        assert opus_library.load.__wrapped__() is None
    assert [record.getMessage() for record in caplog.records] == [
        "Opus is not offered: libopus-that-is-not-there.so.0 is not installed (on Debian: libopus0)"
    ]


def test_what_is_no_libopus_is_passed_over(nowhere: Path, caplog: pytest.LogCaptureFixture) -> None:
    (nowhere / opus_library.NAME).write_bytes(b"not a library")
    assert opus_library.load.__wrapped__() is None


def test_beside_the_program_comes_first_and_the_wheel_last(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = nowhere / opus_library.NAME
    beside.touch()
    (nowhere / "site" / "av.libs").mkdir(parents=True)
    carried = nowhere / "site" / "av.libs" / "libopus-0-1234.dll"
    carried.touch()
    wheel = ModuleSpec("av", None, origin=str(nowhere / "site" / "av" / "__init__.py"))
    monkeypatch.setattr(opus_library, "find_spec", lambda _name: wheel)
    monkeypatch.setattr(sys, "platform", "win32")
    assert list(opus_library._places()) == [str(beside), opus_library.NAME, str(carried)]
    beside.unlink()
    monkeypatch.setattr(sys, "platform", "linux")
    assert list(opus_library._places()) == [opus_library.NAME]
