"""PINs of mailboxes, and the lock against guessing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from app.db.pin_hash import hash_pin
from app.events import EventBus, Notice
from app.services.guesses import LOCKED_S, WINDOW_S
from app.services.mailbox_pins import MOST_WRONG, MailboxPins
from tests.support.office import extension
from tests.support.voice_mail_office import mailbox

BOX = mailbox("101", pin=hash_pin("4711"))


class Scene:
    def __init__(self) -> None:
        self.now = 0.0
        self.checked = 0
        self.notices: list[Notice] = []
        bus = EventBus()
        bus.subscribe(lambda event: self.notices.append(event) if isinstance(event, Notice) else None)
        self.pins = MailboxPins(self.at_once, bus, lambda: self.now)

    async def at_once(self, function: Callable[[str, str], bool], pin: str, kept: str) -> bool:
        await asyncio.sleep(0)
        self.checked += 1
        return function(pin, kept)


async def test_who_opens_a_mailbox() -> None:
    pins = Scene().pins
    assert await pins.opens(BOX, "4711")
    assert not await pins.opens(BOX, "4712")
    assert not await pins.opens(mailbox("102"), "")
    assert not await pins.opens(extension("103"), "4711")
    assert not await pins.opens(None, "4711")


@pytest.mark.logs("is locked for 15 minutes")
async def test_guessing_locks_the_mailbox_for_a_while() -> None:
    scene = Scene()
    for _ in range(MOST_WRONG):
        assert not scene.pins.is_locked("101")
        await scene.pins.opens(BOX, "0815")
    assert scene.pins.is_locked("101")
    assert [notice.code for notice in scene.notices] == ["voicemail.locked"]
    scene.now += LOCKED_S + 1
    assert not scene.pins.is_locked("101")


@pytest.mark.logs("is locked for 15 minutes")
async def test_many_calls_at_once_have_no_more_guesses_than_one() -> None:
    scene = Scene()
    pins = [f"{pin:04d}" for pin in range(20)]
    assert not any(await asyncio.gather(*(scene.pins.opens(BOX, pin) for pin in pins)))
    assert scene.checked == MOST_WRONG
    assert not await scene.pins.opens(BOX, "4711")


async def test_mistakes_are_forgotten_in_time_and_by_the_right_pin() -> None:
    scene = Scene()
    for _ in range(MOST_WRONG - 1):
        await scene.pins.opens(BOX, "0815")
    await scene.pins.opens(BOX, "4711")
    for _ in range(MOST_WRONG - 1):
        await scene.pins.opens(BOX, "0815")
    scene.now += WINDOW_S + 1
    await scene.pins.opens(BOX, "0815")
    assert not scene.pins.is_locked("101")


@pytest.mark.parametrize(("pin", "is_good"), [("4711", True), ("1234", False), ("12", False), ("", False)])
def test_which_pins_may_be_chosen(pin: str, is_good: bool) -> None:
    assert MailboxPins.is_good(pin) is is_good
