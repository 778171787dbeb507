"""Commands on a folder that no server runs on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.control.offline import Offline
from app.errors import EnvironmentFault, UserError
from app.options import Options
from app.sip.flow import Address, Direction, Flow, Transport
from app.trace.capture import Capture


@pytest.fixture
def offline(tmp_path: Path) -> Iterator[Offline]:
    found = Offline(Options(data=tmp_path))
    found.open(patience_s=0)
    yield found
    found.close()


def test_records_are_worked_on_without_a_server(offline: Offline) -> None:
    saved = offline.ask("records.add", kind="extension", key="200", values={"password": "tR7-oak-93"})
    assert saved == {"key": "200", "cautions": [], "needs_restart": False}
    assert offline.ask("records.get", kind="extension", key="200")["enabled"] is True
    with pytest.raises(UserError, match="exists already"):
        offline.ask("records.add", kind="extension", key="200", values={"password": "tR7-oak-93"})


def test_the_status_says_that_nothing_runs(offline: Offline) -> None:
    status = offline.ask("status")
    assert status["running"] is False
    assert [(each["number"], each["state"]) for each in status["extensions"]] == [
        ("100", "off"),
        ("101", "off"),
        ("102", "off"),
    ]
    assert offline.ask("calls") == []


def test_what_needs_a_server_says_so(offline: Offline) -> None:
    with pytest.raises(UserError, match="No server runs"):
        offline.ask("calls.hang_up", call_id=1)
    with pytest.raises(UserError, match="Start one with: openmss-cli serve"):
        next(offline.stream("trace.follow"))


def test_the_trace_a_server_left_can_be_read(offline: Offline, tmp_path: Path) -> None:
    assert offline.ask("trace") == []
    flow = Flow(Transport.UDP, Address("192.0.2.1", 5060), Address("192.0.2.2", 5060))
    capture = Capture(tmp_path / "trace")
    capture.start()
    message = b"OPTIONS sip:a@b SIP/2.0\r\nCall-ID: x\r\nCSeq: 1 OPTIONS\r\n\r\n"
    capture.record(1000.0, Direction.IN, flow, message)
    capture.stop()
    (found,) = offline.ask("trace", call_id="x")
    assert found["row"]["direction"] == "in"
    assert found["text"].startswith("OPTIONS")


def test_a_folder_in_use_is_refused(offline: Offline, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="already runs"):
        Offline(Options(data=tmp_path)).open(patience_s=0)
    assert offline.ask("calls") == []
