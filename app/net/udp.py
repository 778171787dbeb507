"""UDP for the SIP endpoint: many datagrams a wake-up, nothing blocks, errors are told for their peer.

Measured on uvloop, receive and answer of 600 bytes, µs of CPU a datagram: its datagram protocol 3.7,
`add_reader` with `recvfrom` 3.6, with `recvfrom_into` and a copy 3.7; with the nested epoll used here 3.6.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import select
import socket
import struct
import sys
from collections import deque
from typing import Any, cast

from app.errors import EnvironmentFault
from app.net.addresses import LocalAddresses, family_of, from_socket
from app.net.sockets import DatagramReceiver, DatagramSocket
from app.sip.flow import Address

logger = logging.getLogger(__name__)

_LARGEST = 65_535
_DRAIN = 64  # datagrams a wake-up; then timers and other sockets have their turn
_BUFFER = 4 * 1024 * 1024  # asked of the kernel, which gives what it allows: a burst of a thousand phones
_QUEUE = 1_000  # datagrams waiting for room in the kernel's send buffer
_MOST_ERRORS = 64  # read from the error queue at once
# linux/in.h, in6.h, errqueue.h, eventpoll.h: Python has not all of them, and on Windows none
_IP_RECVERR, _IPV6_RECVERR, _MSG_ERRQUEUE = 11, 25, 0x2000
_EPOLLIN, _EPOLLOUT = 1, 4
_SO_SNDBUFFORCE, _SO_RCVBUFFORCE = 32, 33
_EXTENDED_ERROR = struct.Struct("=IBBBBII")  # errno, origin, type, code, pad, info, data
_BUSY = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.ENOBUFS, errno.ENOMEM, errno.EINTR})
_SIO_UDP_CONNRESET = 0x9800000C


class UdpSockets:
    """Opens real UDP sockets on the running loop."""

    def __init__(self, local_addresses: LocalAddresses | None = None) -> None:
        self._local_addresses = local_addresses

    def local_toward(self, remote_host: str) -> str:
        """Our address toward a host, from the kernel's routes, remembered for a while."""
        if self._local_addresses is None:
            self._local_addresses = LocalAddresses(asyncio.get_running_loop().time)
        return self._local_addresses.toward(remote_host)

    def network_changed(self) -> None:
        """Ask the kernel anew."""
        if self._local_addresses is not None:
            self._local_addresses.refresh()

    async def open(self, host: str, port: int, receiver: DatagramReceiver) -> DatagramSocket:
        """Bind a socket; EnvironmentFault("net.port") when the port is taken or the address is not ours."""
        loop = asyncio.get_running_loop()
        sock = bind(host, port, socket.SOCK_DGRAM)
        try:
            if sys.platform != "win32":
                return ReaderSocket(loop, sock, receiver)
        except NotImplementedError:  # a loop that watches no sockets
            logger.debug("%s has no add_reader", type(loop).__name__)
        protocol = EndpointSocket(sock, receiver)
        await loop.create_datagram_endpoint(lambda: protocol, sock=sock)
        return protocol


def bind(host: str, port: int, kind: socket.SocketKind) -> socket.socket:
    """Make a non-blocking socket bound to a numeric host; an IPv6 one takes no IPv4.

    Raises EnvironmentFault("net.port") with host, port, transport and reason.
    """
    sock = socket.socket(family_of(host), kind)
    try:
        sock.setblocking(False)
        if sock.family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        if kind == socket.SOCK_DGRAM:
            _enlarge_buffers(sock)
        elif sys.platform == "win32":
            # There SO_REUSEADDR would let another program take the port away from us.
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
    except OSError as problem:
        sock.close()
        transport = "UDP" if kind == socket.SOCK_DGRAM else "TCP"
        raise EnvironmentFault(
            "net.port",
            f"{transport} port {port} of {host} cannot be opened ({problem.strerror}). Is another telephone"
            " system or softphone running on this computer?",
            transport=transport,
            host=host,
            port=port,
            reason=str(problem.strerror),
        ) from problem
    return sock


def _enlarge_buffers(sock: socket.socket) -> None:
    for option, forced in ((socket.SO_RCVBUF, _SO_RCVBUFFORCE), (socket.SO_SNDBUF, _SO_SNDBUFFORCE)):
        sock.setsockopt(socket.SOL_SOCKET, option, _BUFFER)
        if sys.platform == "linux":  # a service with CAP_NET_ADMIN may exceed the system's limit
            with contextlib.suppress(OSError):
                sock.setsockopt(socket.SOL_SOCKET, forced, _BUFFER)


class _UdpSocket:
    """What both ways of reading a socket share."""

    def __init__(self, sock: socket.socket, receiver: DatagramReceiver) -> None:
        self._sock = sock
        self._receiver = receiver
        self.address = from_socket(sock.getsockname())
        self.dropped = 0
        self.is_closed = False


class ReaderSocket(_UdpSocket):
    """Reads and writes the socket itself; the loop only says when.

    On Linux the kernel is asked to tell which peer an ICMP error is about (IP_RECVERR). An error waiting in
    the socket shows as POLLERR, upon which libuv (uvloop) stops watching the file for good; so the loop
    watches an epoll of our own with the socket in it, which is merely readable then.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, sock: socket.socket, receiver: DatagramReceiver
    ) -> None:
        super().__init__(sock, receiver)
        self._loop = loop
        self._queue: deque[tuple[bytes, Address]] = deque()
        self._peers: dict[Any, Address] = {}
        self._epoll: Any = None  # a select.epoll, which only Linux has
        if sys.platform == "linux":
            if sock.family == socket.AF_INET6:
                sock.setsockopt(socket.IPPROTO_IPV6, _IPV6_RECVERR, 1)
            else:
                sock.setsockopt(socket.IPPROTO_IP, _IP_RECVERR, 1)
            self._epoll = select.epoll()
            self._epoll.register(sock.fileno(), _EPOLLIN)
            loop.add_reader(self._epoll.fileno(), self._ready)
        else:
            loop.add_reader(sock.fileno(), self._ready)

    def send(self, data: bytes, remote: Address) -> None:
        """Send now, or queue behind what waits already."""
        if self.is_closed:
            return
        if self._queue:
            self._enqueue(data, remote)
        elif not self._try_send(data, remote):
            self._enqueue(data, remote)
            self._want_room(True)

    def close(self) -> None:
        """Close the socket and forget what waits."""
        if self.is_closed:
            return
        self.is_closed = True
        self._queue.clear()
        if self._epoll is not None:
            self._loop.remove_reader(self._epoll.fileno())
            self._epoll.close()
        else:
            self._loop.remove_reader(self._sock.fileno())
            self._loop.remove_writer(self._sock.fileno())
        self._sock.close()

    def _ready(self) -> None:
        if self._queue:
            self._flush()
        receive, receiver = self._sock.recvfrom, self._receiver
        for _ in range(_DRAIN):
            try:
                data, raw = receive(_LARGEST)
            except (BlockingIOError, InterruptedError):
                return
            except OSError as problem:
                if self.is_closed:
                    return
                self._read_errors(problem)
                continue
            receiver.datagram_received(data, raw if len(raw) == 2 else from_socket(raw))
            if self.is_closed:  # by what the datagram led to
                return

    def _try_send(self, data: bytes, remote: Address) -> bool:
        """Send; False when there is no room in the kernel's buffer."""
        for _ in range(3):
            try:
                self._sock.sendto(data, remote)
            except OSError as problem:
                if problem.errno in _BUSY:
                    return False
                # With IP_RECVERR a send first reports the errors of earlier ones, perhaps to other peers.
                if not self._read_errors(problem):
                    self._receiver.peer_unreachable(remote, problem.strerror or str(problem))
                    return True
                if self.is_closed:
                    return True
            else:
                return True
        return True  # errors come faster than we send: drop it, the transaction repeats

    def _enqueue(self, data: bytes, remote: Address) -> None:
        if len(self._queue) >= _QUEUE:
            self.dropped += 1
        else:
            self._queue.append((data, remote))

    def _flush(self) -> None:
        while self._queue and self._try_send(*self._queue[0]):
            if self.is_closed:
                return
            self._queue.popleft()
        if not self._queue:
            self._want_room(False)

    def _want_room(self, wanted: bool) -> None:
        if self._epoll is not None:
            events = _EPOLLIN | _EPOLLOUT if wanted else _EPOLLIN
            self._epoll.modify(self._sock.fileno(), events)
        elif wanted:
            self._loop.add_writer(self._sock.fileno(), self._flush)
        else:
            self._loop.remove_writer(self._sock.fileno())

    def _read_errors(self, problem: OSError) -> bool:
        """Empty the error queue and tell whom the errors concern; False when there was none in it."""
        if self._epoll is None:
            logger.debug("udp %s: %s", self.address, problem)
            return False
        found = False
        receive: Any = self._sock.recvmsg  # type: ignore[attr-defined,unused-ignore]  # not on Windows
        for _ in range(_MOST_ERRORS):
            try:
                _, ancillary, _, raw = receive(0, 512, _MSG_ERRQUEUE)
            except OSError:
                break
            found = True
            number = next(
                (_EXTENDED_ERROR.unpack_from(data)[0] for _, _, data in ancillary if len(data) >= 16), 0
            )
            if not raw or number in (0, errno.EMSGSIZE):
                continue  # EMSGSIZE: a smaller path MTU was learned; the kernel will fragment from now on
            self._receiver.peer_unreachable(from_socket(raw), errno.errorcode.get(number, str(number)))
            if self.is_closed:
                break
        return found


class EndpointSocket(_UdpSocket, asyncio.DatagramProtocol):
    """Behind asyncio's datagram transport, for the loops of Windows, which watch no sockets."""

    def __init__(self, sock: socket.socket, receiver: DatagramReceiver) -> None:
        super().__init__(sock, receiver)
        self._transport: asyncio.DatagramTransport | None = None
        if sys.platform == "win32":
            _ignore_resets(sock)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the transport; see asyncio."""
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: Any) -> None:
        """Hand up one datagram."""
        if not self.is_closed:
            self._receiver.datagram_received(data, addr if len(addr) == 2 else from_socket(addr))

    def error_received(self, exc: Exception) -> None:
        """Ignore it: it does not say which peer it is about (WSAECONNRESET for any earlier datagram)."""
        logger.debug("udp %s: %s", self.address, exc)

    def send(self, data: bytes, remote: Address) -> None:
        """Hand it to the transport, unless too much waits there already."""
        if self._transport is None or self._transport.is_closing():
            return
        # All loops have it; typeshed knows it of streams only.
        if cast("asyncio.WriteTransport", self._transport).get_write_buffer_size() > _BUFFER:
            self.dropped += 1
            return
        self._transport.sendto(data, remote)

    def close(self) -> None:
        """Close the socket; what waits is dropped."""
        self.is_closed = True
        if self._transport is not None:
            self._transport.abort()


def _ignore_resets(sock: socket.socket) -> None:
    """Keep Windows from failing our next receive because an earlier datagram was refused (WSAECONNRESET)."""
    if sys.platform == "win32":
        import ctypes

        returned = ctypes.c_ulong()
        off = ctypes.c_ulong(0)
        ctypes.WinDLL("ws2_32").WSAIoctl(
            sock.fileno(),
            ctypes.c_ulong(_SIO_UDP_CONNRESET),
            ctypes.byref(off),
            ctypes.sizeof(off),
            None,
            0,
            ctypes.byref(returned),
            None,
            None,
        )
