"""The command `openmss`."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import pytest

from app.paths import default_data_folder
from ui import __main__ as program


def test_options() -> None:
    options = program.parse(
        ["--data", "x", "--bind", "127.0.0.1,[::1]", "--sip-port", "0", "--rtp-ports", "20000-20099"]
    )
    assert options.data == Path("x").absolute()
    assert options.bind == ("127.0.0.1", "::1")
    assert (options.sip_port, options.tls_port, options.rtp_ports) == (0, None, (20000, 20099))
    assert program.parse([]).data == default_data_folder()


def test_a_range_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        program.parse(["--rtp-ports", "many"])
    assert "not a range" in capsys.readouterr().err


def test_without_a_display_it_names_the_other_program(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program.sys, "platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert program.main([]) == program.NO_DISPLAY
    assert "openmss-cli serve" in capsys.readouterr().err


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program.sys, "platform", "linux")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.setattr(program, "find_library", lambda name: None)
    assert "libxcb-cursor0" in program.display_problem()
    monkeypatch.setattr(program, "find_library", lambda name: name)
    assert program.display_problem() == ""


def test_a_frozen_program_has_no_use_for_wayland_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program.sys, "platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setattr(program, "find_library", lambda name: None)
    assert program.display_problem() == ""
    monkeypatch.setattr(program.sys, "_MEIPASS", "/opt/openmss/_internal", raising=False)
    assert "no display" in program.display_problem()
    monkeypatch.setenv("DISPLAY", ":9")
    assert "libxcb-cursor0" in program.display_problem()


def test_a_server_without_the_windows_parts_says_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "find_spec", lambda name: None)
    assert program.main([]) == program.NO_DISPLAY
    assert "pip install 'openmss[window]'" in capsys.readouterr().err


def test_a_library_that_qt_does_not_find_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.library_problem() == ""

    def missing(name: str, *rest: Any) -> Any:
        if name == "PySide6":
            raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
        return real(name, *rest)

    real = builtins.__import__
    monkeypatch.setattr(program, "display_problem", lambda: "")
    monkeypatch.setattr(builtins, "__import__", missing)
    assert program.main([]) == program.NO_DISPLAY
    said = capsys.readouterr().err
    assert "libEGL.so.1" in said
    assert "openmss-cli serve" in said


def test_with_a_display_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[object] = []
    monkeypatch.setattr(program, "display_problem", lambda: "")
    monkeypatch.setattr(program, "_run", lambda options: ran.append(options) or 0)
    assert program.main(["--sip-port", "7"]) == 0
    assert ran[0].sip_port == 7  # type: ignore[attr-defined]
