"""The scripted DNS server answers, counts and is silent as told."""

from __future__ import annotations

import dns.asyncresolver
import dns.exception
import dns.nameserver
import dns.resolver
import pytest

from tests.support.dns_server import DnsServer, dns_server


def client(server: DnsServer) -> dns.asyncresolver.Resolver:
    resolver = dns.asyncresolver.Resolver(configure=False)
    host, _, port = server.address.partition(":")
    resolver.nameservers = [dns.nameserver.Do53Nameserver(host, int(port))]
    resolver.lifetime = 0.3
    return resolver


async def test_it_answers_what_was_written_down_and_counts() -> None:
    async with dns_server("a.test 60 IN A 192.0.2.1", "a.test 60 IN A 192.0.2.2") as server:
        answer = await client(server).resolve("a.test", "A")
        assert {str(record) for record in answer} == {"192.0.2.1", "192.0.2.2"}
        assert server.asked["a.test", "A"] == 1


async def test_it_knows_missing_names_from_missing_types() -> None:
    async with dns_server("a.test 60 IN A 192.0.2.1", negative_ttl=7) as server:
        with pytest.raises(dns.resolver.NXDOMAIN):
            await client(server).resolve("b.test", "A")
        answer = await client(server).resolve("a.test", "AAAA", raise_on_no_answer=False)
        assert answer.rrset is None
        assert answer.chaining_result.minimum_ttl == 7


async def test_it_can_be_silent() -> None:
    async with dns_server() as server:
        server.is_silent = True
        with pytest.raises(dns.exception.Timeout):
            await client(server).resolve("a.test", "A")


async def test_it_can_forget() -> None:
    async with dns_server("a.test 60 IN A 192.0.2.1") as server:
        server.clear()
        with pytest.raises(dns.resolver.NXDOMAIN):
            await client(server).resolve("a.test", "A")
