"""The log reaches stderr and its file."""

from __future__ import annotations

import logging
import os
from logging.handlers import QueueHandler
from pathlib import Path

import pytest

from app.errors import EnvironmentFault
from app.logs import FloodGate, Logs, _LogFile


@pytest.fixture(autouse=True)
def root_level() -> object:
    level = logging.getLogger().level
    yield
    logging.getLogger().setLevel(level)


def test_the_file_holds_what_was_logged(tmp_path: Path) -> None:
    logs = Logs("info", to_stderr=False)
    logs.add_file(tmp_path / "log")
    logging.getLogger("app.test").info("extension %s registered", 100)
    logging.getLogger("app.test").debug("not this")
    logs.set_level("debug")
    logging.getLogger("app.test").debug("but this")
    logs.stop()
    text = (tmp_path / "log" / "openmss.log").read_text(encoding="utf-8")
    assert "INFO    app.test: extension 100 registered" in text
    assert "but this" in text
    assert "not this" not in text


def test_the_file_holds_what_was_said_before_it_was_there(tmp_path: Path) -> None:
    logs = Logs("info", to_stderr=False)
    logging.getLogger("app.test").info("listening")
    logs.add_file(tmp_path / "one")
    logging.getLogger("app.test").info("ready")
    logs.add_file(tmp_path / "two")  # another folder: what is said from now on
    logging.getLogger("app.test").info("going on")
    logs.stop()

    def said(folder: str) -> list[str]:
        lines = (tmp_path / folder / "openmss.log").read_text(encoding="utf-8").splitlines()
        return [line.rpartition(": ")[2] for line in lines]

    assert said("one") == ["listening", "ready"]
    assert said("two") == ["going on"]


def test_stderr_has_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    logs = Logs("info")
    logging.getLogger("app.test").info("hello")
    logs.stop()
    assert "app.test: hello" in capsys.readouterr().err


def test_what_strangers_send_cannot_break_or_forge_a_line(tmp_path: Path) -> None:
    logs = Logs(to_stderr=False)
    logs.add_file(tmp_path)
    # Given to the handler itself: pytest's reports cannot hold what is not UTF-8.
    (entrance,) = (each for each in logging.getLogger().handlers if isinstance(each, QueueHandler))

    def record(text: str, *values: object, error: BaseException | None = None) -> logging.LogRecord:
        found = (type(error), error, error.__traceback__) if error is not None else None
        return logging.LogRecord("app.test", logging.INFO, "", 0, text, values, found)

    name = b"Zo\xeb\x1b[2J\r\n2026 INFO forged \xe7\x8e\x8b".decode("utf-8", "surrogateescape")
    entrance.handle(record("call of %s", name))
    try:
        raise ValueError("\udcff")
    except ValueError as error:
        entrance.handle(record("failed", error=error))
    logs.stop()
    lines = (tmp_path / "openmss.log").read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith(r"call of Zo\udceb\x1b[2J\r\n2026 INFO forged 王")
    assert lines[1].endswith("failed")
    assert lines[2].startswith("Traceback")
    assert lines[-1] == r"ValueError: \udcff"


def test_nothing_is_logged_after_the_end(tmp_path: Path) -> None:
    logs = Logs(to_stderr=False)
    logs.add_file(tmp_path)
    logs.stop()
    before = logging.getLogger().handlers
    logging.getLogger("app.test").info("too late")
    assert "too late" not in (tmp_path / "openmss.log").read_text(encoding="utf-8")
    assert all(type(handler).__name__ != "QueueHandler" for handler in before)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file is in the way")
    logs = Logs(to_stderr=False)
    with pytest.raises(EnvironmentFault, match="cannot be written") as told:
        logs.add_file(tmp_path / "log")
    logs.stop()
    assert told.value.code == "log.not_writable"


def test_a_flood_of_lines_is_cut_short(caplog: pytest.LogCaptureFixture) -> None:
    now = 0.0
    gate = FloodGate(lambda: now)

    def passes(text: str, *values: object, level: int = logging.INFO) -> bool:
        return gate.filter(logging.LogRecord("app.x", level, "x.py", 1, text, values, None))

    assert sum(passes("%s refused", number) for number in range(1000)) == 100
    assert passes("something else")
    assert all(passes("%s looked at", number, level=logging.DEBUG) for number in range(1000))
    assert not caplog.records
    now = 10.0
    assert passes("%s refused", 1001)
    assert [record.getMessage() for record in caplog.records] == ["900 lines like those before were left out"]


def test_lines_that_are_all_different_are_bounded_too() -> None:
    gate = FloodGate(lambda: 0.0)
    records = [
        logging.LogRecord("app.x", logging.INFO, "x.py", 1, f"line {n}", (), None) for n in range(5000)
    ]
    assert sum(map(gate.filter, records)) == 600


@pytest.mark.parametrize("held", ["openmss.log", "openmss.log.2"])
def test_a_file_that_cannot_be_renamed_grows_on_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: str
) -> None:
    """As on Windows, where somebody has a file open."""
    file = _LogFile(tmp_path / "openmss.log", maxBytes=100, backupCount=4, encoding="utf-8")
    replace, is_held = os.replace, False

    def rename(old: str, new: str) -> None:
        if is_held and Path(old).name == held:
            raise PermissionError(13, "in use")
        replace(old, new)

    monkeypatch.setattr("app.logs.os.replace", rename)
    for number in range(40):
        is_held = 15 <= number < 25
        file.emit(logging.LogRecord("app.test", logging.INFO, "", 0, f"the line {number}.", None, None))
    file.close()
    lines = "".join(path.read_text() for path in tmp_path.iterdir())
    oldest = min(number for number in range(40) if f" {number}." in lines)
    assert [number for number in range(oldest, 40) if f" {number}." not in lines] == []
    names = ["openmss.log", *(f"openmss.log.{age}" for age in range(1, 5))]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert (tmp_path / "openmss.log").stat().st_size <= 100
    newest = (tmp_path / "openmss.log.1").read_text() + (tmp_path / "openmss.log").read_text()
    assert [f" {number}." in newest for number in (37, 38, 39)] == [True] * 3
