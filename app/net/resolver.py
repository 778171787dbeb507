"""From a SIP URI to the addresses to try, in order: RFC 3263 over DNS, hosts file and what failed lately."""

from __future__ import annotations

import asyncio
import importlib
import logging
import random
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from app.net.addresses import is_numeric
from app.net.hosts_file import HostsFile
from app.sip.flow import Address, Transport
from app.sip.uri import SipUri

if TYPE_CHECKING:
    from app.net.dns_client import DnsClient

logger = logging.getLogger(__name__)

R = TypeVar("R")

_DNS = "app.net.dns_client"

_FAILED_FOR = 60.0  # seconds a target that failed stands last
_MOST_FAILED = 1_000
_MOST_TARGETS = 16  # of one answer; a zone must not make us try for an hour
_NAPTR_SERVICES = {"SIP+D2U": Transport.UDP, "SIP+D2T": Transport.TCP, "SIPS+D2T": Transport.TLS}
_SRV_NAMES = {Transport.UDP: "_sip._udp", Transport.TCP: "_sip._tcp", Transport.TLS: "_sips._tcp"}


class Target(NamedTuple):
    """Where to send. `name` is the URI's host, to which a TLS certificate must be made out (RFC 5922 7.2)."""

    transport: Transport
    address: Address
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolverSettings:
    """`preference` lists the transports we speak, best first; `families` 4 and 6 in the order to try.

    `budget` bounds the whole of one resolution, in seconds, however dead the DNS is.
    """

    servers: tuple[str, ...] = ()  # "address" or "address:port"; () = those of the operating system
    preference: tuple[Transport, ...] = (Transport.UDP, Transport.TCP, Transport.TLS)
    families: tuple[int, ...] = (4, 6)
    question_lifetime: float = 4.0
    budget: float = 8.0


class Question(NamedTuple):
    """What is asked of the DNS."""

    name: str
    kind: str  # NAPTR, SRV, A or AAAA


Answer = tuple[Any, ...]  # records, as dnspython reads them
Plan = Generator[
    list[Question], list[Answer], R
]  # asks some questions at a time, to be answered in their order


class Resolver:
    """Answers for the stack's Resolve: at once where it can, else from the DNS.

    `rng` weighs SRV records; `clock` counts seconds for cache and failures. Both are given by tests.
    """

    def __init__(
        self,
        settings: ResolverSettings | None = None,
        *,
        hosts: HostsFile | None = None,
        rng: random.Random | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings or ResolverSettings()
        self._dns: DnsClient | None = None  # from the first name on
        self._hosts = hosts or HostsFile()
        self._rng = rng or random.SystemRandom()
        self._clock = clock
        self._failed: dict[tuple[Transport, Address], float] = {}

    @property
    def queries(self) -> int:
        """How many questions went to a DNS server."""
        return self._dns.queries if self._dns is not None else 0

    def resolve_now(self, uri: SipUri, transport: Transport | None = None) -> tuple[Target, ...] | None:
        """Resolve without waiting: a number, the hosts file, the cache. None = `resolve` must be awaited."""
        if is_numeric(uri.host_address) and "maddr" not in uri.params:  # nearly always: phones give numbers
            chosen = _explicit_transport(uri, transport) or _default_transport(uri)
            address = Address(uri.host_address, uri.port or chosen.default_port)
            return (Target(chosen, address, uri.host_address),) if self._speaks(chosen) else ()
        plan = self._plan(uri, transport)
        try:
            questions = next(plan)
            while True:
                answers = []
                for question in questions:
                    records = self._dns.known(*question) if self._dns is not None else None
                    if records is None:
                        plan.close()
                        return None
                    answers.append(records)
                questions = plan.send(answers)
        except StopIteration as stop:
            return self._ordered(stop.value)

    async def resolve(self, uri: SipUri, transport: Transport | None = None) -> tuple[Target, ...]:
        """Resolve; () where there is no such name, nothing we speak is offered, or the DNS is silent."""
        plan = self._plan(uri, transport)
        try:
            questions = next(plan)
            client = self._dns or await self._open_dns()
            async with asyncio.timeout(self._settings.budget):
                while True:
                    answers = await asyncio.gather(*(client.ask(*question) for question in questions))
                    questions = plan.send(answers)
        except StopIteration as stop:
            return self._ordered(stop.value)
        except TimeoutError:
            logger.info("%s: the DNS did not answer within %g s", uri.host, self._settings.budget)
            return ()

    def mark_failed(self, transport: Transport, address: Address) -> None:
        """Put a target last for a while: it refused, or did not answer."""
        if len(self._failed) >= _MOST_FAILED:
            self._failed.clear()
        self._failed[transport, address] = self._clock() + _FAILED_FOR

    def network_changed(self) -> None:
        """Forget answers and failures of the old network."""
        if self._dns is not None:
            self._dns.forget()
        self._failed.clear()

    async def close(self) -> None:
        """Give up questions under way."""
        if self._dns is not None:
            await self._dns.close()

    async def _open_dns(self) -> DnsClient:
        """Load the DNS library, 4 MiB, with the first name; its 40 ms are a thread's."""
        if _DNS not in sys.modules:
            await asyncio.to_thread(importlib.import_module, _DNS)
        from app.net.dns_client import DnsClient

        if self._dns is None:
            lifetime = self._settings.question_lifetime
            self._dns = DnsClient(self._settings.servers, lifetime=lifetime, clock=self._clock)
        return self._dns

    def _speaks(self, transport: Transport) -> bool:
        return transport in self._settings.preference

    def _ordered(self, targets: Iterable[Target]) -> tuple[Target, ...]:
        """Without repeats, those that failed lately last."""
        unique = list(dict.fromkeys(targets))
        now = self._clock()
        unique.sort(key=lambda target: self._failed.get((target.transport, target.address), 0.0) > now)
        return tuple(unique[:_MOST_TARGETS])

    def _plan(self, uri: SipUri, transport: Transport | None) -> Plan[list[Target]]:
        """RFC 3263 4.1 and 4.2, without caring who answers."""
        host = (uri.params.get("maddr") or uri.host).strip("[]").lower().rstrip(".")
        explicit = _explicit_transport(uri, transport)
        default = explicit or _default_transport(uri)
        if is_numeric(host) or uri.port is not None or self._hosts.lookup(host):
            if not self._speaks(default):
                return []
            return (yield from self._addresses([(default, host, uri.port or default.default_port)], host))

        if explicit is None:
            services = yield from self._services(uri, host)
        else:
            services = [(explicit, f"{_SRV_NAMES[explicit]}.{host}")] if self._speaks(explicit) else []
        if not services:
            return []
        answers = yield [Question(name, "SRV") for _, name in services]
        if any(answers):
            places = [
                (chosen, record.target.to_text(omit_final_dot=True).lower(), record.port)
                for (chosen, _), records in zip(services, answers, strict=True)
                for record in self._weighed(records)
            ]
            # RFC 2782: a target of "." says that the service is decidedly not offered here.
            return (
                yield from self._addresses([place for place in places if place[1] not in ("", ".")], host)
            )
        return (yield from self._addresses([(default, host, default.default_port)], host))

    def _services(self, uri: SipUri, host: str) -> Plan[list[tuple[Transport, str]]]:
        """Transport and SRV name by NAPTR; without one, every transport we speak (RFC 3263 4.1)."""
        allowed = [each for each in self._settings.preference if each is Transport.TLS or not uri.is_secure]
        offered = []
        (records,) = yield [Question(host, "NAPTR")]
        for record in records:
            chosen = _NAPTR_SERVICES.get(record.service.decode("ascii", "replace").upper())
            if chosen in allowed and record.flags.lower() == b"s":
                name = record.replacement.to_text(omit_final_dot=True).lower()
                offered.append((record.order, record.preference, allowed.index(chosen), chosen, name))
        if offered:
            offered.sort()
            # RFC 3403 4.1: once a record of an order fits, those of higher orders are not considered.
            return [(chosen, name) for order, *_, chosen, name in offered if order == offered[0][0]]
        return [(chosen, f"{_SRV_NAMES[chosen]}.{host}") for chosen in allowed]

    def _addresses(self, places: Sequence[tuple[Transport, str, int]], name: str) -> Plan[list[Target]]:
        """The addresses of (transport, host, port) each, in their order."""
        kinds = ["AAAA" if family == 6 else "A" for family in self._settings.families]
        unknown = [
            Question(host, kind)
            for host in dict.fromkeys(host for _, host, _ in places)
            if not is_numeric(host) and not self._hosts.lookup(host)
            for kind in kinds
        ]
        answers = (yield unknown) if unknown else []
        found = dict(zip(unknown, answers, strict=True))
        targets: list[Target] = []
        for transport, host, port in places:
            numbers = [host] if is_numeric(host) else list(self._in_order(self._hosts.lookup(host)))
            for kind in kinds:
                numbers.extend(str(record.address) for record in found.get(Question(host, kind), ()))
            targets.extend(Target(transport, Address(number, port), name) for number in numbers)
        return targets

    def _in_order(self, numbers: Sequence[str]) -> Iterator[str]:
        for family in self._settings.families:
            yield from (number for number in numbers if (":" in number) == (family == 6))

    def _weighed(self, records: Sequence[Any]) -> list[Any]:
        """Order SRV records: by priority, and by chance in proportion to the weights (RFC 2782)."""
        ordered = []
        for priority in sorted({record.priority for record in records}):
            rest = sorted(
                (each for each in records if each.priority == priority), key=lambda each: each.weight
            )
            while rest:
                pick = self._rng.randint(0, sum(each.weight for each in rest))
                for record in rest:
                    pick -= record.weight
                    if pick <= 0:
                        break
                rest.remove(record)
                ordered.append(record)
        return ordered


def _explicit_transport(uri: SipUri, transport: Transport | None) -> Transport | None:
    """The transport that was asked for; a SIPS URI makes TCP TLS (RFC 3261 26.2.2)."""
    if transport is None:
        try:
            transport = Transport(uri.transport)
        except ValueError:
            return None
    return Transport.TLS if uri.is_secure else transport


def _default_transport(uri: SipUri) -> Transport:
    return Transport.TLS if uri.is_secure else Transport.UDP
