"""Programs are followed and ended."""

from __future__ import annotations

import itertools
import socket
import sys
from pathlib import Path

import pytest

from tests.support.programs import Program, _Ports, eventually, free_ports, is_free, need


def python(program: str, log: Path) -> Program:
    return Program([sys.executable, "-u", "-c", program], log)


def test_a_line_is_waited_for_and_the_end_too(tmp_path: Path) -> None:
    with python(
        "import sys; print('ready port=7'); print('bye', file=sys.stderr); sys.exit(3)", tmp_path / "log"
    ) as it:
        assert it.wait_for(r"port=(\d+)")[1] == "7"
        assert it.wait() == 3
        assert it.output.splitlines() == ["ready port=7", "bye"]
    assert (tmp_path / "log").read_text() == "ready port=7\nbye\n"


def test_a_line_that_never_comes_is_told_with_what_came(tmp_path: Path) -> None:
    with (
        python("print('something else')", tmp_path / "log") as it,
        pytest.raises(AssertionError, match="something else"),
    ):
        it.wait_for("never")


def test_what_runs_is_ended(tmp_path: Path) -> None:
    it = python("print('up'); import threading; threading.Event().wait()", tmp_path / "log")
    it.wait_for("up")
    assert it.resident_bytes() > 1_000_000
    assert it.cpu_seconds() >= 0
    it.end()
    assert it.process.returncode != 0


def test_ports_that_are_taken_are_not_given() -> None:
    first = free_ports(4)
    assert first % 2 == 0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", first))
        assert not is_free("127.0.0.1", first)
    assert is_free("127.0.0.1", first)


def test_ports_are_never_given_twice_and_the_workers_have_their_own() -> None:
    assert len({free_ports(2) for _ in range(50)}) == 50
    shares = [_Ports(worker, 3) for worker in range(3)]
    assert all(one.high <= other.low for one, other in itertools.pairwise(shares))
    for share in shares:
        for _ in range(200):
            assert share.low <= share.take(200) <= share.high - 200


def test_a_missing_program_fails_only_under_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no-such-program"):
        need("no-such-program")
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="no-such-program"):
        need("no-such-program")


def test_what_never_holds_is_told() -> None:
    answers = iter([0, 0, 5])
    assert eventually(lambda: next(answers), "five") == 5
    with pytest.raises(AssertionError, match="not in 0 s: the moon"):
        eventually(lambda: None, "the moon", timeout=0)
