"""UDP sockets on every loop: order, errors, a full send buffer."""

from __future__ import annotations

import asyncio
import errno
import socket
import sys
from collections.abc import Callable, Coroutine

import pytest

from app.errors import EnvironmentFault
from app.net.udp import EndpointSocket, ReaderSocket, UdpSockets, bind
from app.sip.flow import Address

LOOPS: list[Callable[[], asyncio.AbstractEventLoop]] = [asyncio.new_event_loop]
if sys.platform != "win32":
    import uvloop

    LOOPS.append(uvloop.new_event_loop)
linux_only = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells whom an ICMP error is about"
)


class Ear:
    """Hears what a socket receives, and lets a test wait for it."""

    def __init__(self) -> None:
        self.heard: list[tuple[bytes, Address]] = []
        self.unreachable: list[tuple[Address, str]] = []
        self._changed = asyncio.Event()
        self.on_datagram: Callable[[], None] = lambda: None

    def datagram_received(self, data: bytes, remote: Address) -> None:
        self.heard.append((data, Address(*remote)))
        self._changed.set()
        self.on_datagram()

    def peer_unreachable(self, remote: Address, reason: str) -> None:
        self.unreachable.append((remote, reason))
        self._changed.set()

    async def until(self, is_met: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not is_met():
                self._changed.clear()
                await self._changed.wait()


def run(make_loop: Callable[[], asyncio.AbstractEventLoop], main: Coroutine[object, object, None]) -> None:
    with asyncio.Runner(loop_factory=make_loop) as runner:
        runner.run(main)


def closed_port(host: str) -> Address:
    with bind(host, 0, socket.SOCK_DGRAM) as sock:
        return Address(host, sock.getsockname()[1])


@pytest.mark.parametrize("make_loop", LOOPS)
@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_datagrams_arrive_in_order_and_are_answered(
    make_loop: Callable[[], asyncio.AbstractEventLoop], host: str
) -> None:
    async def main() -> None:
        ours, theirs = Ear(), Ear()
        sockets = UdpSockets()
        one, other = await sockets.open(host, 0, ours), await sockets.open(host, 0, theirs)
        for number in range(200):  # more than one wake-up takes
            other.send(b"%d" % number, one.address)
        await ours.until(lambda: len(ours.heard) == 200)
        assert ours.heard == [(b"%d" % number, other.address) for number in range(200)]
        one.send(b"answer", ours.heard[0][1])
        await theirs.until(lambda: bool(theirs.heard))
        assert theirs.heard == [(b"answer", one.address)]
        one.close()
        other.close()

    run(make_loop, main())


@linux_only
@pytest.mark.parametrize("make_loop", LOOPS)
@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_an_icmp_error_is_told_for_its_peer_and_harms_no_other(
    make_loop: Callable[[], asyncio.AbstractEventLoop], host: str
) -> None:
    async def main() -> None:
        ear, friend = Ear(), Ear()
        sockets = UdpSockets()
        ours, theirs = await sockets.open(host, 0, ear), await sockets.open(host, 0, friend)
        dead = closed_port(host)
        for _ in range(5):
            ours.send(b"anyone?", dead)
            ours.send(b"hello", theirs.address)
        await friend.until(lambda: len(friend.heard) == 5)
        await ear.until(lambda: bool(ear.unreachable))
        assert {address for address, _ in ear.unreachable} == {dead}
        assert {reason for _, reason in ear.unreachable} == {"ECONNREFUSED"}
        theirs.send(b"still there?", ours.address)  # the loop must not have lost the socket over the error
        await ear.until(lambda: bool(ear.heard))
        ours.close()
        theirs.close()

    run(make_loop, main())


async def test_a_datagram_that_is_too_long_concerns_its_peer_only() -> None:
    ear = Ear()
    ours = await UdpSockets().open("127.0.0.1", 0, ear)
    ours.send(b"x" * 70_000, ours.address)
    assert [address for address, _ in ear.unreachable] == [ours.address]
    ours.send(b"short", ours.address)
    await ear.until(lambda: bool(ear.heard))
    ours.close()


async def test_closing_from_within_a_datagram_is_safe() -> None:
    ear = Ear()
    ours = await UdpSockets().open("127.0.0.1", 0, ear)
    ear.on_datagram = ours.close
    for _ in range(3):
        ours.send(b"x", ours.address)
    await ear.until(lambda: bool(ear.heard))
    ours.send(b"late", ours.address)
    ours.close()
    assert len(ear.heard) == 1


class FullSocket(socket.socket):
    """A socket whose send buffer has room only when the test says so."""

    room = 0

    def sendto(self, data: bytes, address: object) -> int:  # type: ignore[override]
        if self.room <= 0:
            raise OSError(errno.EAGAIN, "full")
        self.room -= 1
        return super().sendto(data, address)  # type: ignore[arg-type,call-overload,no-any-return]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows uses the loop's own datagram transport")
async def test_a_full_send_buffer_queues_then_drops() -> None:
    ear = Ear()
    sock = FullSocket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setblocking(False)
    sock.bind(("127.0.0.1", 0))
    ours = ReaderSocket(asyncio.get_running_loop(), sock, ear)
    for number in range(1_003):
        ours.send(b"%d" % number, ours.address)
    assert ours.dropped == 3
    assert not ear.heard
    for heard in range(100, 1_001, 100):  # more at once would overflow the buffer they are received in
        sock.room = 100
        await ear.until(lambda heard=heard: len(ear.heard) == heard)  # type: ignore[misc]
    assert [data for data, _ in ear.heard] == [b"%d" % number for number in range(1_000)]
    sock.room = 1
    ours.send(b"at once", ours.address)
    await ear.until(lambda: len(ear.heard) == 1_001)
    ours.close()


async def test_the_loops_own_transport_serves_where_sockets_cannot_be_watched() -> None:
    ear = Ear()
    sock = bind("127.0.0.1", 0, socket.SOCK_DGRAM)
    ours = EndpointSocket(sock, ear)
    await asyncio.get_running_loop().create_datagram_endpoint(lambda: ours, sock=sock)
    ours.send(b"hello", ours.address)
    await ear.until(lambda: bool(ear.heard))
    assert ear.heard == [(b"hello", ours.address)]
    ours.error_received(ConnectionResetError())
    ours.close()
    ours.send(b"late", ours.address)
    await asyncio.sleep(0)
    assert not ear.unreachable


async def test_a_port_in_use_is_a_fault_that_names_it() -> None:
    ours = await UdpSockets().open("127.0.0.1", 0, Ear())
    with pytest.raises(EnvironmentFault) as caught:
        await UdpSockets().open("127.0.0.1", ours.address.port, Ear())
    assert caught.value.code == "net.port"
    assert caught.value.details["port"] == ours.address.port
    ours.close()


async def test_an_address_that_is_not_ours_is_a_fault() -> None:
    with pytest.raises(EnvironmentFault) as caught:
        await UdpSockets().open("192.0.2.1", 0, Ear())
    assert caught.value.details["host"] == "192.0.2.1"


async def test_ipv6_and_ipv4_share_a_port() -> None:
    six = await UdpSockets().open("::", 0, Ear())
    four = await UdpSockets().open("0.0.0.0", six.address.port, Ear())
    assert six.address.port == four.address.port
    six.close()
    four.close()


async def test_our_address_toward_a_peer_comes_from_the_routes() -> None:
    sockets = UdpSockets()
    assert sockets.local_toward("127.0.0.1") == "127.0.0.1"
    sockets.network_changed()
    assert sockets.local_toward("::1") == "::1"
