"""The window's log stands in the data folder, and tells as much as the settings say."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.api import records
from app.errors import EnvironmentFault
from app.logs import Logs
from app.options import Options
from ui.engine_log import LoggingEngine


@pytest.fixture
def logs() -> Iterator[Logs]:
    level = logging.getLogger().level
    logs = Logs(to_stderr=False)
    yield logs
    logs.stop()
    logging.getLogger().setLevel(level)


@pytest.fixture
def options(tmp_path: Path) -> Options:
    return Options(
        data=tmp_path / "data", bind=("127.0.0.1",), sip_port=0, tls_port=0, rtp_ports=(31300, 31399)
    )


@pytest.mark.logs("a slot failed")
def test_a_mistake_in_the_window_reaches_the_file(options: Options) -> None:
    level = logging.getLogger().level
    logs = Logs(to_stderr=False)
    engine = LoggingEngine(options, logs)
    engine.start()
    logging.getLogger("ui.test").error("a slot failed")
    engine.submit(records.set_record, "setting", "log_level", {"value": "error"}).result(10)
    engine.stop()
    engine.start()
    logging.getLogger("ui.test").info("not this")
    engine.stop()
    logs.stop()
    logging.getLogger().setLevel(level)
    text = (options.paths.logs / "openmss.log").read_text(encoding="utf-8")
    assert "ui.test: a slot failed" in text
    assert "not this" not in text


def test_the_command_line_decides_how_much_is_told(options: Options, logs: Logs) -> None:
    logs.set_level("debug")
    engine = LoggingEngine(dataclasses.replace(options, log_level="debug"), logs)
    engine.start()
    engine.stop()
    assert logging.getLogger().level == logging.DEBUG


def test_a_log_that_cannot_be_written_is_told_and_nothing_runs(options: Options, logs: Logs) -> None:
    options.data.mkdir()
    options.paths.logs.write_text("a file is in the way")
    engine = LoggingEngine(options, logs)
    with pytest.raises(EnvironmentFault) as told:
        engine.start()
    assert told.value.code == "log.not_writable"
    assert not engine.is_running
