"""The entry point."""

from __future__ import annotations

import subprocess
import sys

import pytest

from app import __main__


def test_the_entry_point_passes_arguments_and_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["openmss-cli", "dance"])
    assert __main__.main() == 2
    assert "invalid choice: 'dance'" in capsys.readouterr().err


def test_the_package_is_the_program() -> None:
    found = subprocess.run(
        [sys.executable, "-m", "app", "--help"], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0
    assert found.stdout.startswith("usage: openmss-cli")
