"""What the service answers to the system's orders."""

from __future__ import annotations

from pathlib import Path

from installer.windows.service import ReadyText, Service, error_file


def test_stop_and_shut_down_end_the_server_once() -> None:
    ends: list[str] = []
    service = Service(lambda: ends.append("end"))
    assert service.handle(1) == 0  # SERVICE_CONTROL_STOP
    assert service.handle(5) == 0  # SERVICE_CONTROL_SHUTDOWN
    assert ends == ["end"]


def test_a_question_is_answered_and_what_is_not_known_is_refused() -> None:
    service = Service(lambda: None)
    assert service.handle(4) == 0  # SERVICE_CONTROL_INTERROGATE
    assert service.handle(128) == 120  # ERROR_CALL_NOT_IMPLEMENTED


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
