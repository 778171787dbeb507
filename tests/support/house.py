"""A real engine on loopback in the test's own process, what it announced, and phones that belong to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from app import events
from app.api import records, status
from app.engine import Engine
from app.options import Options
from app.pbx import Pbx
from app.sip.flow import Address, Transport
from tests.support.desk import Serve, serve
from tests.support.phone import Phone

T = TypeVar("T")


async def is_idle(pbx: Pbx) -> bool:
    """Whether nothing of any call is left in the engine."""
    return pbx.is_idle


class House:
    """A running engine, what it announced, and its phones."""

    def __init__(self, engine: Engine, host: str, phones: AsyncExitStack) -> None:
        self.engine = engine
        self.host = host
        self.heard: list[Any] = []
        self._news = asyncio.Event()
        self._phones = phones
        self._passwords: dict[str, str] = {}
        loop = asyncio.get_running_loop()
        engine.subscribe(lambda event: loop.call_soon_threadsafe(self._hear, event))

    def _hear(self, event: Any) -> None:
        self.heard.append(event)
        self._news.set()

    async def ask(self, question: Callable[..., Awaitable[T]], *args: Any) -> T:
        """Put a question to the engine."""
        return await asyncio.wrap_future(self.engine.submit(question, *args))

    def server(self, transport: Transport) -> Address:
        """Where the engine listens."""
        for text in self.engine.addresses:
            name, _, address = text.partition("=")
            if name.upper() == transport.value:
                host, _, port = address.rpartition(":")
                return Address(host.strip("[]"), int(port))
        raise AssertionError(f"no {transport} in {self.engine.addresses}")

    async def phone(
        self, number: str, *, transport: Transport = Transport.UDP, registered: bool = True, **options: Any
    ) -> Phone:
        """Start a phone, and register it."""
        if not self._passwords:
            self._passwords = {each.number: each.password for each in await self.ask(status.first_passwords)}
        password = options.pop("password", None) or self._passwords[number]
        host = options.pop("host", self.host)
        phone = Phone(number, password, self.server(transport), transport=transport, host=host, **options)
        await self._phones.enter_async_context(phone)
        if registered:
            response = await phone.register()
            assert response.status == 200, response
        return phone

    async def serve(self, number: str, feature: Serve) -> None:
        """Let a feature made for a test take the calls to a number; until a record is changed."""

        async def begin(pbx: Pbx) -> None:
            serve(pbx.exchange, pbx.configuration.holder, number, feature)

        await self.ask(begin)

    async def set(self, kind: str, key: str, **values: Any) -> None:
        """Change a record of the configuration."""
        await self.ask(records.set_record, kind, key, values)

    async def add(self, kind: str, key: str, **values: Any) -> None:
        """Add a record to the configuration."""
        await self.ask(records.add_record, kind, key, values)

    async def delete(self, kind: str, key: str) -> None:
        """Delete a record: a line takes leave while its carrier is still there to hear it."""
        await self.ask(records.delete_record, kind, key)

    async def media(self, mode: str) -> None:
        """Set how sound travels."""
        await self.set("setting", "local_media", value=mode)

    async def hear(self, kind: type[T], question: Callable[[T], bool] = lambda _: True) -> T:
        """Wait for an event of the engine."""
        async with asyncio.timeout(15):
            while True:
                for event in self.heard:
                    if isinstance(event, kind) and question(event):
                        return event
                self._news.clear()
                await self._news.wait()

    async def line(
        self, name: str, *states: events.LineState, question: Callable[[events.LineView], bool] | None = None
    ) -> events.LineView:
        """Wait until a line is in one of the states (or the question holds); how it stands then."""

        def wanted(event: events.LineChanged) -> bool:
            view = event.line
            is_asked = question is None or question(view)
            return view.name == name and (not states or view.state in states) and is_asked

        return (await self.hear(events.LineChanged, wanted)).line

    async def registered(self, name: str) -> events.LineView:
        """Wait until a line is registered."""
        return await self.line(name, events.LineState.REGISTERED)

    async def ended_call(self) -> events.CallView:
        """Wait until a call has ended."""
        changed = await self.hear(
            events.CallChanged, lambda event: event.call.state is events.CallState.ENDED
        )
        return changed.call


def write_variables(folder: Path, text: str) -> None:
    """Lay a mss_var_param.ini into a data folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mss_var_param.ini").write_text(text, encoding="utf-8")


@asynccontextmanager
async def open_house(
    folder: Path, host: str = "127.0.0.1", variables: str = "", announcements: Path | None = None
) -> AsyncIterator[House]:
    """Run an engine on free ports of loopback; at the end nothing of any call may be left.

    `variables` is the text of its mss_var_param.ini, `announcements` another mss_ann.
    """
    if variables:
        write_variables(folder, variables)
    options = Options(data=folder, bind=(host,), sip_port=0, tls_port=0, rtp_ports=(31000, 31199))
    options = replace(options, announcements=announcements)
    engine = Engine(options)
    async with AsyncExitStack() as phones:
        house = House(engine, host, phones)
        await asyncio.to_thread(engine.start)
        try:
            yield house
            async with asyncio.timeout(15):
                while not await house.ask(is_idle):  # noqa: ASYNC110  the engine lives in another thread
                    await asyncio.sleep(0.02)
        finally:
            await asyncio.to_thread(engine.stop)
