"""Two endpoints with real stacks and real sockets on loopback, on every loop."""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from app.errors import EnvironmentFault
from app.net.hosts_file import HostsFile
from app.net.resolver import Resolver, ResolverSettings
from app.net.sip_endpoint import Bound, Listen, SipEndpoint
from app.net.tls import own_files
from app.sip.events import Accepted, Ended, InviteReceived, RequestReceived, ResponseReceived
from app.sip.flow import Address, Direction, Flow, Transport
from app.sip.outgoing import OutgoingInvite, OutgoingRequest
from app.sip.stack import SipStack, StackSettings
from tests.support.dns_server import dns_server

LOOPS: list[Callable[[], asyncio.AbstractEventLoop]] = [asyncio.new_event_loop]
if sys.platform != "win32":
    import uvloop

    LOOPS.append(uvloop.new_event_loop)
linux_only = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells whom an ICMP error is about"
)


@dataclass
class Record:
    """A capture that tests can read."""

    seen: list[tuple[Direction, Flow, bytes]] = field(default_factory=list)

    def record(self, time_unix: float, direction: Direction, flow: Flow, data: bytes) -> None:
        assert time_unix > 0
        self.seen.append((direction, flow, data))

    def lines(self, transport: Transport) -> list[str]:
        """The first lines of what went over a transport, with "<" or ">"."""
        return [
            f"{'<' if way is Direction.IN else '>'} {data.partition(chr(13).encode())[0].decode()}"
            for way, flow, data in self.seen
            if flow.transport is transport
        ]


class Node:
    """An endpoint with a real stack; what happened to it can be waited for."""

    def __init__(self, servers: tuple[str, ...] = ("127.0.0.1:9",)) -> None:
        self.record = Record()
        self.events: list[Any] = []
        self.on_event: Callable[[Any], None] = lambda event: None
        self._changed = asyncio.Event()
        resolver = Resolver(ResolverSettings(servers=servers), hosts=HostsFile(Path("no-such-file")))
        self.closed: list[Flow] = []
        self.fails_on_close = False
        self.endpoint = SipEndpoint(
            SipStack(StackSettings(seed=1)), resolver, self.record, self._take, on_closed=self._close
        )
        self.bound: dict[Transport, Address] = {}

    def _take(self, event: Any) -> None:
        self.events.append(event)
        self._changed.set()
        self.on_event(event)

    def _close(self, flow: Flow) -> None:
        self.closed.append(flow)
        self._changed.set()
        if self.fails_on_close:
            raise RuntimeError("a bug in who listens")

    async def start(self, *listen: Listen) -> None:
        self.bound = {each.transport: each.address for each in await self.endpoint.start(listen)}

    async def next_of(self, kind: type[Any]) -> Any:
        async with asyncio.timeout(10):
            while True:
                for event in self.events:
                    if isinstance(event, kind):
                        return event
                self._changed.clear()
                await self._changed.wait()

    def answer_options(self, event: Any) -> None:
        """Say 200 to whatever is asked outside a dialog."""
        if isinstance(event, RequestReceived):
            self.endpoint.run(self.endpoint.stack.respond, event.transaction, event.request.reply(200))

    def ask(self, uri: str, body: bytes = b"", **kw: Any) -> None:
        order = OutgoingRequest(
            method="OPTIONS" if not body else "MESSAGE",
            uri=uri,
            from_="<sip:us@test>",
            to=f"<{uri}>",
            body=body,
            content_type="text/plain" if body else "",
            **kw,
        )
        self.endpoint.run(self.endpoint.stack.send_request, order)


@contextlib.asynccontextmanager
async def node(*listen: Listen, servers: tuple[str, ...] = ("127.0.0.1:9",)) -> AsyncIterator[Node]:
    made = Node(servers)
    await made.start(*listen)
    try:
        yield made
    finally:
        await made.endpoint.stop()


def udp(host: str = "127.0.0.1", port: int = 0) -> Listen:
    return Listen(transport=Transport.UDP, host=host, port=port)


def tcp(host: str = "127.0.0.1", port: int = 0) -> Listen:
    return Listen(transport=Transport.TCP, host=host, port=port)


def run(make_loop: Callable[[], asyncio.AbstractEventLoop], main: Coroutine[object, object, None]) -> None:
    with asyncio.Runner(loop_factory=make_loop) as runner:
        runner.run(main)


@pytest.mark.parametrize("make_loop", LOOPS)
@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
@pytest.mark.parametrize("transport", list(Transport))
def test_a_call_is_made_answered_and_ended(
    make_loop: Callable[[], asyncio.AbstractEventLoop], host: str, transport: Transport, tmp_path: Path
) -> None:
    async def main() -> None:
        files = own_files(tmp_path) if transport is Transport.TLS else None
        listen = Listen(transport=transport, host=host, port=0, tls=files)
        async with node(listen) as caller, node(listen) as callee:
            target = callee.bound[transport]

            def answer(event: Any) -> None:
                if isinstance(event, InviteReceived):
                    callee.endpoint.run(event.session.accept, b"v=0\r\n")

            callee.on_event = answer
            suffix = "" if transport is Transport.UDP else f";transport={transport.lower()}"
            invite = OutgoingInvite(
                uri=f"sip:you@{target}{suffix}",
                from_="<sip:us@test>",
                to=f"<sip:you@{target}>",
                contact_user="us",
                sdp=b"v=0\r\n",
            )
            session = caller.endpoint.run(caller.endpoint.stack.invite, invite)
            accepted = await caller.next_of(Accepted)
            assert accepted.session is session
            assert accepted.sdp == b"v=0\r\n"
            caller.endpoint.run(session.end)
            await caller.next_of(Ended)
            await callee.next_of(Ended)
            assert caller.endpoint.counters.faults == callee.endpoint.counters.faults == 0
            if transport is not Transport.UDP:
                assert caller.endpoint.connections == callee.endpoint.connections == 1
            methods = [line.split()[1] for line in caller.record.lines(transport) if line[0] == ">"]
            assert list(dict.fromkeys(methods)) == ["INVITE", "ACK", "BYE"]

    run(make_loop, main())


async def test_a_name_is_resolved_before_the_request_goes_out() -> None:
    async with node(udp()) as callee:
        callee.on_event = callee.answer_options
        port = callee.bound[Transport.UDP].port
        async with (
            dns_server(
                f"_sip._udp.pbx.test 60 IN SRV 0 0 {port} host.pbx.test.", "host.pbx.test 60 IN A 127.0.0.1"
            ) as server,
            node(udp(), servers=(server.address,)) as caller,
        ):
            caller.ask("sip:you@pbx.test")
            assert (await caller.next_of(ResponseReceived)).status == 200
            caller.events.clear()
            caller.ask("sip:you@pbx.test")
            assert server.asked["pbx.test", "NAPTR"] == 1, "from the cache, without a task"
            assert (await caller.next_of(ResponseReceived)).status == 200


async def test_an_unknown_name_is_answered_and_not_waited_for() -> None:
    async with dns_server() as server, node(udp(), servers=(server.address,)) as caller:
        caller.ask("sip:you@missing.test")
        assert (await caller.next_of(ResponseReceived)).response is None


@linux_only
@pytest.mark.parametrize("make_loop", LOOPS)
def test_an_unreachable_peer_fails_its_request_and_no_other(
    make_loop: Callable[[], asyncio.AbstractEventLoop],
) -> None:
    async def main() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.bind(("127.0.0.1", 0))
            dead = sock.getsockname()[1]
        async with node(udp()) as callee, node(udp()) as caller:
            callee.on_event = callee.answer_options
            caller.ask(f"sip:dead@127.0.0.1:{dead}")
            assert (await caller.next_of(ResponseReceived)).response is None
            caller.events.clear()
            caller.ask(f"sip:alive@{callee.bound[Transport.UDP]}")
            assert (await caller.next_of(ResponseReceived)).status == 200
            assert caller.endpoint.counters.flow_failures == 1

    run(make_loop, main())


@pytest.mark.parametrize("make_loop", LOOPS)
def test_garbage_never_stops_it(make_loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    async def main() -> None:
        async with node(udp(), tcp()) as callee, node(udp(), tcp()) as caller:
            callee.on_event = callee.answer_options
            chance = random.Random(7)
            target = callee.bound[Transport.UDP]
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
                for number in range(400):
                    size = chance.choice((0, 1, 2, 4, 20, 300, 1_400))
                    data = chance.randbytes(size)
                    if number % 4 == 0:
                        data = b"INVITE sip:a SIP/2.0\r\nVia: " + data
                    elif number % 4 == 1:
                        data = b"\r\n\r\n"
                    sock.sendto(data, target)
                    if number % 50 == 0:
                        await asyncio.sleep(0)
            _, writer = await asyncio.open_connection(*callee.bound[Transport.TCP])
            writer.write(chance.randbytes(5_000) + b"\r\n\r\n")
            for suffix, where in (("", target), (";transport=tcp", callee.bound[Transport.TCP])):
                caller.events.clear()
                caller.ask(f"sip:alive@{where}{suffix}")
                assert (await caller.next_of(ResponseReceived)).status == 200
            counters = callee.endpoint.counters
            assert counters.keep_alives >= 100
            assert counters.garbage > 0
            assert counters.faults == 0
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    run(make_loop, main())


async def test_empty_lines_before_a_datagram_are_skipped() -> None:
    async with node(udp()) as ours:
        flow = Flow(Transport.UDP, ours.bound[Transport.UDP], Address("127.0.0.1", 9))
        ours.endpoint.message_received(b"\r\n\r\nOPTIONS sip:a SIP/2.0\r\n\r\n", flow)
        assert ours.endpoint.counters.messages_in == 1
        assert ours.endpoint.counters.keep_alives == 0


async def test_what_comes_from_a_host_that_is_not_admitted_is_dropped_unread() -> None:
    async with node(udp()) as ours:
        ours.endpoint._admits = lambda host: host != "192.0.2.9"
        here = ours.bound[Transport.UDP]
        request = b"OPTIONS sip:a SIP/2.0\r\n\r\n"
        ours.endpoint.message_received(request, Flow(Transport.UDP, here, Address("192.0.2.9", 5060)))
        assert (ours.endpoint.counters.refused, ours.endpoint.counters.messages_in) == (1, 0)
        assert ours.record.seen == []
        ours.endpoint.message_received(request, Flow(Transport.UDP, here, Address("127.0.0.1", 9)))
        assert (ours.endpoint.counters.refused, ours.endpoint.counters.messages_in) == (1, 1)


async def test_a_stream_that_cannot_be_followed_is_answered_and_captured() -> None:
    async with node(tcp()) as ours:
        reader, writer = await asyncio.open_connection(*ours.bound[Transport.TCP])
        writer.write(
            b"OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/TCP a.test;branch=z9hG4bK1\r\nFrom: <sip:a>;tag=1\r\n"
            b"To: <sip:b>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nContent-Length: many\r\n\r\n"
        )
        answer = await reader.read()
        assert answer.startswith(b"SIP/2.0 400 ")
        writer.close()
        await writer.wait_closed()
        assert ours.record.lines(Transport.TCP)[0] == "< OPTIONS sip:a SIP/2.0"


@pytest.mark.logs("noting the closed connection")
async def test_a_closed_connection_is_told_and_a_fault_there_does_no_harm() -> None:
    async with node(tcp()) as callee:
        callee.fails_on_close = True
        callee.on_event = callee.answer_options
        async with node(tcp()) as caller:
            caller.ask(f"sip:you@{callee.bound[Transport.TCP]};transport=tcp")
            assert (await caller.next_of(ResponseReceived)).status == 200
        async with asyncio.timeout(10):
            while not callee.closed:
                callee._changed.clear()
                await callee._changed.wait()
        assert callee.closed[0].connection == 1
        assert callee.endpoint.counters.faults == 1


def free_port_pair() -> int:
    """A port that is free for both UDP and TCP."""
    while True:
        with socket.socket() as stream, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagram:
            stream.bind(("127.0.0.1", 0))
            with contextlib.suppress(OSError):
                datagram.bind(("127.0.0.1", stream.getsockname()[1]))
                return int(stream.getsockname()[1])


async def test_a_large_request_goes_over_tcp() -> None:
    port = free_port_pair()
    async with node(udp(port=port), tcp(port=port)) as callee, node(udp(), tcp()) as caller:
        callee.on_event = callee.answer_options
        caller.ask(f"sip:you@127.0.0.1:{port}", b"x" * 1_500)
        assert (await caller.next_of(ResponseReceived)).status == 200
        assert [line[:9] for line in caller.record.lines(Transport.TCP)] == ["> MESSAGE", "< SIP/2.0"]
        assert not caller.record.lines(Transport.UDP)
        request = (await callee.next_of(RequestReceived)).request
        assert request.via.transport == "TCP"
        assert request.via.port == caller.bound[Transport.TCP].port


async def test_a_large_request_falls_back_to_udp_where_tcp_is_refused() -> None:
    port = free_port_pair()
    async with node(udp(port=port)) as callee, node(udp(), tcp()) as caller:
        callee.on_event = callee.answer_options
        for _ in range(2):
            caller.events.clear()
            caller.ask(f"sip:you@127.0.0.1:{port}", b"x" * 1_500)
            assert (await caller.next_of(ResponseReceived)).status == 200
        tries = [line[:9] for line in caller.record.lines(Transport.TCP)]
        assert tries == ["> MESSAGE"], "the second time TCP is not tried any more"
        assert (await callee.next_of(RequestReceived)).request.via.transport == "UDP"


async def test_all_sockets_open_or_none() -> None:
    async with node(udp()) as other:
        taken = other.bound[Transport.UDP]
        ours = Node()
        with pytest.raises(EnvironmentFault) as caught:
            await ours.start(tcp(), udp(), udp(port=taken.port))
        assert caught.value.details["port"] == taken.port


async def test_a_tls_listener_without_a_certificate_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="certificate"):
        await Node().start(Listen(transport=Transport.TLS, host="127.0.0.1", port=0))


async def test_a_wildcard_socket_names_our_address_toward_the_peer() -> None:
    async with node(udp("0.0.0.0"), udp("::"), tcp("0.0.0.0")) as ours, node(udp("127.0.0.1")) as four:
        four.on_event = four.answer_options
        ours.ask(f"sip:a@{four.bound[Transport.UDP]}")
        assert (await ours.next_of(ResponseReceived)).status == 200
        request = await four.next_of(RequestReceived)
        assert request.request.via.host == "127.0.0.1"
        assert ours.endpoint.contact_uri(ours.record.seen[0][1], "100") == (
            f"sip:100@127.0.0.1:{ours.record.seen[0][1].local.port}"
        )
        ours.endpoint.network_changed()
        ours.events.clear()
        ours.ask(f"sip:a@{four.bound[Transport.UDP]}")
        assert (await ours.next_of(ResponseReceived)).status == 200


async def test_without_a_socket_of_the_family_there_is_no_way() -> None:
    async with node(udp()) as ours:
        ours.ask("sip:a@[::1]:5060")
        assert (await ours.next_of(ResponseReceived)).response is None


async def test_a_flow_from_before_a_restart_takes_the_socket_there_is() -> None:
    async with node(udp()) as callee, node(udp()) as caller:
        callee.on_event = callee.answer_options
        old = Flow(Transport.UDP, Address("127.0.0.1", 1), callee.bound[Transport.UDP])
        caller.ask("sip:you@somewhere.test", flows=(old,))
        assert (await caller.next_of(ResponseReceived)).status == 200


async def test_nothing_is_left_after_the_stop() -> None:
    async with dns_server() as server:
        server.is_silent = True
        async with node(udp(), tcp(), servers=(server.address,)) as ours:
            ours.ask("sip:a@silent.test")
            ours.ask("sip:a@127.0.0.1:9;transport=tcp")
        assert ours.endpoint.stack.deadline() is None or not ours.events
        await ours.endpoint.stop()


def test_bound_and_listen_are_plain_values() -> None:
    assert Bound(Transport.UDP, Address("::1", 5060)) == Bound(Transport.UDP, Address("::1", 5060))
    assert udp() == Listen(transport=Transport.UDP, host="127.0.0.1", port=0)
