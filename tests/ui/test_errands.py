"""Coroutines started by clicks."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from app.errors import UserError
from tests.ui.conftest import settle
from ui.errands import Errands


async def test_the_button_rests_meanwhile(qt: QApplication) -> None:
    errands, button, gate = Errands(lambda error: None), QPushButton(), asyncio.Event()

    async def work() -> None:
        await gate.wait()

    errands.start(work(), button)
    await settle()
    assert not button.isEnabled()
    gate.set()
    await errands.finished()
    await settle()
    assert button.isEnabled()


async def test_a_button_that_two_errands_hold_rests_until_both_have_ended(qt: QApplication) -> None:
    errands, button = Errands(lambda error: None), QPushButton()
    gates = [asyncio.Event(), asyncio.Event()]

    async def work(gate: asyncio.Event) -> None:
        await gate.wait()

    for gate in gates:
        errands.start(work(gate), button)
    gates[0].set()
    await settle()
    assert errands.is_busy(button)
    assert not button.isEnabled()
    gates[1].set()
    await errands.finished()
    await settle()
    assert not errands.is_busy(button)
    assert button.isEnabled()


async def test_a_refusal_is_reported(qt: QApplication, reported: list[Exception]) -> None:
    errands = Errands(reported.append)
    refusal = UserError("a.b", "No.")

    async def work() -> None:
        raise refusal

    errands.start(work())
    await settle()
    assert reported == [refusal]


@pytest.mark.logs("an errand of the window failed")
async def test_a_mistake_of_ours_is_reported_and_logged(qt: QApplication, reported: list[Exception]) -> None:
    errands = Errands(reported.append)

    async def work() -> None:
        raise ZeroDivisionError("oops")

    errands.start(work())
    await settle()
    assert isinstance(reported[0], ZeroDivisionError)


async def test_stopping_cancels_quietly(qt: QApplication, reported: list[Exception]) -> None:
    errands = Errands(reported.append)
    ended = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    errands.start(work())
    await settle()
    errands.stop()
    await settle()
    assert ended == [True]
    assert reported == []


def test_after_the_loop_has_ended_nothing_begins() -> None:
    begun: list[bool] = []

    async def errand() -> None:
        begun.append(True)

    Errands(lambda _: None).start(errand())
    assert begun == []
