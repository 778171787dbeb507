"""The cache, the shared questions and the patience of the DNS client."""

from __future__ import annotations

import asyncio

from app.net.dns_client import DnsClient
from tests.support.dns_server import DnsServer, dns_server


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def client(server: DnsServer, clock: Clock | None = None, lifetime: float = 2.0) -> DnsClient:
    return DnsClient([server.address], lifetime=lifetime, clock=clock or Clock())


async def test_an_answer_is_kept_for_its_ttl() -> None:
    clock = Clock()
    async with dns_server("a.test 60 IN A 192.0.2.1") as server:
        dns = client(server, clock)
        assert dns.known("a.test", "A") is None
        assert [str(record) for record in await dns.ask("a.test", "A")] == ["192.0.2.1"]
        clock.now += 59
        await dns.ask("a.test", "A")
        assert dns.known("a.test", "A") is not None
        assert server.asked["a.test", "A"] == 1
        clock.now += 2
        assert dns.known("a.test", "A") is None
        await dns.ask("a.test", "A")
        assert server.asked["a.test", "A"] == 2


async def test_that_there_is_none_is_kept_too() -> None:
    clock = Clock()
    async with dns_server("a.test 60 IN A 192.0.2.1", negative_ttl=20) as server:
        dns = client(server, clock)
        for name, kind in (("missing.test", "A"), ("a.test", "SRV")):
            assert await dns.ask(name, kind) == ()
            clock.now += 19
            assert dns.known(name, kind) == ()
            clock.now += 2
            assert dns.known(name, kind) is None


async def test_a_long_negative_answer_is_cut_short() -> None:
    clock = Clock()
    async with dns_server(negative_ttl=86_400) as server:
        dns = client(server, clock)
        assert await dns.ask("missing.test", "A") == ()
        clock.now += 301
        assert dns.known("missing.test", "A") is None


async def test_the_same_question_is_asked_once_at_a_time() -> None:
    async with dns_server("a.test 60 IN A 192.0.2.1") as server:
        server.gate = asyncio.Event()
        dns = client(server)
        first, second = (asyncio.create_task(dns.ask("a.test", "A")) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()  # one who gives up does not take it from the other
        server.gate.set()
        assert [str(record) for record in await second] == ["192.0.2.1"]
        assert first.cancelled()
        assert dns.queries == 1


async def test_silence_is_no_answer_and_is_remembered_briefly() -> None:
    clock = Clock()
    async with dns_server() as server:
        server.is_silent = True
        dns = client(server, clock, lifetime=0.1)
        assert await dns.ask("a.test", "A") == ()
        assert dns.known("a.test", "A") == ()
        clock.now += 6
        assert dns.known("a.test", "A") is None


async def test_a_name_that_cannot_be_one_is_no_answer() -> None:
    async with dns_server() as server:
        dns = client(server)
        assert await dns.ask("a" * 64 + ".test", "A") == ()
        assert await dns.ask("a..test", "A") == ()
        assert not server.asked


async def test_closing_gives_up_what_is_under_way() -> None:
    async with dns_server() as server:
        server.is_silent = True
        dns = client(server)
        waiting = asyncio.create_task(dns.ask("a.test", "A"))
        await asyncio.sleep(0)
        await dns.close()
        assert (await asyncio.gather(waiting, return_exceptions=True))[0] is not None
        assert waiting.done()


async def test_forgetting_empties_the_cache() -> None:
    async with dns_server("a.test 60 IN A 192.0.2.1") as server:
        dns = client(server)
        await dns.ask("a.test", "A")
        dns.forget()
        assert dns.known("a.test", "A") is None
