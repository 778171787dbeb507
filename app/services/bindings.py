"""Where each extension can be reached: its registered devices, in memory, with one queue of expiries."""

from __future__ import annotations

import dataclasses
import heapq
import ipaddress
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.calls.nat import is_translated
from app.calls.originate import Destination
from app.events import BindingView
from app.sip.flow import Address, Flow, Transport
from app.sip.uri import SipUri


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """One device of an extension (RFC 3261 10.3).

    `flow` is where its REGISTER came from. `params` are those of its Contact but expires, as they are
    repeated in the answer (";q=0.5"). `instance` tells devices apart that change their address (RFC 5626
    4.1), "" where unknown.
    """

    number: str
    uri: SipUri
    flow: Flow
    expires_at: float  # Unix seconds
    call_id: str
    cseq: int
    params: str = ""
    q: int = 1000  # thousandths
    path: tuple[str, ...] = ()  # RFC 3327
    instance: str = ""
    user_agent: str = ""

    @property
    def is_behind_nat(self) -> bool:
        """Whether the device's own idea of its address is not where it is."""
        return not self.path and is_translated(self.uri.host_address, self.flow.remote.host)

    def view(self) -> BindingView:
        """Show it as the window does."""
        return BindingView(
            contact=str(self.uri),
            address=str(self.flow.remote),
            transport=self.flow.transport.value,
            user_agent=self.user_agent,
            expires_at=self.expires_at,
        )

    def destination(self) -> Destination:
        """Say how to call the device.

        A stream connection is used as it stands (RFC 5626 5.3: the phone may be reachable by no other); a
        phone behind a NAT by the address its messages come from; any other by its Contact, which may name
        another port.
        """
        flow = self.flow
        pinned = flow.transport is not Transport.UDP or self.is_behind_nat
        if not pinned and not self.path:
            flow = _flow_to(self.uri, flow)
        return Destination(
            number=self.number,
            uri=self.uri,
            flow=flow,
            route=self.path,
            pin_flow=pinned,
            is_behind_nat=self.is_behind_nat,
        )


def _flow_to(uri: SipUri, seen: Flow) -> Flow:
    """The flow a numeric Contact names, on the transport the phone was seen on; else the seen one."""
    if uri.transport not in ("", seen.transport.value) or not _is_numeric(uri.host_address):
        return seen
    remote = Address(uri.host_address, uri.port or seen.transport.default_port)
    return seen if remote == seen.remote else Flow(seen.transport, seen.local, remote, public=seen.public)


def _is_numeric(host: str) -> bool:
    """Whether a host is an address, in the one spelling that tells where it leads.

    Sockets also take 3325256713 for 198.51.100.9: a phone that wrote so could have its calls sent anywhere.
    """
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class Bindings:
    """All bindings, by extension, the preferred first.

    `changed(number)` is called after every change of an extension's bindings, a mere refresh too. `clock`
    gives Unix seconds; `shown` puts our public address of now on a flow. Nothing here waits or arms timers:
    ask `next_expiry` and call `expire`.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        changed: Callable[[str], None],
        shown: Callable[[Flow], Flow] = lambda flow: flow,
    ) -> None:
        self._clock = clock
        self._shown = shown
        self._changed = changed
        self._by_number: dict[str, tuple[Binding, ...]] = {}
        self._by_connection: dict[int, set[str]] = {}
        self._expiries: list[tuple[float, int, str]] = []
        self._order = itertools.count()

    def __iter__(self) -> Iterator[Binding]:
        for bindings in self._by_number.values():
            yield from bindings

    def __len__(self) -> int:
        return sum(len(bindings) for bindings in self._by_number.values())

    def of(self, number: str) -> tuple[Binding, ...]:
        """The live bindings of an extension, the highest q first."""
        bindings = self._by_number.get(number, ())
        if bindings:
            now = self._clock()
            if any(binding.expires_at <= now for binding in bindings):
                bindings = tuple(binding for binding in bindings if binding.expires_at > now)
        return bindings

    def destinations(self, number: str) -> list[Destination]:
        """How to call each device of an extension, the highest q first."""
        return [
            dataclasses.replace(binding, flow=self._shown(binding.flow)).destination()
            for binding in self.of(number)
        ]

    def replace(self, number: str, bindings: Iterable[Binding]) -> None:
        """Set all bindings of an extension at once."""
        self._put(number, tuple(sorted(bindings, key=lambda binding: -binding.q)))
        self._changed(number)

    def restore(self, bindings: Iterable[Binding]) -> None:
        """Take over what an earlier run remembered; tells nobody."""
        now = self._clock()
        by_number: dict[str, list[Binding]] = {}
        for binding in bindings:
            if binding.expires_at > now:
                by_number.setdefault(binding.number, []).append(binding)
        for number, found in by_number.items():
            self._put(number, tuple(sorted(found, key=lambda binding: -binding.q)))

    def drop_connection(self, connection: int) -> None:
        """A stream connection has closed: the devices registered over it are out of reach."""
        for number in self._by_connection.pop(connection, set()):
            kept = [each for each in self._by_number.get(number, ()) if each.flow.connection != connection]
            self.replace(number, kept)

    def drop_numbers(self, numbers: Iterable[str]) -> None:
        """Forget the devices of extensions that are gone or switched off."""
        for number in numbers:
            if number in self._by_number:
                self.replace(number, ())

    def keep_newest(self, number: str, count: int) -> None:
        """Forget all but the devices that registered last, where an extension may have fewer than before."""
        bindings = self._by_number.get(number, ())
        if len(bindings) > count:
            newest = sorted(bindings, key=lambda binding: binding.expires_at)[-count:]
            self.replace(number, newest)

    def numbers(self) -> tuple[str, ...]:
        """The extensions that have a binding."""
        return tuple(self._by_number)

    def next_expiry(self) -> float | None:
        """When `expire` is to be called next, in Unix seconds; None = not at all."""
        return self._expiries[0][0] if self._expiries else None

    def expire(self) -> None:
        """Drop what has run out."""
        now = self._clock()
        while self._expiries and self._expiries[0][0] <= now:
            number = heapq.heappop(self._expiries)[2]
            bindings = self._by_number.get(number, ())
            kept = [binding for binding in bindings if binding.expires_at > now]
            if len(kept) != len(bindings):
                self.replace(number, kept)
        if len(self._expiries) > 64 and len(self._expiries) > 4 * len(self._by_number):
            self._sweep()

    def _put(self, number: str, bindings: tuple[Binding, ...]) -> None:
        if bindings:
            self._by_number[number] = bindings
        else:
            self._by_number.pop(number, None)
        for binding in bindings:
            if binding.flow.connection:
                self._by_connection.setdefault(binding.flow.connection, set()).add(number)
            heapq.heappush(self._expiries, (binding.expires_at, next(self._order), number))
        if len(self._expiries) > 1024 and len(self._expiries) > 8 * len(self._by_number):
            self._sweep()

    def _sweep(self) -> None:
        """Refreshed bindings leave old expiries behind: build the queue anew when they are the most of it."""
        self._expiries = [(each.expires_at, next(self._order), each.number) for each in self]
        heapq.heapify(self._expiries)
