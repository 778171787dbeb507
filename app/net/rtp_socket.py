"""The sockets media travels on: bound in pairs, read on any loop, connected once the source is known."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import ipaddress
import logging
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, cast

from app.errors import EnvironmentFault
from app.net.rtp_ports import PortsExhausted, RtpPorts

logger = logging.getLogger(__name__)

SocketAddress = tuple[Any, ...]  # (host, port), and flow and scope of IPv6, as the socket module has it
OnDatagram = Callable[[bytes, SocketAddress], None]

LARGEST = 2_048  # no RTP packet on a network of 1,500 bytes is longer
_EXPEDITED = 0xB8  # DSCP EF: voice (RFC 3246)
# On Linux a connected socket beside an unconnected one on its port gets its peer's packets, and nothing else.
CAN_CONNECT_BESIDE = sys.platform == "linux"


@dataclass(frozen=True, slots=True)
class SocketPair:
    """An RTP socket on an even port and an RTCP socket on the next."""

    rtp: socket.socket
    rtcp: socket.socket
    host: str
    port: int

    def close(self) -> None:
        """Close both."""
        self.rtp.close()
        self.rtcp.close()


def open_pair(host: str, ports: RtpPorts, now: float) -> SocketPair:
    """Bind a pair at `host`, passing over those another program holds; PortsExhausted, EnvironmentFault."""
    for _ in range(ports.size):
        port = ports.take(now)
        try:
            rtp = _bound(host, port)
            try:
                return SocketPair(rtp, _bound(host, port + 1), host, port)
            except BaseException:
                rtp.close()
                raise
        except OSError as error:
            ports.give_back(port, now)
            # Windows refuses ports that it reserves with EACCES
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise EnvironmentFault(
                    "media.socket", f"No socket for media at {host}: {error}", host=host, reason=str(error)
                ) from error
            logger.debug("RTP port %d at %s is held by another program", port, host)
    raise PortsExhausted(ports.low, ports.high)


def connected_beside(sock: socket.socket, remote: SocketAddress) -> socket.socket:
    """A second socket on the same port that hears only `remote`; OSError. See CAN_CONNECT_BESIDE.

    The port is shared only while this binds: otherwise any program could take part of the traffic.
    """
    beside = socket.socket(sock.family, socket.SOCK_DGRAM)
    try:
        beside.setblocking(False)
        for each in (sock, beside):
            each.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            beside.bind(sock.getsockname())
        finally:
            for each in (sock, beside):
                each.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        _mark_as_voice(beside)
        beside.connect(remote)
    except BaseException:
        beside.close()
        raise
    return beside


class Wire(Protocol):
    """One unconnected socket on the loop, and how it is sent from."""

    def send_to(self, data: bytes, address: SocketAddress) -> None:
        """Send, or raise OSError: a full buffer, an unreachable network."""

    def close(self) -> None:
        """Stop reading and close the socket."""


class ReaderWire:
    """A socket that the loop watches: uvloop, winloop, asyncio on a selector."""

    __slots__ = ("_fd", "_loop", "_on_datagram", "_receive", "_send", "_sock")

    def __init__(self, loop: asyncio.AbstractEventLoop, sock: socket.socket, on_datagram: OnDatagram) -> None:
        self._loop, self._sock, self._fd = loop, sock, sock.fileno()
        self._on_datagram = on_datagram
        self._receive = sock.recvfrom
        self._send = sock.sendto
        loop.add_reader(self._fd, self._readable)

    def _readable(self) -> None:
        # One datagram a wake-up: a second read that finds nothing costs as much as the first.
        try:
            data, address = self._receive(LARGEST)
        except OSError:  # an ICMP error of an earlier packet, or nothing there after all
            return
        self._on_datagram(data, address)

    def send_to(self, data: bytes, address: SocketAddress) -> None:
        """Send, or raise OSError."""
        self._send(data, address)

    def close(self) -> None:
        """Stop reading and close the socket."""
        if self._sock.fileno() >= 0:
            self._loop.remove_reader(self._fd)
            self._sock.close()


class EndpointWire(asyncio.DatagramProtocol):
    """A socket behind asyncio's datagram transport, for the loop that watches no sockets (Proactor)."""

    def __init__(self, on_datagram: OnDatagram) -> None:
        self._on_datagram = on_datagram
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast(asyncio.DatagramTransport, transport)  # which not every loop derives it from

    def datagram_received(self, data: bytes, addr: SocketAddress) -> None:
        """Hand the datagram on."""
        self._on_datagram(data, addr)

    def error_received(self, exc: Exception) -> None:
        """An ICMP error harms nothing: the far end may only be late."""
        logger.debug("media socket: %s", exc)

    def send_to(self, data: bytes, address: SocketAddress) -> None:
        """Send; a full buffer is kept short by the transport."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.sendto(data, address)

    def close(self) -> None:
        """Close the transport and its socket."""
        if self._transport is not None:
            self._transport.abort()


async def attach(loop: asyncio.AbstractEventLoop, sock: socket.socket, on_datagram: OnDatagram) -> Wire:
    """Have the loop read a socket in the cheapest way it knows. The wire owns the socket from now on."""
    try:
        return ReaderWire(loop, sock, on_datagram)
    except NotImplementedError:
        _, wire = await loop.create_datagram_endpoint(lambda: EndpointWire(on_datagram), sock=sock)
        return wire


def can_watch_sockets(wire: Wire) -> bool:
    """Whether the loop of this wire takes readers."""
    return isinstance(wire, ReaderWire)


def numeric(host: str) -> str | None:
    """The one spelling of a numeric address, as the socket module gives it; None for a name."""
    try:
        return str(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        return None


def allow_many_sockets() -> None:
    """Raise this process's limit of open files as far as it may: a relayed call takes six."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _bound(host: str, port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
    try:
        sock.setblocking(False)
        if sock.family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        if sys.platform == "win32":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        _mark_as_voice(sock)
        sock.bind(socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM, flags=socket.AI_NUMERICHOST)[0][4])
    except BaseException:
        sock.close()
        raise
    return sock


def _mark_as_voice(sock: socket.socket) -> None:
    with contextlib.suppress(OSError, AttributeError):  # a wish, which not every system grants
        if sock.family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_TCLASS, _EXPEDITED)
        else:
            sock.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, _EXPEDITED)
