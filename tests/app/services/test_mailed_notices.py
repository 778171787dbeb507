"""Faults reach a confirmed administrator by mail, gathered, once, and never in a circle."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from app.events import EventBus, Notice, Severity
from app.services.letters import Letter
from app.services.mail_addresses import AddressState
from app.services.mailed_notices import GATHER_S, QUIET_S, MailedNotices
from tests.support.virtual_time import run


class Office:
    """The pieces around the notices, in virtual time."""

    def __init__(self, *, is_confirmed: bool = True) -> None:
        loop = asyncio.get_running_loop()
        self.is_confirmed = is_confirmed
        self.letters: list[Letter] = []
        self.bus = EventBus()
        self.tasks: list[asyncio.Task[None]] = []
        self.notices = MailedNotices(
            self,  # type: ignore[arg-type]
            self,  # type: ignore[arg-type]
            self.bus,
            spawn=self._spawn,
            clock=loop.time,
        )

    def _spawn(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self.tasks.append(asyncio.get_running_loop().create_task(work, name=name))

    async def post(self, letter: Letter) -> int:
        self.letters.append(letter)
        return 1

    async def state(self) -> AddressState:
        return AddressState("owner@example.net", self.is_confirmed, False)

    def tell(self, code: str, severity: Severity = Severity.ERROR) -> None:
        self.bus.publish(Notice(severity=severity, code=code, text=f"The text of {code}."))


def test_what_comes_together_is_one_letter() -> None:
    async def live() -> None:
        office = Office()
        office.tell("disk.full")
        office.tell("line.failed", Severity.WARNING)
        office.tell("disk.full")
        office.tell("all.well", Severity.INFO)
        await asyncio.sleep(GATHER_S + 1)
        (letter,) = office.letters
        assert (letter.recipient, letter.subject) == ("owner@example.net", "OpenMSS: 2 notices")
        assert letter.text.count("The text of disk.full.") == 1
        assert "warning  The text of line.failed." in letter.text
        office.notices.stop()

    run(live())


def test_the_same_is_told_again_only_much_later() -> None:
    async def live() -> None:
        office = Office()
        for wait in (GATHER_S + 1, GATHER_S + 1, QUIET_S, GATHER_S + 1):
            office.tell("disk.full")
            await asyncio.sleep(wait)
        assert [letter.subject for letter in office.letters] == ["OpenMSS: The text of disk.full."] * 2
        office.notices.stop()

    run(live())


@pytest.mark.parametrize(("is_confirmed", "code"), [(False, "disk.full"), (True, "mail.login")])
def test_no_letter(is_confirmed: bool, code: str) -> None:
    async def live() -> None:
        office = Office(is_confirmed=is_confirmed)
        office.tell(code)
        await asyncio.sleep(2 * GATHER_S)
        assert office.letters == []
        office.notices.stop()
        office.tell("disk.full")
        await asyncio.sleep(2 * GATHER_S)
        assert office.letters == []

    run(live())


def test_a_flood_of_notices_is_one_letter_of_some_length() -> None:
    async def live() -> None:
        office = Office()
        for number in range(5000):
            office.tell(f"ban.{number}")
        await asyncio.sleep(GATHER_S + 1)
        (letter,) = office.letters
        assert len(letter.text) < 10_000
        assert letter.text.endswith("4900 more: see the log.\n")
        office.notices.stop()

    run(live())
