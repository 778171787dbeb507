"""Exit codes, and one sentence for what goes wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from app.command_line import arguments, run
from app.errors import EnvironmentFault, UserError


def with_command(monkeypatch: pytest.MonkeyPatch, command: Callable[[object], int]) -> None:
    monkeypatch.setattr(arguments, "_later", lambda module, name: command)


def raising(error: BaseException) -> Callable[[object], int]:
    def command(_: object) -> int:
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (UserError("x", "That is refused."), 1, "openmss-cli: That is refused.\n"),
        (EnvironmentFault("x", "The disk is full."), 1, "openmss-cli: The disk is full.\n"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_a_code(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    words: str,
) -> None:
    with_command(monkeypatch, raising(error))
    assert run.run(["calls"]) == code
    assert capsys.readouterr() == ("", words)


def test_the_commands_code_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    with_command(monkeypatch, lambda parsed: 0)
    assert run.run(["calls"]) == 0
    with_command(monkeypatch, lambda parsed: 1)
    assert run.run(["calls"]) == 1


def test_wrong_usage_is_2_and_help_is_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.run(["dance"]) == 2
    assert run.run(["--help"]) == 0
    assert "usage" in capsys.readouterr().out


def test_a_mistake_of_ours_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    with_command(monkeypatch, raising(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        run.run(["calls"])


def test_a_reader_that_has_seen_enough_is_no_error(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    replaced: list[int] = []
    monkeypatch.setattr(run.os, "dup2", lambda new, old: replaced.append(old))
    with_command(monkeypatch, raising(BrokenPipeError()))
    assert run.run(["calls"]) == 0
    assert replaced == [sys.stdout.fileno()]
    assert capfd.readouterr().err == ""
