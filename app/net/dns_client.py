"""Questions to the DNS, with a cache: one query at a time for each, bounded in time, never an exception."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, cast

import dns.asyncresolver
import dns.exception
import dns.message
import dns.name
import dns.nameserver
import dns.rdata
import dns.rdatatype
import dns.resolver

from app.net.addresses import is_numeric

logger = logging.getLogger(__name__)

_LONGEST_TTL = 86_400.0
_LONGEST_NEGATIVE_TTL = 300.0  # a name just created must not stay unknown for hours (RFC 2308 5)
_NEGATIVE_TTL_WITHOUT_SOA = 30.0
_SILENCE_TTL = 5.0  # a server that did not answer is not asked the same again at once
_MOST_NAMES = 10_000


class _Entry(NamedTuple):
    expires_at: float
    records: tuple[dns.rdata.Rdata, ...]


class DnsClient:
    """Asks the configured servers ("address" or "address:port"), or those of the operating system.

    `lifetime` bounds one question over all servers and tries, in seconds.
    """

    def __init__(
        self,
        servers: Sequence[str] = (),
        *,
        lifetime: float = 4.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        self._cache: dict[tuple[str, str], _Entry] = {}
        self._asking: dict[tuple[str, str], asyncio.Task[tuple[dns.rdata.Rdata, ...]]] = {}
        self._resolver = _make_resolver(servers, lifetime)
        self.queries = 0  # sent to a server, for the counters and the tests

    def known(self, name: str, kind: str) -> tuple[dns.rdata.Rdata, ...] | None:
        """What the cache holds, () for "there is none"; None when it has to be asked."""
        entry = self._cache.get((name, kind))
        if entry is None or entry.expires_at <= self._clock():
            return None
        return entry.records

    async def ask(self, name: str, kind: str) -> tuple[dns.rdata.Rdata, ...]:
        """Give the records of a type; () where there are none or nobody answers."""
        records = self.known(name, kind)
        if records is not None:
            return records
        key = (name, kind)
        task = self._asking.get(key)
        if task is None:
            task = asyncio.get_running_loop().create_task(self._query(name, kind), name=f"dns {kind} {name}")
            self._asking[key] = task
            task.add_done_callback(lambda _: self._asking.pop(key, None))
        # Whoever gives up must not take the answer from the others who wait for it.
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Give up all questions under way."""
        tasks = list(self._asking.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def forget(self) -> None:
        """Empty the cache: the network or the servers have changed."""
        self._cache.clear()

    async def _query(self, name: str, kind: str) -> tuple[dns.rdata.Rdata, ...]:
        records: tuple[dns.rdata.Rdata, ...] = ()
        ttl = _SILENCE_TTL
        if self._resolver is None:
            logger.info("no DNS server is known: %s stays unresolved", name)
            return ()
        self.queries += 1
        try:
            answer = await self._resolver.resolve(
                dns.name.from_text(name), kind, raise_on_no_answer=False, search=False
            )
            ttl = answer.chaining_result.minimum_ttl
            if answer.rrset is None:
                ttl = _negative(ttl)
            else:
                records = tuple(answer.rrset)
        except dns.resolver.NXDOMAIN as problem:
            ttl = _negative(_ttl_of(problem))
        except (dns.exception.DNSException, OSError, UnicodeError, ValueError) as problem:
            logger.info("DNS: no answer for %s %s: %s", kind, name, problem)
        self._remember((name, kind), _Entry(self._clock() + min(ttl, _LONGEST_TTL), records))
        return records

    def _remember(self, key: tuple[str, str], entry: _Entry) -> None:
        if len(self._cache) >= _MOST_NAMES:
            now = self._clock()
            self._cache = {known: old for known, old in self._cache.items() if old.expires_at > now}
            if len(self._cache) >= _MOST_NAMES:
                self._cache.clear()
        self._cache[key] = entry


_NO_TTL: Final = 2**31 - 1  # what dnspython gives where no record named one


def _negative(ttl: float) -> float:
    return min(_NEGATIVE_TTL_WITHOUT_SOA if ttl >= _NO_TTL else ttl, _LONGEST_NEGATIVE_TTL)


def _ttl_of(problem: dns.resolver.NXDOMAIN) -> float:
    responses = cast("dict[dns.name.Name, dns.message.QueryMessage]", problem.kwargs.get("responses", {}))
    ttls = [response.resolve_chaining().minimum_ttl for response in responses.values()]
    return min(ttls, default=_NO_TTL)


def _make_resolver(servers: Sequence[str], lifetime: float) -> dns.asyncresolver.Resolver | None:
    try:
        resolver = dns.asyncresolver.Resolver(configure=not servers)
    except (dns.resolver.NoResolverConfiguration, OSError) as problem:
        logger.info("the system's DNS servers are unknown: %s", problem)
        return None
    if servers:
        resolver.nameservers = [dns.nameserver.Do53Nameserver(*_split(server)) for server in servers]
    resolver.lifetime = lifetime
    resolver.timeout = max(lifetime / 3, 0.05)
    return resolver


def _split(server: str) -> tuple[str, int]:
    if is_numeric(server):
        return server.strip("[]"), 53
    host, _, port = server.rpartition(":")
    return host.strip("[]"), int(port)
