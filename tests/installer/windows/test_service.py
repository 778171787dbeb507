"""What the service answers to the system's orders."""

from __future__ import annotations

import signal
import sys
import types
from pathlib import Path

import pytest

from installer.windows import service
from installer.windows.service import ReadyText, Service, error_file


def test_stop_and_shut_down_end_the_server_once() -> None:
    ends: list[str] = []
    control = Service(lambda: ends.append("end"))
    assert control.handle(1) == 0  # SERVICE_CONTROL_STOP
    assert control.handle(5) == 0  # SERVICE_CONTROL_SHUTDOWN
    assert ends == ["end"]


def test_a_question_is_answered_and_what_is_not_known_is_refused() -> None:
    control = Service(lambda: None)
    assert control.handle(4) == 0  # SERVICE_CONTROL_INTERROGATE
    assert control.handle(128) == 120  # ERROR_CALL_NOT_IMPLEMENTED


def test_the_line_that_says_ready_is_heard() -> None:
    heard: list[bool] = []
    text = ReadyText(lambda: heard.append(True))
    text.reconfigure(errors="backslashreplace")  # as the command line does with its own
    text.write("Extensions with generated passwords")
    assert heard == []
    text.write("ready udp=127.0.0.1:5060")
    text.flush()
    assert heard == [True]


def test_why_it_did_not_start_is_written_into_the_data_folder(tmp_path: Path) -> None:
    with error_file(["--data", str(tmp_path / "data"), "--bind", "127.0.0.1"]) as file:
        file.write("no port")
    assert (tmp_path / "data" / "service.txt").read_text() == "no port"
    with error_file([]) as nowhere:
        nowhere.write("no port")


def test_what_the_start_said_is_gone_once_it_runs(tmp_path: Path) -> None:
    path = tmp_path / "service.txt"
    with error_file(["--data", str(tmp_path)]) as file:
        file.write("2001 Tr0mbone\n")
        file.forget()
        file.write("a line of the log\n")
        assert path.read_bytes() == b""
        file.listen()
        file.write("Traceback\n")
    assert path.read_text() == "Traceback\n"


def test_the_system_hears_of_us_before_the_program_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    """It waits 30 s for a service's first word, and a cold start of everything may take longer."""
    heard: list[str] = []

    class Control:
        def __init__(self, end: object) -> None:
            self.tell_running = lambda: heard.append("running")
            self.connect = lambda: heard.append("connected")
            self.tell_stopped = lambda code: heard.append(f"stopped {code}")

    def run(arguments: list[str]) -> int:
        heard.append(" ".join(arguments))
        sys.stdout.write("ready udp=127.0.0.1:5060\n")
        return 0

    class Program(types.ModuleType):
        def __getattr__(self, name: str) -> object:
            if name != "run":
                raise AttributeError(name)
            heard.append("imported")
            return run

    monkeypatch.setitem(sys.modules, "app.command_line.run", Program("run"))
    monkeypatch.setattr(service, "Service", Control)
    monkeypatch.setattr(signal, "SIGBREAK", signal.SIGTERM, raising=False)
    for stream in ("stdout", "stderr"):  # a program without a console has none
        monkeypatch.setattr(sys, stream, None)
    assert service.main(["--bind", "127.0.0.1"]) == 0
    assert heard == ["connected", "imported", "serve --bind 127.0.0.1", "running", "stopped 0"]
