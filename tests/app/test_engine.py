from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from app.api import records, status
from app.control.client import ControlClient
from app.engine import Engine, new_event_loop
from app.errors import EnvironmentFault, UserError
from app.events import EngineStarted, EngineStopped, RecordChanged
from app.options import Options
from app.pbx import Pbx


@pytest.fixture
def options(tmp_path: Path) -> Options:
    return Options(
        data=tmp_path / "data", bind=("127.0.0.1",), sip_port=0, tls_port=0, rtp_ports=(31300, 31399)
    )


@pytest.fixture
def engine(options: Options) -> Iterator[Engine]:
    engine = Engine(options)
    yield engine
    engine.stop()


def test_it_starts_answers_and_stops(engine: Engine) -> None:
    heard: list[object] = []
    unsubscribe = engine.subscribe(heard.append)
    assert engine.addresses == ()
    addresses = engine.start()
    assert engine.is_running
    assert engine.addresses == addresses
    answer = engine.submit(status.status).result(10)
    assert [each.number for each in answer.extensions] == ["100", "101", "102"]
    engine.submit(records.set_record, "extension", "100", {"description": "Desk"}).result(10)
    engine.stop()
    assert not engine.is_running
    kinds = [type(event) for event in heard]
    assert (kinds[0], kinds[-1]) == (EngineStarted, EngineStopped)
    assert RecordChanged("extension", "100", "changed") in heard
    unsubscribe()
    engine.start()
    assert len(heard) == len(kinds)
    with pytest.raises(RuntimeError):
        engine.start()


def test_refusals_reach_who_asked(engine: Engine) -> None:
    with pytest.raises(EnvironmentFault, match="not running"):
        engine.submit(status.status).result(10)
    engine.start()
    with pytest.raises(UserError):
        engine.submit(records.get_record, "extension", "999").result(10)


def test_a_failed_start_can_be_repeated(engine: Engine, options: Options) -> None:
    other = Engine(options)
    other.start()
    with pytest.raises(EnvironmentFault) as caught:
        engine.start()
    assert caught.value.code == "folder.in_use"
    assert not engine.is_running
    other.stop()
    engine.start()


def test_questions_still_open_when_it_stops_are_cancelled(engine: Engine) -> None:
    engine.start()
    asked = threading.Event()

    async def forever(pbx: Pbx) -> None:
        asked.set()
        await asyncio.Event().wait()

    open_question = engine.submit(forever)
    assert asked.wait(10)
    engine.stop()
    assert open_question.cancelled()


def test_a_window_makes_threads_give_way_sooner(options: Options) -> None:
    before = sys.getswitchinterval()
    engine = Engine(options, has_window=True)
    try:
        engine.start()
        assert sys.getswitchinterval() == pytest.approx(0.0005)
    finally:
        engine.stop()
        sys.setswitchinterval(before)


def test_the_control_channel_answers_while_it_runs(engine: Engine, options: Options) -> None:
    engine.start()
    client = ControlClient.connect(options.paths)
    assert client is not None
    with contextlib.closing(client):
        answer = client.ask("status")
    assert answer["running"] is True
    assert [each["number"] for each in answer["extensions"]] == ["100", "101", "102"]


def test_the_loop_is_the_fast_one() -> None:
    loop = new_event_loop()
    try:
        assert type(loop).__module__.split(".")[0] in ("uvloop", "winloop")
    finally:
        loop.close()


def test_an_interrupted_start_leaves_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(Future[tuple[str, ...]]):
        def result(self, timeout: float | None = None) -> tuple[str, ...]:
            raise KeyboardInterrupt

    monkeypatch.setattr("app.engine.Future", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        engine.start()
    monkeypatch.undo()
    assert not engine.is_running
    assert engine.start()
