"""An office with mailboxes: what is heard is waited for, what callers say is a tone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import numpy as np

from app.db.tables.voice_message import VoiceMessage
from app.services.directory import Extension, Settings
from app.services.extension_rules import Forwards, Mailbox
from app.services.mailboxes import Mailboxes
from app.sip import events
from tests.support.office import Office, extension
from tests.support.phone import Phone, PhoneCall

RATE = 16_000


def mailbox(number: str, *, forwards: Forwards | None = None, **fields: Any) -> Extension:
    """An extension with voice mail."""
    return extension(number, mailbox=Mailbox(is_on=True, **fields), forwards=forwards or Forwards())


def speech(seconds: float, hertz: float = 440) -> Any:
    """Something that is heard: a tone."""
    time = np.arange(int(seconds * RATE)) / RATE
    return (8000 * np.sin(2 * np.pi * hertz * time)).astype(np.int16)


class VoiceMailOffice(Office):
    """Extensions 100 and a mailbox 101, unless others are given."""

    def __init__(self, folder: Path, *extensions: Extension, settings: Settings | None = None) -> None:
        known = extensions or (extension("100"), mailbox("101"))
        super().__init__(*known, settings=settings or Settings(no_answer_s=5), mailboxes=folder)

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        await self.exchange.announcements.refresh()
        return self

    @property
    def boxes(self) -> Mailboxes:
        """The mailboxes."""
        assert self.mailboxes is not None
        return self.mailboxes

    async def messages(self, number: str = "101") -> list[VoiceMessage]:
        """The messages of a mailbox."""
        return await self.boxes.messages(number)

    @property
    def playing(self) -> tuple[str, ...]:
        """What the one who talks with the PBX hears now."""
        ports = self.voice.open_ports
        return ports[0].playing if ports else ()

    async def until(self, question: Callable[[], bool], what: str = "it", seconds: float = 120) -> None:
        """Wait until it holds."""
        for _ in range(int(seconds * 50)):
            if question():
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"{what} did not come; {self.playing} plays")

    async def hear(self, *names: str) -> None:
        """Wait until announcements play, one after the other."""
        for name in names:
            await self.until(lambda name=name: name in self.playing, name)  # type: ignore[misc]

    async def press(self, after: str, keys: str) -> None:
        """Wait until an announcement plays, then press keys."""
        await self.hear(after)
        self.port.press(keys)
        await asyncio.sleep(0.1)

    async def at_the_tone(self) -> None:
        """Wait until the tone is over."""
        await self.hear("beep")
        await self.until(lambda: self.port.source is None, "the end of the tone")

    async def say(self, seconds: float) -> None:
        """Speak for so long."""
        self.port.say(speech(seconds))
        await asyncio.sleep(seconds)

    async def left(self, phone: Phone, seconds: float = 4, number: str = "101") -> PhoneCall:
        """Leave a message: speak after the tone, press hash, and hang up when it is asked what to do."""
        call = phone.call(number)
        await self.at_the_tone()
        await self.say(seconds)
        self.port.press("#")
        await self.hear("vm-review")
        await self.over(call)
        return call

    async def over(self, call: PhoneCall) -> None:
        """End a call; nothing of it may be left."""
        if call.ended is None:
            call.hang_up()
        await call.until_ended()
        await self.quiet()
        self.assert_nothing_left()
        assert self.voice.ports == 0
        assert self.endpoint.counters.faults == 0


async def with_messages(
    office: VoiceMailOffice, count: int, mailbox: str = "101", *, caller: str = "100"
) -> None:
    """Let messages of 3 s lie in a mailbox, an hour apart."""
    for place in range(count):
        recording = await office.boxes.record(mailbox)
        for _ in range(150):
            recording.take(0, speech(0.02))
        await recording.finish()
        at = office.clock() - 3600 * (count - place)
        await office.boxes.keep(mailbox, recording, caller=caller, caller_name="", at=at)


async def collecting(phone: Phone, number: str = "*97") -> PhoneCall:
    """Call the own mailbox, or any."""
    call = phone.call(number)
    await call.until(events.Accepted)
    return call
