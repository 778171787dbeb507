"""A network of one machine's memory that loses, repeats and reorders datagrams, the same way for the same
seed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from random import Random
from typing import Protocol

from app.net.sockets import DatagramReceiver, DatagramSocket
from app.sip.events import StackEvent
from app.sip.flow import Address, Flow, Transport
from app.sip.output import Resolve, Send
from app.sip.stack import SipStack, StackSettings
from tests.support.virtual_time import VirtualTime


class Scheduler(Protocol):
    """Whatever can do something later: VirtualTime, or an asyncio loop through LoopScheduler."""

    def after(self, delay: float, action: Callable[[], None]) -> None: ...


class LoopScheduler:
    """An asyncio loop, best a VirtualTimeLoop, as a scheduler."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._heap: list[tuple[float, int, Callable[[], None]]] = []
        self._serial = 0

    def after(self, delay: float, action: Callable[[], None]) -> None:
        # The loop does not keep the order of timers that are due at the same moment; a wire does.
        self._serial += 1
        when = self._loop.time() + delay
        heappush(self._heap, (when, self._serial, action))
        self._loop.call_at(when, self._run)

    def _run(self) -> None:
        heappop(self._heap)[2]()


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """How bad the wire is. `fate` decides the first datagrams one by one: True = arrives, False = lost.

    Rates are 0 to 1. A repeated datagram comes twice, a reordered one `late` seconds after its turn.
    """

    loss: float = 0.0
    repeat: float = 0.0
    reorder: float = 0.0
    delay: float = 0.005
    late: float = 0.05
    seed: int = 0
    fate: tuple[bool, ...] = ()


CLEAR = Weather()


@dataclass(slots=True)
class WireCounters:
    """What became of the datagrams."""

    sent: int = 0
    lost: int = 0
    repeated: int = 0
    late: int = 0
    nobody: int = 0


@dataclass(frozen=True, slots=True)
class Passed:
    """One datagram that was sent."""

    source: Address
    target: Address
    data: bytes
    arrived: bool

    @property
    def first_line(self) -> str:
        return self.data.partition(b"\r\n")[0].decode()


@dataclass(slots=True)
class Wire:
    """Carries datagrams between the addresses attached to it.

    `log` keeps all that was sent. An address nobody listens on answers like ICMP when `tells_unreachable`.
    """

    scheduler: Scheduler
    weather: Weather = CLEAR
    tells_unreachable: bool = False
    counters: WireCounters = field(default_factory=WireCounters)
    log: list[Passed] = field(default_factory=list)
    _receivers: dict[Address, DatagramReceiver] = field(default_factory=dict)
    _random: Random = field(init=False)
    _fate: Iterator[bool] = field(init=False)
    _next_port: int = 20000

    def __post_init__(self) -> None:
        self.change_weather(self.weather)

    def change_weather(self, weather: Weather) -> None:
        """Go on under other conditions; the seed and the fate begin anew."""
        self.weather = weather
        self._random = Random(weather.seed)
        self._fate = iter(weather.fate)

    def attach(self, address: Address, receiver: DatagramReceiver) -> None:
        """Listen at an address."""
        if address in self._receivers:
            raise OSError(f"{address} is taken")
        self._receivers[address] = receiver

    def detach(self, address: Address) -> None:
        """Listen no more."""
        self._receivers.pop(address, None)

    def free_port(self, host: str) -> int:
        """Choose a port nobody has."""
        while Address(host, self._next_port) in self._receivers:
            self._next_port += 1
        self._next_port += 1
        return self._next_port - 1

    def send(self, data: bytes, source: Address, target: Address) -> None:
        """Carry one datagram, or not."""
        weather, random, counters = self.weather, self._random, self.counters
        counters.sent += 1
        arrives = next(self._fate, None)
        if arrives is None:
            arrives = random.random() >= weather.loss
        self.log.append(Passed(source, target, data, arrives))
        if not arrives:
            counters.lost += 1
            return
        delay = weather.delay
        if random.random() < weather.reorder:
            counters.late += 1
            delay += weather.late
        self.scheduler.after(delay, lambda: self._deliver(data, source, target))
        if random.random() < weather.repeat:
            counters.repeated += 1
            self.scheduler.after(delay + weather.late / 2, lambda: self._deliver(data, source, target))

    def _deliver(self, data: bytes, source: Address, target: Address) -> None:
        receiver = self._receivers.get(target)
        if receiver is not None:
            receiver.datagram_received(data, source)
            return
        self.counters.nobody += 1
        sender = self._receivers.get(source)
        if self.tells_unreachable and sender is not None:
            sender.peer_unreachable(target, "connection refused")

    def first_lines(self) -> list[str]:
        """The start lines of all that was sent, in order."""
        return [passed.first_line for passed in self.log]


class WireSocket:
    """A datagram socket on the wire."""

    def __init__(self, wire: Wire, address: Address, receiver: DatagramReceiver) -> None:
        self._wire = wire
        self._address = address
        self.is_closed = False
        wire.attach(address, receiver)

    @property
    def address(self) -> Address:
        return self._address

    @property
    def dropped(self) -> int:
        return 0

    def send(self, data: bytes, remote: Address) -> None:
        if not self.is_closed:
            self._wire.send(data, self._address, Address(*remote))

    def close(self) -> None:
        if not self.is_closed:
            self.is_closed = True
            self._wire.detach(self._address)


class WireSockets:
    """Stands in for UDP behind SipEndpoint's `sockets`."""

    def __init__(self, wire: Wire, local_host: str = "127.0.0.1") -> None:
        self._wire = wire
        self._local_host = local_host

    async def open(self, host: str, port: int, receiver: DatagramReceiver) -> DatagramSocket:
        return WireSocket(self._wire, Address(host, port or self._wire.free_port(host)), receiver)

    def local_toward(self, remote_host: str) -> str:
        return self._local_host


class StackNode:
    """A SipStack on the wire: what the network shell does, in virtual time.

    `on_event` gets each event; those it does not want (or all, without it) are kept in `events`. Hosts must
    be numeric or be in `names`.
    """

    def __init__(
        self,
        time: VirtualTime,
        wire: Wire,
        address: Address,
        settings: StackSettings | None = None,
        on_event: Callable[[StackEvent], object] | None = None,
    ) -> None:
        self.time = time
        self.wire = wire
        self.address = address
        self.stack = SipStack(settings or StackSettings(seed=address.port))
        self.on_event = on_event
        self.events: list[StackEvent] = []
        self.names: dict[str, tuple[Address, ...]] = {}
        self._flows: dict[Address, Flow] = {}
        self._armed: float | None = None
        self._is_draining = False
        wire.attach(address, self)

    def flow(self, remote: Address) -> Flow:
        """The flow to a peer, one object each."""
        known = self._flows.get(remote)
        if known is None:
            known = self._flows[remote] = Flow(Transport.UDP, self.address, remote)
        return known

    def run(self, command: Callable[..., object], *args: object, **keywords: object) -> object:
        """Give the stack a command, and let out what follows."""
        result = command(*args, now=self.time.now, **keywords)
        self.drain()
        return result

    def datagram_received(self, data: bytes, remote: Address) -> None:
        self.stack.receive(data, self.flow(Address(*remote)), self.time.now)
        self.drain()

    def peer_unreachable(self, remote: Address, reason: str) -> None:
        self.stack.flow_failed(self.flow(remote), reason, self.time.now)
        self.drain()

    def drain(self) -> None:
        """Let out messages and events, and arm the timer."""
        if self._is_draining:
            return
        self._is_draining = True
        while True:
            output = self.stack.take_output()
            for item in output:
                if isinstance(item, Send):
                    self.wire.send(item.data, self.address, item.flow.remote)
                else:
                    self.stack.resolved(item.token, self._resolve(item), self.time.now)
            event = self.stack.next_event()
            if event is not None:
                if self.on_event is None or not self.on_event(event):
                    self.events.append(event)
            elif not output:
                break
        self._is_draining = False
        self._arm()

    def _resolve(self, question: Resolve) -> tuple[Flow, ...]:
        host = question.uri.host_address
        if host in self.names:
            return tuple(self.flow(address) for address in self.names[host])
        if not host.replace(".", "").replace(":", "").isalnum() or not host[:1].isdigit():
            return ()
        return (self.flow(Address(host, question.uri.port or 5060)),)

    def _arm(self) -> None:
        deadline = self.stack.deadline()
        if deadline is None or (self._armed is not None and self._armed <= deadline):
            return
        self._armed = deadline
        self.time.at(deadline, self._tick)

    def _tick(self) -> None:
        self._armed = None
        self.stack.tick(self.time.now)
        self.drain()

    def take(self, kind: type[StackEvent]) -> StackEvent:
        """Take the first event of a kind out of `events`; AssertionError where there is none."""
        for event in self.events:
            if isinstance(event, kind):
                self.events.remove(event)
                return event
        names = ", ".join(type(event).__name__ for event in self.events)
        raise AssertionError(f"no {kind.__name__} among: {names}")

    def kinds(self) -> list[str]:
        """The names of the events kept so far."""
        return [type(event).__name__ for event in self.events]


def pair(
    weather: Weather = CLEAR, settings: Iterable[StackSettings | None] = (None, None)
) -> tuple[StackNode, ...]:
    """Two stacks on one wire: 10.0.0.1 and 10.0.0.2, port 5060."""
    time = VirtualTime()
    wire = Wire(time, weather)
    return tuple(
        StackNode(time, wire, Address(f"10.0.0.{number}", 5060), chosen)
        for number, chosen in enumerate(settings, start=1)
    )
