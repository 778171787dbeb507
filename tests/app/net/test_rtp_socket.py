"""Media sockets: pairs, wires, and connected ones beside them."""

from __future__ import annotations

import asyncio
import socket

import pytest

from app.errors import EnvironmentFault
from app.net.rtp_ports import PortsExhausted, RtpPorts
from app.net.rtp_socket import (
    CAN_CONNECT_BESIDE,
    EndpointWire,
    ReaderWire,
    SocketAddress,
    allow_many_sockets,
    attach,
    can_watch_sockets,
    connected_beside,
    numeric,
    open_pair,
)
from tests.support.media_phone import MediaPhone, UnwatchedLoop, rtp_ports, until
from tests.support.programs import free_ports


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_pair_is_even_and_odd(host: str) -> None:
    pair = open_pair(host, rtp_ports(), 0.0)
    try:
        assert (pair.rtp.getsockname()[:2], pair.rtcp.getsockname()[:2]) == (
            (host, pair.port),
            (host, pair.port + 1),
        )
        assert pair.port % 2 == 0
        assert not pair.rtp.getblocking()
    finally:
        pair.close()


@pytest.mark.parametrize("held", [0, 1])
def test_a_pair_that_another_program_holds_is_passed_over(held: int) -> None:
    low = free_ports(4)
    ports = RtpPorts(low, low + 3, rest=0.0)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", low + held))
        pair = open_pair("127.0.0.1", ports, 0.0)
        pair.close()
        assert pair.port == low + 2
        assert ports.taken == 1


def test_nothing_free() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        low = free_ports(2)
        other.bind(("127.0.0.1", low))
        ports = RtpPorts(low, low + 1)
        with pytest.raises(PortsExhausted):
            open_pair("127.0.0.1", ports, 0.0)
        assert ports.taken == 0


def test_an_address_that_is_not_ours_is_the_environments_fault() -> None:
    ports = rtp_ports()
    with pytest.raises(EnvironmentFault) as failed:
        open_pair("192.0.2.1", ports, 0.0)
    assert failed.value.code == "media.socket"
    assert ports.taken == 0


@pytest.mark.skipif(not CAN_CONNECT_BESIDE, reason="only Linux shares a port so")
def test_a_connected_socket_takes_its_peers_packets_and_the_other_the_rest() -> None:
    pair = open_pair("127.0.0.1", rtp_ports(), 0.0)
    peer, stranger = MediaPhone(), MediaPhone()
    beside = connected_beside(pair.rtp, ("127.0.0.1", peer.port))
    try:
        sent, other = peer.send(pair.port), stranger.send(pair.port)
        assert beside.recv(2048) == sent
        assert pair.rtp.recv(2048) == other
        for sock in (beside, pair.rtp):
            with pytest.raises(BlockingIOError):
                sock.recv(2048)
        beside.send(b"back")
        assert peer.rtp.recvfrom(2048) == (b"back", ("127.0.0.1", pair.port))
        with socket.socket(
            socket.AF_INET, socket.SOCK_DGRAM
        ) as thief:  # the port is not shared with anybody else
            thief.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with pytest.raises(OSError, match="in use"):
                thief.bind(("127.0.0.1", pair.port))
        beside.close()
        assert peer.send(pair.port) == pair.rtp.recv(2048)
    finally:
        beside.close()
        pair.close()
        peer.close()
        stranger.close()


@pytest.mark.skipif(not CAN_CONNECT_BESIDE, reason="only Linux shares a port so")
def test_a_connection_that_fails_leaves_nothing_open() -> None:
    pair = open_pair("127.0.0.1", rtp_ports(), 0.0)
    with pytest.raises(OSError, match=r"\w"):
        connected_beside(pair.rtp, ("255.255.255.255", 9))
    pair.close()


@pytest.mark.parametrize("kind", [ReaderWire, EndpointWire])
def test_a_wire_reads_and_sends_on_either_kind_of_loop(kind: type) -> None:
    heard: list[tuple[bytes, SocketAddress]] = []

    async def talk() -> None:
        pair = open_pair("127.0.0.1", rtp_ports(), 0.0)
        phone = MediaPhone()
        wire = await attach(
            asyncio.get_running_loop(), pair.rtp, lambda data, address: heard.append((data, address))
        )
        assert isinstance(wire, kind)
        assert can_watch_sockets(wire) == (kind is ReaderWire)
        sent = phone.send(pair.port)
        await until(lambda: bool(heard))
        assert heard == [(sent, ("127.0.0.1", phone.port))]
        wire.send_to(b"back", heard[0][1])
        assert await phone.receive() == (b"back", pair.port)
        wire.close()
        wire.close()
        pair.rtcp.close()
        phone.close()
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    factory = asyncio.SelectorEventLoop if kind is ReaderWire else UnwatchedLoop
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(talk())


def test_a_wire_that_is_closed_sends_nothing_and_an_icmp_error_is_no_news() -> None:
    wire = EndpointWire(lambda data, address: None)
    wire.send_to(b"x", ("127.0.0.1", 9))
    wire.error_received(ConnectionRefusedError())
    wire.close()
    assert not can_watch_sockets(wire)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:DB8:0::1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("a.example", None),
    ],
)
def test_the_one_spelling_of_an_address(written: str, expected: str | None) -> None:
    assert numeric(written) == expected


def test_raising_the_limit_of_sockets_is_no_error_when_done_twice() -> None:
    allow_many_sockets()
    allow_many_sockets()
    pair = open_pair("127.0.0.1", rtp_ports(), 0.0)
    pair.close()
    assert pair.rtp.fileno() == -1
