"""A step follows a row of the table, or nothing happens."""

from __future__ import annotations

import logging
from enum import StrEnum

import pytest

from app.sip.machine import Machine, Table


class Door(StrEnum):
    OPEN = "OPEN"
    SHUT = "SHUT"
    LOCKED = "LOCKED"


class Do(StrEnum):
    PUSH = "PUSH"
    LOCK = "LOCK"


class Gate(Machine):
    __slots__ = ("heard",)

    def __init__(self) -> None:
        self.state = Door.OPEN
        self.heard: list[object] = []

    def __str__(self) -> str:
        return "gate"

    def hear(self, now: float, subject: object) -> None:
        self.heard.append((self.state, now, subject))

    def lock(self, now: float, subject: object) -> None:
        self.step(Do.LOCK, now, "inner")


GATE: Table[Door, Do] = {
    (Door.OPEN, Do.PUSH): (Door.SHUT, (Gate.hear, Gate.lock)),
    (Door.SHUT, Do.LOCK): (Door.LOCKED, (Gate.hear,)),
}
Gate.TABLE = GATE


def test_a_row_moves_the_state_before_its_actions_run_in_order() -> None:
    gate = Gate()
    assert gate.step(Do.PUSH, 3.0, "outer")
    assert gate.heard == [(Door.SHUT, 3.0, "outer"), (Door.LOCKED, 3.0, "inner")]
    assert gate.state is Door.LOCKED


def test_an_input_without_a_row_changes_nothing() -> None:
    gate = Gate()
    assert not gate.step(Do.LOCK, 0.0)
    assert gate.state is Door.OPEN
    assert gate.heard == []


def test_each_step_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="app.sip.machine"):
        Gate().step(Do.PUSH, 0.0)
    assert "gate: OPEN -> SHUT (PUSH)" in caplog.messages
