"""A whole exchange with its phones on a simulated wire, in virtual time: no sockets, no disk."""

from __future__ import annotations

import asyncio
import functools
import gc
from collections.abc import Callable, Coroutine, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Self

from app.calls.voice import NO_SOUNDS, CallSounds
from app.db.tables.binding import BindingsOf
from app.db.tables.call_record import CallRecordRow
from app.events import EventBus
from app.exchange import Exchange
from app.net.relay import LegCounters
from app.net.resolver import Resolver
from app.net.rtp_ports import PortsExhausted
from app.net.sip_endpoint import Listen, SipEndpoint
from app.services.directory import Directory, DirectoryHolder, Extension, Ha1, Settings
from app.sip.digest import make_ha1
from app.sip.flow import Address, Transport
from app.sip.settings import StackSettings
from app.sip.stack import SipStack
from app.variables import Variables
from tests.support import virtual_time
from tests.support.announcements import office_announcements
from tests.support.desk import Serve, serve
from tests.support.fake_voice import FakePort, FakeVoice
from tests.support.office_mailboxes import changed, office_mailboxes
from tests.support.paper_tapes import PaperTapes
from tests.support.phone import Phone, PhoneCall, Recorder
from tests.support.wire import CLEAR, LoopScheduler, Weather, Wire, WireSockets

SERVER = Address("10.0.0.1", 5060)
REALM = "openmss"
START = 1_800_000_000.0  # Unix seconds when the loop's time is 0


def extension(number: str, **fields: Any) -> Extension:
    """An extension whose password is `secret-` and its number."""
    password = f"secret-{number}"
    ha1 = Ha1(*(make_ha1(number, REALM, password, name) for name in ("MD5", "SHA-256", "SHA-512-256")))
    return Extension(number=number, ha1=ha1, **fields)


class PaperRelay:
    """A media relay that only keeps books: what is open, and where each leg listens."""

    def __init__(self, capacity: int = 1000) -> None:
        self.capacity = capacity
        self.open_calls: dict[str, list[Any]] = {}
        self.opened = 0
        self.hosts: dict[str, tuple[str, str]] = {}  # our addresses that each call was to bind

    async def open(self, call: str, hosts: tuple[str, str]) -> tuple[Address, Address]:
        await asyncio.sleep(0)
        if len(self.open_calls) >= self.capacity:
            raise PortsExhausted(1, 2)
        assert call not in self.open_calls
        self.opened += 1
        self.open_calls[call] = [None, None]
        self.hosts[call] = hosts
        return Address(hosts[0], 30000 + 4 * self.opened), Address(hosts[1], 30002 + 4 * self.opened)

    def connect(self, call: str, leg: int, target: Any) -> None:
        if call in self.open_calls:
            self.open_calls[call][leg] = target

    async def counters(self, call: str) -> tuple[LegCounters, LegCounters]:
        return LegCounters(), LegCounters(packets_in=3 if call in self.open_calls else 0)

    async def close(self, call: str) -> tuple[LegCounters, LegCounters]:
        await asyncio.sleep(0)
        self.open_calls.pop(call, None)
        return LegCounters(), LegCounters(packets_in=5)


class Shelf(list[Any]):
    """A write-behind queue that keeps everything."""

    def add(self, row: Any) -> None:
        self.append(row)


class Office:
    """The exchange at 10.0.0.1, phones from 10.0.1.1 on. Use it inside `virtual_time.run`."""

    def __init__(
        self,
        *extensions: Extension,
        weather: Weather = CLEAR,
        settings: Settings | None = None,
        relay: PaperRelay | None = None,
        voice: FakeVoice | None = None,
        sounds: CallSounds = NO_SOUNDS,
        variables: Variables | None = None,
        mailboxes: Path | None = None,  # the folder of voice mail; without one there is none
    ) -> None:
        self.loop = asyncio.get_running_loop()
        self.wire = Wire(LoopScheduler(self.loop), weather)
        known = extensions or tuple(extension(number) for number in ("100", "101", "102"))
        self.holder = DirectoryHolder(
            Directory()
            .with_extensions({each.number: each for each in known})
            .with_settings(settings or Settings(no_answer_s=20))
        )
        self.events = EventBus()
        self.announced: list[Any] = []
        self.events.subscribe(self.announced.append)
        self.bindings: Shelf = Shelf()
        self.records: Shelf = Shelf()
        self.history: Shelf = Shelf()
        self.relay = relay or PaperRelay()
        self.voice = voice or FakeVoice()
        self.mailboxes = office_mailboxes(mailboxes, self.events) if mailboxes is not None else None
        self.tapes = PaperTapes()
        self.recorder = Recorder()
        self.endpoint = SipEndpoint(
            SipStack(StackSettings(seed=weather.seed)),
            Resolver(),
            self.recorder,
            lambda event: self.exchange.on_event(event),
            sockets=WireSockets(self.wire, SERVER.host),
            admits=lambda host: self.exchange.defence.admits(host),
        )
        self.exchange = Exchange(
            self.endpoint,
            holder=self.holder,
            relay=self.relay,
            voice=self.voice,
            announcements=office_announcements(self.holder, self.events),
            sounds=sounds,
            bindings_queue=self.bindings,
            records_queue=self.records,
            history_queue=self.history,
            recordings_to=self.tapes.outlet,
            events=self.events,
            variables=variables,
            mailboxes=self.mailboxes,
            change_extension=self.change_extension,
            clock=self.clock,
        )
        self._closing = AsyncExitStack()
        self._hosts = 0

    def clock(self) -> float:
        return START + self.loop.time()

    async def change_extension(self, number: str, values: Mapping[str, object]) -> None:
        """Save fields of an extension's record."""
        self.save(changed(self.holder.current.extensions[number], values))

    def save(self, *extensions: Extension) -> None:
        """Save extensions, new or changed."""
        before = self.holder.current
        self.holder.current = before.with_extensions({each.number: each for each in extensions})
        self.exchange.directory_changed(before, self.holder.current)

    async def __aenter__(self) -> Self:
        await self.endpoint.start([Listen(transport=Transport.UDP, host=SERVER.host, port=SERVER.port)])
        self.exchange.start()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.exchange.stop()
        await self._closing.aclose()
        await self.endpoint.stop()
        gc.collect()

    async def phone(
        self,
        number: str,
        *,
        registered: bool = True,
        password: str | None = None,
        host: str = "",
        port: int = 5060,
        **options: Any,
    ) -> Phone:
        """Put a phone on the wire, and register it."""
        self._hosts += 1
        host = host or f"10.0.1.{self._hosts}"
        phone = Phone(
            number,
            password if password is not None else f"secret-{number}",
            SERVER,
            host=host,
            port=port,
            sockets=WireSockets(self.wire, host),
            settings=options.pop("settings", None)
            or StackSettings(seed=self._hosts + self.wire.weather.seed),
            **options,
        )
        phone.patience = 300
        await self._closing.enter_async_context(phone)
        if registered:
            response = await phone.register()
            assert response.status == 200, response
        return phone

    @property
    def port(self) -> FakePort:
        """The one voice port that is open."""
        (port,) = self.voice.open_ports
        return port

    def serve(self, number: str, feature: Serve) -> None:
        """Let a feature made for a test take the calls to a number."""
        serve(self.exchange, self.holder, number, feature)

    async def quiet(self) -> None:
        """Let everything come to rest: the longest transaction timers included."""
        await asyncio.sleep(200)

    async def rest(self, *calls: PhoneCall) -> None:
        """End the calls and see that nothing is left."""
        for call in calls:
            if call.ended is None:
                call.hang_up()
        await self.quiet()
        self.assert_nothing_left()
        assert self.endpoint.counters.faults == 0

    @property
    def last_record(self) -> CallRecordRow:
        """The latest call record."""
        row: CallRecordRow = self.records[-1]
        return row

    @property
    def remembered(self) -> dict[str, BindingsOf]:
        """What the database would hold of bindings, by number."""
        return {change.number: change for change in self.bindings}

    def assert_nothing_left(self) -> None:
        """No call, leg, task, port, dialog, transaction or timer is left."""
        assert self.exchange.is_idle
        assert not self.relay.open_calls
        assert not self.voice.open_ports
        core = self.endpoint.stack.core
        assert self.endpoint.stack.is_idle, (
            core.usages,
            core.dialogs,
            core.layer.clients,
            core.layer.servers,
        )


def in_virtual_time(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Make an ordinary test of a coroutine that lives in virtual time."""

    @functools.wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        virtual_time.run(test(*args, **kwargs))

    return run
