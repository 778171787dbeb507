"""RFC 3263 against a scripted DNS server."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from pathlib import Path

import pytest

from app.net.hosts_file import HostsFile
from app.net.resolver import Resolver, ResolverSettings, Target
from app.sip.flow import Address, Transport
from app.sip.uri import SipUri, parse_uri
from tests.support.dns_server import DnsServer, dns_server


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def uri(text: str) -> SipUri:
    parsed = parse_uri(text)
    assert isinstance(parsed, SipUri)
    return parsed


def make(
    server: DnsServer | None = None,
    clock: Clock | None = None,
    *,
    hosts: Path | None = None,
    **settings: object,
) -> Resolver:
    servers = (server.address,) if server is not None else ("127.0.0.1:9",)
    return Resolver(
        ResolverSettings(servers=servers, **settings),  # type: ignore[arg-type]
        hosts=HostsFile(hosts or Path("no-such-file")),
        rng=random.Random(1),
        clock=clock or Clock(),
    )


def brief(targets: tuple[Target, ...] | None) -> list[str]:
    assert targets is not None
    return [f"{target.transport} {target.address}" for target in targets]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sip:a@192.0.2.1", "UDP 192.0.2.1:5060"),
        ("sip:a@192.0.2.1:5070", "UDP 192.0.2.1:5070"),
        ("sip:a@192.0.2.1;transport=tcp", "TCP 192.0.2.1:5060"),
        ("sip:a@192.0.2.1;transport=TLS", "TLS 192.0.2.1:5061"),
        ("sip:a@[2001:db8::1]:5070", "UDP [2001:db8::1]:5070"),
        ("sips:a@192.0.2.1", "TLS 192.0.2.1:5061"),
        ("sips:a@192.0.2.1;transport=tcp", "TLS 192.0.2.1:5061"),
        ("sip:a@name.test;maddr=192.0.2.9", "UDP 192.0.2.9:5060"),
        ("sip:a@192.0.2.1;maddr=192.0.2.9", "UDP 192.0.2.9:5060"),
    ],
)
def test_numbers_need_no_question(text: str, expected: str) -> None:
    assert brief(make().resolve_now(uri(text))) == [expected]


def test_the_callers_transport_goes_before_the_uris() -> None:
    assert brief(make().resolve_now(uri("sip:a@192.0.2.1;transport=udp"), Transport.TCP)) == [
        "TCP 192.0.2.1:5060"
    ]


def test_a_transport_we_do_not_speak_leads_nowhere() -> None:
    resolver = make(preference=(Transport.UDP,))
    assert resolver.resolve_now(uri("sip:a@192.0.2.1;transport=tcp")) == ()
    assert resolver.resolve_now(uri("sips:a@192.0.2.1")) == ()


def test_the_hosts_file_answers_at_once_and_in_the_order_of_families(tmp_path: Path) -> None:
    hosts = tmp_path / "hosts"
    hosts.write_text("2001:db8::1 pbx.test\n192.0.2.1 pbx.test\n")
    assert brief(make(hosts=hosts).resolve_now(uri("sip:a@PBX.test."))) == [
        "UDP 192.0.2.1:5060",
        "UDP [2001:db8::1]:5060",
    ]
    six_first = make(hosts=hosts, families=(6, 4))
    assert brief(six_first.resolve_now(uri("sip:a@pbx.test;transport=tcp")))[0] == "TCP [2001:db8::1]:5060"


async def test_naptr_then_srv_then_addresses() -> None:
    async with dns_server(
        'example.test 60 IN NAPTR 50 50 "s" "SIP+D2T" "" _sip._tcp.example.test.',
        'example.test 60 IN NAPTR 90 50 "s" "SIP+D2U" "" _sip._udp.example.test.',
        "_sip._tcp.example.test 60 IN SRV 10 1 5070 b.example.test.",
        "_sip._tcp.example.test 60 IN SRV 0 1 5060 a.example.test.",
        "a.example.test 60 IN A 192.0.2.1",
        "a.example.test 60 IN AAAA 2001:db8::1",
        "b.example.test 60 IN A 192.0.2.2",
    ) as server:
        resolver = make(server)
        assert resolver.resolve_now(uri("sip:a@example.test")) is None
        found = await resolver.resolve(uri("sip:a@example.test"))
        assert brief(found) == ["TCP 192.0.2.1:5060", "TCP [2001:db8::1]:5060", "TCP 192.0.2.2:5070"]
        assert {target.name for target in found} == {"example.test"}
        assert resolver.resolve_now(uri("sip:a@example.test")) == found, "the cache answers at once"


async def test_without_naptr_the_srv_records_of_all_transports_are_asked() -> None:
    async with dns_server(
        "_sip._udp.example.test 60 IN SRV 0 0 5060 u.example.test.",
        "_sips._tcp.example.test 60 IN SRV 0 0 5061 s.example.test.",
        "u.example.test 60 IN A 192.0.2.1",
        "s.example.test 60 IN A 192.0.2.2",
    ) as server:
        assert brief(await make(server).resolve(uri("sip:a@example.test"))) == [
            "UDP 192.0.2.1:5060",
            "TLS 192.0.2.2:5061",
        ]
        assert brief(await make(server).resolve(uri("sips:a@example.test"))) == ["TLS 192.0.2.2:5061"]


async def test_a_transport_asks_for_its_own_srv_only() -> None:
    async with dns_server(
        "_sip._tcp.example.test 60 IN SRV 0 0 5080 t.example.test.", "t.example.test 60 IN A 192.0.2.3"
    ) as server:
        assert brief(await make(server).resolve(uri("sip:example.test;transport=tcp"))) == [
            "TCP 192.0.2.3:5080"
        ]
        assert ("example.test", "NAPTR") not in server.asked


async def test_a_port_means_addresses_at_once() -> None:
    async with dns_server("example.test 60 IN A 192.0.2.1") as server:
        assert brief(await make(server).resolve(uri("sip:example.test:5090"))) == ["UDP 192.0.2.1:5090"]
        assert {kind for _, kind in server.asked} == {"A", "AAAA"}


async def test_without_srv_the_host_itself_is_tried() -> None:
    async with dns_server("example.test 60 IN A 192.0.2.1") as server:
        assert brief(await make(server).resolve(uri("sip:example.test"))) == ["UDP 192.0.2.1:5060"]
        assert brief(await make(server).resolve(uri("sips:example.test"))) == ["TLS 192.0.2.1:5061"]


async def test_a_service_that_is_decidedly_not_there_leads_nowhere() -> None:
    async with dns_server(
        "_sip._udp.example.test 60 IN SRV 0 0 0 .", "example.test 60 IN A 192.0.2.1"
    ) as server:
        assert await make(server).resolve(uri("sip:example.test;transport=udp")) == ()


async def test_an_unknown_name_leads_nowhere() -> None:
    async with dns_server() as server:
        assert await make(server).resolve(uri("sip:missing.test")) == ()


async def test_weights_share_the_load() -> None:
    async with dns_server(
        "_sip._udp.example.test 60 IN SRV 0 75 5060 a.example.test.",
        "_sip._udp.example.test 60 IN SRV 0 25 5060 b.example.test.",
        "_sip._udp.example.test 60 IN SRV 5 90 5060 c.example.test.",
        "a.example.test 60 IN A 192.0.2.1",
        "b.example.test 60 IN A 192.0.2.2",
        "c.example.test 60 IN A 192.0.2.3",
    ) as server:
        resolver = make(server)
        question = uri("sip:example.test;transport=udp")
        await resolver.resolve(question)
        orders = [brief(resolver.resolve_now(question)) for _ in range(1_000)]
    firsts = Counter(order[0] for order in orders)
    assert 680 < firsts["UDP 192.0.2.1:5060"] < 820
    assert firsts["UDP 192.0.2.1:5060"] + firsts["UDP 192.0.2.2:5060"] == 1_000
    assert {order[2] for order in orders} == {"UDP 192.0.2.3:5060"}, "a worse priority stands last"


async def test_what_failed_lately_stands_last_for_a_while() -> None:
    clock = Clock()
    async with dns_server("example.test 600 IN A 192.0.2.1", "example.test 600 IN A 192.0.2.2") as server:
        resolver = make(server, clock, families=(4,))
        question = uri("sip:example.test:5060")
        first, second = await resolver.resolve(question)
        resolver.mark_failed(first.transport, first.address)
        assert resolver.resolve_now(question) == (second, first)
        clock.now += 61
        assert resolver.resolve_now(question) == (first, second)


async def test_a_dead_dns_is_given_up_within_the_budget() -> None:
    async with dns_server() as server:
        server.is_silent = True
        resolver = make(server, question_lifetime=0.2, budget=0.05)
        assert await resolver.resolve(uri("sip:example.test")) == ()
        await resolver.close()


async def test_calls_to_one_name_share_the_questions() -> None:
    async with dns_server("example.test 60 IN A 192.0.2.1") as server:
        server.gate = asyncio.Event()
        resolver = make(server)
        waiting = [asyncio.create_task(resolver.resolve(uri("sip:example.test"))) for _ in range(20)]
        await asyncio.sleep(0)
        server.gate.set()
        answers = await asyncio.gather(*waiting)
        assert {answer[0].address for answer in answers} == {Address("192.0.2.1", 5060)}
        assert set(server.asked.values()) == {1}
        assert resolver.queries == sum(server.asked.values())


async def test_a_change_of_network_forgets() -> None:
    async with dns_server("example.test 60 IN A 192.0.2.1") as server:
        resolver = make(server)
        await resolver.resolve(uri("sip:example.test:5060"))
        resolver.network_changed()
        assert resolver.resolve_now(uri("sip:example.test:5060")) is None
