"""A scripted DNS server on loopback: answers what a test wrote down, counts the questions, may be silent."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import cast

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset


class DnsServer(asyncio.DatagramProtocol):
    """Zone lines are as in a zone file: `name TTL IN type data`; names without a line do not exist."""

    def __init__(self, lines: Iterable[str] = (), *, negative_ttl: int = 60) -> None:
        self._records: dict[tuple[str, str], dns.rrset.RRset] = {}
        self._names: set[str] = set()
        self._negative_ttl = negative_ttl
        self._transport: asyncio.DatagramTransport | None = None
        self.asked: Counter[tuple[str, str]] = Counter()
        self.is_silent = False
        self.gate: asyncio.Event | None = None  # answers wait for it
        self._waiting: set[asyncio.Task[None]] = set()
        for line in lines:
            self.add(line)

    def add(self, line: str) -> None:
        """Add one record."""
        name, ttl, _, kind, *data = line.split()
        key = (name.rstrip(".").lower(), kind)
        text = " ".join(data)
        if key in self._records:
            self._records[key].add(dns.rrset.from_text(name, int(ttl), "IN", kind, text)[0])
        else:
            self._records[key] = dns.rrset.from_text(name.rstrip(".") + ".", int(ttl), "IN", kind, text)
        self._names.add(key[0])

    def clear(self) -> None:
        """Forget all records."""
        self._records.clear()
        self._names.clear()

    @property
    def address(self) -> str:
        """ "host:port", as the resolver's settings want it."""
        assert self._transport is not None
        host, port = self._transport.get_extra_info("sockname")[:2]
        return f"{host}:{port}"

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        query = dns.message.from_wire(data)
        name = query.question[0].name.to_text(omit_final_dot=True).lower()
        kind = dns.rdatatype.to_text(query.question[0].rdtype)
        self.asked[name, kind] += 1
        if self.is_silent:
            return
        if self.gate is None:
            self._answer(query, name, kind, addr)
            return
        task = asyncio.get_running_loop().create_task(self._answer_later(query, name, kind, addr))
        self._waiting.add(task)
        task.add_done_callback(self._waiting.discard)

    async def _answer_later(
        self, query: dns.message.Message, name: str, kind: str, addr: tuple[str, int]
    ) -> None:
        assert self.gate is not None
        await self.gate.wait()
        self._answer(query, name, kind, addr)

    def _answer(self, query: dns.message.Message, name: str, kind: str, addr: tuple[str, int]) -> None:
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        found = self._records.get((name, kind))
        if found is not None:
            response.answer.append(found)
        else:
            if name not in self._names:
                response.set_rcode(dns.rcode.NXDOMAIN)
            soa = f"ns.{name}. host.{name}. 1 3600 600 86400 {self._negative_ttl}"
            response.authority.append(dns.rrset.from_text(f"{name}.", self._negative_ttl, "IN", "SOA", soa))
        if self._transport is not None and not self._transport.is_closing():
            self._transport.sendto(response.to_wire(), addr)

    async def close(self) -> None:
        """Stop answering."""
        for task in list(self._waiting):
            task.cancel()
        await asyncio.gather(*self._waiting, return_exceptions=True)
        if self._transport is not None:
            self._transport.close()
            await asyncio.sleep(0)


@asynccontextmanager
async def dns_server(*lines: str, negative_ttl: int = 60) -> AsyncIterator[DnsServer]:
    """Run a server with these records."""
    server = DnsServer(lines, negative_ttl=negative_ttl)
    await asyncio.get_running_loop().create_datagram_endpoint(lambda: server, local_addr=("127.0.0.1", 0))
    try:
        yield server
    finally:
        await server.close()
