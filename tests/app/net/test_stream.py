"""TCP and TLS connections between two sides on loopback, and against peers that misbehave."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path

import pytest

from app.errors import EnvironmentFault
from app.net.stream import StreamLimits, Streams
from app.net.tls import TlsClientSettings, TlsFiles, client_context, own_files, server_context
from app.sip.errors import MessageError
from app.sip.flow import Address, Flow, Transport

LOOPS: list[Callable[[], asyncio.AbstractEventLoop]] = [asyncio.new_event_loop]
if sys.platform != "win32":
    import uvloop

    LOOPS.append(uvloop.new_event_loop)

LOCAL = Address("127.0.0.1", 5060)


def message(number: int = 1, size: int = 0) -> bytes:
    head = f"OPTIONS sip:a@127.0.0.1 SIP/2.0\r\nCSeq: {number} OPTIONS\r\nContent-Length: {size}\r\n\r\n"
    return head.encode() + b"x" * size


class Ear:
    """Takes what connections deliver and lets a test wait for it."""

    def __init__(self) -> None:
        self.heard: list[tuple[bytes, Flow]] = []
        self.unframed: list[tuple[bytes, int | None]] = []
        self.failed: list[tuple[Flow, str]] = []
        self._changed = asyncio.Event()

    def message_received(self, data: bytes, flow: Flow) -> None:
        self.heard.append((data, flow))
        self._changed.set()

    def unframed_received(self, head: bytes, error: MessageError, flow: Flow) -> None:
        self.unframed.append((head, error.status))
        self._changed.set()

    def connection_failed(self, flow: Flow, reason: str) -> None:
        self.failed.append((flow, reason))
        self._changed.set()

    async def until(self, is_met: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not is_met():
                self._changed.clear()
                await self._changed.wait()


@contextlib.asynccontextmanager
async def node(
    transport: Transport = Transport.TCP,
    *,
    host: str = "127.0.0.1",
    files: TlsFiles | None = None,
    client: TlsClientSettings | None = None,
    limits: StreamLimits | None = None,
    name: str = "localhost",
    admits: Callable[[str], bool] | None = None,
) -> AsyncIterator[tuple[Streams, Ear, Address]]:
    ear = Ear()
    settings = client or TlsClientSettings()
    streams = Streams(
        ear,
        client_tls=lambda _: client_context(settings),
        server_name=lambda _: name,
        limits=limits,
        admits=admits,
    )
    context = server_context(files) if files is not None else None
    bound = await streams.listen(transport, host, 0, context)
    try:
        yield streams, ear, bound
    finally:
        await streams.close()


def run(make_loop: Callable[[], asyncio.AbstractEventLoop], main: Coroutine[object, object, None]) -> None:
    with asyncio.Runner(loop_factory=make_loop) as runner:
        runner.run(main)


@pytest.mark.parametrize("make_loop", LOOPS)
@pytest.mark.parametrize("transport", [Transport.TCP, Transport.TLS])
@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_requests_open_one_connection_and_answers_come_back_on_it(
    make_loop: Callable[[], asyncio.AbstractEventLoop], transport: Transport, host: str, tmp_path: Path
) -> None:
    async def main() -> None:
        files = own_files(tmp_path) if transport is Transport.TLS else None
        async with (
            node(transport, host=host, files=files) as (ours, ear, our_address),
            node(transport, host=host, files=files) as (theirs, their_ear, their_address),
        ):
            flow = Flow(transport, our_address, their_address)
            for number in range(3):
                ours.send(message(number), flow)
            await their_ear.until(lambda: len(their_ear.heard) == 3)
            assert [data for data, _ in their_ear.heard] == [message(number) for number in range(3)]
            inbound = their_ear.heard[0][1]
            assert inbound.connection != 0
            assert inbound.local == their_address
            assert len(ours) == len(theirs) == 1

            theirs.send(message(7, 30_000), inbound)
            theirs.send(
                message(8), Flow(transport, their_address, inbound.remote)
            )  # by peer: the same connection
            await ear.until(lambda: len(ear.heard) == 2)
            assert ear.heard[0][0] == message(7, 30_000)
            assert ear.heard[0][1].remote == their_address
            assert ear.heard[0][1].local == our_address, "the port that can be connected to"
            assert len(ours) == len(theirs) == 1

    run(make_loop, main())


@pytest.mark.parametrize("make_loop", LOOPS)
def test_a_refused_connection_is_told_with_the_flow_that_was_asked_for(
    make_loop: Callable[[], asyncio.AbstractEventLoop],
) -> None:
    async def main() -> None:
        with socket.socket() as sock:
            sock.bind(("127.0.0.1", 0))
            port = sock.getsockname()[1]
        async with node() as (ours, ear, _):
            flow = Flow(Transport.TCP, LOCAL, Address("127.0.0.1", port))
            ours.send(message(), flow)
            assert ours.is_open(flow)
            await ear.until(lambda: bool(ear.failed))
            assert ear.failed[0][0] is flow
            assert not ours.is_open(flow)

    run(make_loop, main())


async def test_a_connection_that_nobody_accepts_is_given_up() -> None:
    with socket.socket() as sock, contextlib.ExitStack() as crowd:
        sock.bind(("127.0.0.1", 0))
        sock.listen(0)
        for _ in range(3):  # fill the backlog: further SYNs go unanswered
            filler = crowd.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(sock.getsockname())
        async with node() as (ours, ear, _):
            flow = Flow(Transport.TCP, LOCAL, Address(*sock.getsockname()))
            ours.send(message(), flow, 0.05)
            await ear.until(lambda: bool(ear.failed))
            assert ear.failed == [(flow, "no connection within 0.05 s")]


@pytest.mark.parametrize("make_loop", LOOPS)
def test_a_peer_that_hangs_up_in_the_handshake_is_told_in_words(
    make_loop: Callable[[], asyncio.AbstractEventLoop],
) -> None:
    async def main() -> None:
        server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
        async with node() as (streams, ear, _):
            peer = Address(*server.sockets[0].getsockname()[:2])
            streams.send(message(), Flow(Transport.TLS, LOCAL, peer))
            await ear.until(lambda: bool(ear.failed))
            assert ear.failed[0][1]
        server.close()
        await server.wait_closed()

    run(make_loop, main())


async def test_closing_while_connecting_leaves_nothing() -> None:
    async with node() as (ours, ear, address):
        ours.send(message(), Flow(Transport.TCP, LOCAL, address))
    assert not ear.failed


async def test_the_end_of_a_connection_is_told_and_the_next_message_opens_another() -> None:
    async with node() as (ours, ear, our_address), node() as (theirs, their_ear, their_address):
        flow = Flow(Transport.TCP, our_address, their_address)
        ours.send(message(1), flow)
        await their_ear.until(lambda: bool(their_ear.heard))
        await theirs.close()
        await ear.until(lambda: bool(ear.failed))
        gone = ear.failed[0][0]
        assert gone.connection != 0
        assert gone.remote == their_address
        ours.send(message(2), gone)
        assert ear.failed[1] == (gone, "the connection was closed")
        assert len(ours) == 0


async def open_raw(address: Address) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection(address.host, address.port)


async def end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    """Read until the other side closes."""
    async with asyncio.timeout(10):
        try:
            rest = await reader.read()
        except ConnectionError:
            rest = b""
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()
    return rest


async def test_pings_are_answered_and_messages_cut_from_any_pieces() -> None:
    async with node() as (_, ear, address):
        reader, writer = await open_raw(address)
        writer.write(b"\r\n\r\n")
        assert await reader.readexactly(2) == b"\r\n"
        for byte in message(1, 5) + message(2):
            writer.write(bytes((byte,)))
            await writer.drain()
        await ear.until(lambda: len(ear.heard) == 2)
        assert [data for data, _ in ear.heard] == [message(1, 5), message(2)]
        writer.close()
        await writer.wait_closed()
        await ear.until(lambda: bool(ear.failed))


async def test_a_stream_that_cannot_be_followed_is_told_and_closed() -> None:
    async with node() as (streams, ear, address):
        reader, writer = await open_raw(address)
        writer.write(message(1) + b"OPTIONS sip:a SIP/2.0\r\nContent-Length: x\r\n\r\n")
        assert await end(reader, writer) == b""
        assert [data for data, _ in ear.heard] == [message(1)]
        assert [status for _, status in ear.unframed] == [400]
        assert len(streams) == 0


async def test_too_many_connections_of_one_host_are_turned_away() -> None:
    async with node(limits=StreamLimits(per_host=2)) as (streams, ear, address):
        kept = [await open_raw(address) for _ in range(2)]
        for number, (_, writer) in enumerate(kept):
            writer.write(message(number))
        await ear.until(lambda: len(ear.heard) == 2)
        reader, writer = await open_raw(address)
        assert await end(reader, writer) == b""
        assert streams.refused == 1
        assert len(streams) == 2
        for _, writer in kept:
            writer.close()
        await ear.until(lambda: len(ear.failed) == 2)
        again = await open_raw(address)
        again[1].write(message(9))
        await ear.until(lambda: len(ear.heard) == 3)
        again[1].close()
        await ear.until(lambda: len(ear.failed) == 3)


async def test_too_many_connections_in_all_are_turned_away() -> None:
    async with node(limits=StreamLimits(connections=0)) as (streams, _, address):
        reader, writer = await open_raw(address)
        assert await end(reader, writer) == b""
        assert streams.refused == 1


async def test_a_host_that_is_not_admitted_is_turned_away() -> None:
    asked: list[str] = []

    def admits(host: str) -> bool:
        asked.append(host)
        return False

    async with node(admits=admits) as (streams, ear, address):
        reader, writer = await open_raw(address)
        assert await end(reader, writer) == b""
        assert (asked, len(streams), ear.heard) == (["127.0.0.1"], 0, [])


@pytest.mark.parametrize(
    ("sent", "after"),
    [(b"", 61.0), (message(1) + b"INVITE sip:", 31.0), (message(1), 7_501.0)],
    ids=["says nothing", "never ends its message", "idle"],
)
async def test_a_connection_that_is_overdue_is_closed(sent: bytes, after: float) -> None:
    async with node() as (streams, ear, address):
        now = 100.0
        streams.clock = lambda: now
        reader, writer = await open_raw(address)
        writer.write(b"\r\n\r\n" + sent)
        await reader.readexactly(2)
        if sent:
            await ear.until(lambda: bool(ear.heard))
        now += after - 2
        streams.sweep()
        assert not ear.failed
        now += 2
        streams.sweep()
        assert await end(reader, writer) == b""
        assert len(streams) == 0


async def test_a_peer_that_does_not_read_is_cut_off() -> None:
    limits = StreamLimits(send_buffer=100_000)
    async with node(limits=limits) as (streams, ear, address):
        reader, writer = await open_raw(address)
        writer.write(message())
        await ear.until(lambda: bool(ear.heard))
        flow = ear.heard[0][1]
        for _ in range(1_000):
            if not streams.is_open(flow):
                break
            streams.send(message(1, 60_000), flow)
            await asyncio.sleep(0)
        await ear.until(lambda: bool(ear.failed))
        writer.transport.abort()
        assert reader is not None


async def test_a_taken_port_is_a_fault() -> None:
    async with node() as (streams, _, address):
        with pytest.raises(EnvironmentFault) as caught:
            await streams.listen(Transport.TCP, address.host, address.port, None)
        assert caught.value.details["transport"] == "TCP"


@pytest.mark.parametrize(("name", "is_trusted"), [("localhost", True), ("other.test", False)])
async def test_a_certificate_is_verified_where_that_is_wanted(
    name: str, is_trusted: bool, tmp_path: Path
) -> None:
    files = own_files(tmp_path)
    client = TlsClientSettings(verify=True, authorities=files.certificate)
    async with (
        node(Transport.TLS, files=files) as (_, their_ear, address),
        node(client=client, name=name) as (ours, ear, _),
    ):
        ours.send(message(), Flow(Transport.TLS, LOCAL, address))
        if is_trusted:
            await their_ear.until(lambda: bool(their_ear.heard))
        else:
            await ear.until(lambda: bool(ear.failed))
            assert "certificate" in ear.failed[0][1].lower()
            assert not their_ear.heard


async def test_a_connection_serves_only_those_who_demand_the_same_proof(tmp_path: Path) -> None:
    files = own_files(tmp_path)
    async with (
        node(Transport.TLS, files=files) as (_, their_ear, address),
        node() as (ours, ear, _),
    ):
        plain = Flow(Transport.TLS, LOCAL, address)
        proven = Flow(Transport.TLS, LOCAL, address, proof="localhost")
        ours.send(message(1), plain)
        await their_ear.until(lambda: len(their_ear.heard) == 1)
        assert ours.is_open(plain)
        assert not ours.is_open(proven)
        ours.send(message(2), proven)
        assert ours.leads_to(Transport.TLS, address, "localhost")
        ours.send(message(3), proven)
        await their_ear.until(lambda: len(their_ear.heard) == 3)
        assert len(ours) == 2
        assert len({flow.remote for _, flow in their_ear.heard}) == 2
        assert not ear.failed


async def test_authorities_that_cannot_be_read_fail_the_connection_in_words(tmp_path: Path) -> None:
    client = TlsClientSettings(verify=True, authorities=tmp_path / "none.pem")
    async with (
        node(Transport.TLS, files=own_files(tmp_path)) as (_, _, address),
        node(client=client) as (ours, ear, _),
    ):
        ours.send(message(), Flow(Transport.TLS, LOCAL, address))
        await ear.until(lambda: bool(ear.failed))
        assert "none.pem holds no certificates" in ear.failed[0][1]


async def test_old_tls_and_plain_text_do_no_harm(tmp_path: Path) -> None:
    async with node(Transport.TLS, files=own_files(tmp_path)) as (_, ear, address):
        reader, writer = await open_raw(address)
        writer.write(message())
        await end(reader, writer)
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname = False
        old.verify_mode = ssl.CERT_NONE
        with pytest.warns(DeprecationWarning, match="TLS"):
            old.maximum_version = ssl.TLSVersion.TLSv1_1
        with pytest.raises((ssl.SSLError, ConnectionError)):
            await asyncio.open_connection(address.host, address.port, ssl=old)
        assert not ear.heard
        good = client_context(TlsClientSettings())
        reader, writer = await asyncio.open_connection(address.host, address.port, ssl=good)
        writer.write(message())
        await ear.until(lambda: bool(ear.heard))
        writer.close()
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            await writer.wait_closed()
