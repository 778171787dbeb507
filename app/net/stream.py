"""TCP and TLS for the SIP endpoint: connections opened, accepted, reused, bounded and closed."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import socket
import ssl
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, cast

from app.errors import UserError
from app.net.addresses import from_socket
from app.net.tls_client import handshake_words
from app.net.udp import bind
from app.sip.errors import MessageError
from app.sip.flow import Address, Flow, Transport
from app.sip.framing import KeepAlive, StreamFramer
from app.sip.message import DEFAULT_LIMITS, Limits

logger = logging.getLogger(__name__)

_SWEEP = 5.0  # seconds between two looks at the clocks of all connections
_PATIENCE = 0.5  # seconds for the last bytes when we close
_PeerKey = tuple[Transport, Address, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamLimits:
    """Times are seconds. A phone's connection lives as long as its registration: idle is longer than that."""

    connections: int = 4_000
    per_host: int = 400  # a whole office may stand behind one address
    connect: float = 5.0
    handshake: float = 10.0
    whole_message: float = 30.0  # from the first byte of a message to its last
    first_message: float = 60.0  # from the connection to the first message
    idle: float = 7_500.0
    send_buffer: int = 1024 * 1024  # bytes; a peer that does not read is disconnected
    backlog: int = 1_024


class StreamReceiver(Protocol):
    """Who takes what connections deliver. Called on the loop."""

    def message_received(self, data: bytes, flow: Flow) -> None:
        """One message, cut out of the stream."""

    def unframed_received(self, head: bytes, error: MessageError, flow: Flow) -> None:
        """A head after which the stream cannot be followed; the connection closes after this call."""

    def connection_failed(self, flow: Flow, reason: str) -> None:
        """A connection could not be opened (`flow.connection` 0), or has ended."""


class Connection(asyncio.Protocol):
    """One connection, from the first byte to the last."""

    def __init__(self, streams: Streams, flow: Flow | None, transport: Transport, port: int) -> None:
        self._streams = streams
        self._kind = transport
        self._port = port  # where we listen: what the peer can connect to
        self._framer = StreamFramer(streams.message_limits)
        self._waiting: list[bytes] = []  # until it is open
        self._waiting_size = 0
        self._wire: asyncio.Transport | None = None
        self.flow = flow  # with connection 0 until it is open; None for one that is coming in
        self.opened_at = self.heard_at = self.partial_since = 0.0
        self.has_spoken = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take up work, unless there are too many already."""
        self._wire = cast("asyncio.Transport", transport)
        peer, ours = transport.get_extra_info("peername"), transport.get_extra_info("sockname")
        if not peer or not ours:  # gone before we looked
            self._wire.abort()
            return
        remote = self.flow.remote if self.flow is not None else from_socket(peer)
        if not self._streams.may_open(remote):
            self._wire.abort()
            return
        local = Address(str(ours[0]).partition("%")[0], self._port or ours[1])
        public = self._streams.public(local, remote.host)
        proof = self.flow.proof if self.flow is not None else ""
        self.flow = Flow(self._kind, local, remote, next(self._streams.serial), public, proof)
        self.opened_at = self.heard_at = self._streams.clock()
        self._streams.opened(self)
        waiting, self._waiting = self._waiting, []
        for data in waiting:
            self.send(data)

    def data_received(self, data: bytes) -> None:
        """Cut messages out of the stream; answer keep-alives (RFC 5626 4.4.1)."""
        if self.flow is None or self._wire is None or self._wire.is_closing():
            return
        self.heard_at = self._streams.clock()
        framer, receiver = self._framer, self._streams.receiver
        items: list[bytes | KeepAlive] = []
        with contextlib.suppress(MessageError):  # told below: `error` stays
            items = framer.feed(data)
        for item in items:
            if isinstance(item, bytes):
                self.has_spoken = True
                receiver.message_received(item, self.flow)
            elif item is KeepAlive.PING:
                self.send(KeepAlive.PONG.value)
            if self._wire.is_closing():  # by what the message led to
                return
        if framer.error is not None:
            receiver.unframed_received(framer.rejected, framer.error, self.flow)
            logger.debug("%s: %s; the connection is closed", self.flow.remote, framer.error)
            self._wire.close()
        elif not framer.buffered:
            self.partial_since = 0.0
        elif items or not self.partial_since:
            self.partial_since = self.heard_at

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell that it has ended."""
        self._streams.closed(self, str(exc) if exc else "the connection was closed")

    def send(self, data: bytes) -> None:
        """Write, or keep until the connection is open; a peer that takes nothing is cut off."""
        limit = self._streams.limits.send_buffer
        if self._wire is None:
            self._waiting_size += len(data)
            if self._waiting_size <= limit:
                self._waiting.append(data)
        elif not self._wire.is_closing():
            self._wire.write(data)
            if self._wire.get_write_buffer_size() > limit:
                logger.info("%s does not read: the connection is cut", self.flow and self.flow.remote)
                self._wire.abort()

    def is_overdue(self, now: float) -> bool:
        """Whether it has been silent, or in the middle of a message, for too long."""
        limits = self._streams.limits
        if self.partial_since and now - self.partial_since > limits.whole_message:
            return True
        if not self.has_spoken and now - self.opened_at > limits.first_message:
            return now - self.heard_at > limits.first_message
        return now - self.heard_at > limits.idle

    def close(self) -> None:
        """Close it after what is being written."""
        if self._wire is not None:
            self._wire.close()

    def abort(self) -> None:
        """Close it at once."""
        if self._wire is not None:
            self._wire.abort()


class Streams:
    """All stream connections, keyed by their number, and by their peer and what it had to prove.

    `server_name(flow)` is the name a TLS peer is asked for, `client_tls(flow)` the context for connecting,
    `public(local, remote_host)` our address as that peer sees it, None = `local`.
    """

    def __init__(
        self,
        receiver: StreamReceiver,
        *,
        client_tls: Callable[[Flow], ssl.SSLContext],
        server_name: Callable[[Flow], str],
        limits: StreamLimits | None = None,
        message_limits: Limits = DEFAULT_LIMITS,
        admits: Callable[[str], bool] | None = None,
        public: Callable[[Address, str], Address | None] = lambda local, remote_host: None,
    ) -> None:
        self.receiver = receiver
        self.public = public
        self.limits = limits or StreamLimits()
        self.message_limits = message_limits
        self.serial = itertools.count(1)
        self.clock: Callable[[], float] = asyncio.get_running_loop().time
        self.refused = 0  # connections turned away by the limits
        self._client_tls = client_tls
        self._server_name = server_name
        self._admits = admits
        self._by_number: dict[int, Connection] = {}
        self._by_peer: dict[_PeerKey, Connection] = {}
        self._hosts: Counter[str] = Counter()
        self._servers: list[asyncio.Server] = []
        self._connecting: set[asyncio.Task[None]] = set()
        self._sweeper: asyncio.TimerHandle | None = None
        self._is_closed = False
        self._all_closed = asyncio.Event()
        self._all_closed.set()

    async def listen(
        self, transport: Transport, host: str, port: int, context: ssl.SSLContext | None
    ) -> Address:
        """Accept connections and return where; EnvironmentFault("net.port") when the port is taken."""
        sock = bind(host, port, socket.SOCK_STREAM)
        bound = from_socket(sock.getsockname())
        server = await asyncio.get_running_loop().create_server(
            lambda: Connection(self, None, transport, bound.port),
            sock=sock,
            ssl=context,
            backlog=self.limits.backlog,
            ssl_handshake_timeout=self.limits.handshake if context is not None else None,
        )
        self._servers.append(server)
        return bound

    def send(self, data: bytes, flow: Flow, patience: float | None = None) -> None:
        """Send over a flow's connection, or over one to its peer, or connect within `patience` seconds."""
        if flow.connection:
            known = self._by_number.get(flow.connection)
            if known is None:
                self.receiver.connection_failed(flow, "the connection was closed")
                return
        else:
            known = self._by_peer.get(_peer_key(flow)) or self._connect(flow, patience)
        known.send(data)

    def __len__(self) -> int:
        return len(self._by_number)

    def is_open(self, flow: Flow) -> bool:
        """Whether there is a connection for this flow, or one to its peer."""
        if flow.connection:
            return flow.connection in self._by_number
        return _peer_key(flow) in self._by_peer

    def leads_to(self, transport: Transport, remote: Address, proof: str) -> bool:
        """Whether there is, or is being opened, a connection to a peer that proves this."""
        return (transport, remote, proof) in self._by_peer

    async def close(self) -> None:
        """Stop listening, close all connections after what is being written, and tell nobody."""
        self._is_closed = True
        if self._sweeper is not None:
            self._sweeper.cancel()
        for server in self._servers:
            server.close()
        tasks = list(self._connecting)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for connection in list(self._by_number.values()):
            connection.close()
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._all_closed.wait()
        except TimeoutError:  # with peers that do not read what is left
            for connection in list(self._by_number.values()):
                connection.abort()
            await self._all_closed.wait()

    def public_changed(self) -> None:
        """What comes from now on comes over flows with our public address of now."""
        for connection in self._by_number.values():
            flow = connection.flow
            if flow is not None:
                connection.flow = replace(flow, public=self.public(flow.local, flow.remote.host))

    def may_open(self, remote: Address) -> bool:
        """Whether one more connection with that peer is wanted and within the limits."""
        if self._is_closed or (self._admits is not None and not self._admits(remote.host)):
            return False
        if len(self) < self.limits.connections and self._hosts[remote.host] < self.limits.per_host:
            return True
        self.refused += 1
        logger.debug("too many connections: one from %s is turned away", remote)
        return False

    def opened(self, connection: Connection) -> None:
        """Enter an open connection; requests to its peer take it from now on."""
        flow = connection.flow
        assert flow is not None
        self._by_number[flow.connection] = connection
        self._all_closed.clear()
        self._by_peer.setdefault(_peer_key(flow), connection)
        self._hosts[flow.remote.host] += 1
        if self._sweeper is None:
            self.sweep()

    def closed(self, connection: Connection, reason: str) -> None:
        """Forget a connection and tell who relied on it."""
        flow = connection.flow
        if flow is None or self._by_number.pop(flow.connection, None) is None:
            return
        if not self._by_number:
            self._all_closed.set()
        self._hosts[flow.remote.host] -= 1
        if not self._hosts[flow.remote.host]:
            del self._hosts[flow.remote.host]
        self._forget_peer(flow, connection)
        if not self._is_closed:
            self.receiver.connection_failed(flow, reason)

    def _forget_peer(self, flow: Flow, connection: Connection) -> None:
        key = _peer_key(flow)
        if self._by_peer.get(key) is connection:
            del self._by_peer[key]

    def _connect(self, flow: Flow, patience: float | None) -> Connection:
        connection = Connection(self, flow, flow.transport, flow.local.port)
        self._by_peer[_peer_key(flow)] = connection
        task = asyncio.get_running_loop().create_task(
            self._open(connection, flow, patience or self.limits.connect), name=f"connect {flow.remote}"
        )
        self._connecting.add(task)
        task.add_done_callback(self._connecting.discard)
        return connection

    async def _open(self, connection: Connection, flow: Flow, patience: float) -> None:
        loop = asyncio.get_running_loop()
        is_tls = flow.transport is Transport.TLS
        try:
            async with asyncio.timeout(patience):
                await loop.create_connection(
                    lambda: connection,
                    flow.remote.host,
                    flow.remote.port,
                    local_addr=(flow.local.host, 0),
                    ssl=self._client_tls(flow) if is_tls else None,
                    server_hostname=self._server_name(flow) if is_tls else None,
                )
        except TimeoutError:
            self._could_not_open(connection, flow, f"no connection within {patience:g} s")
        except OSError as problem:
            self._could_not_open(connection, flow, _words(problem, flow.transport))
        except UserError as problem:  # the authorities' file cannot be read
            self._could_not_open(connection, flow, problem.text)
        else:
            if connection.flow is flow or not self.is_open(connection.flow or flow):
                # Turned away by our own limits, or lost before anyone could use it.
                self._could_not_open(connection, flow, "the connection was not kept")

    def _could_not_open(self, connection: Connection, flow: Flow, reason: str) -> None:
        self._forget_peer(flow, connection)
        logger.info("%s %s: %s", flow.transport, flow.remote, reason)
        if not self._is_closed:
            self.receiver.connection_failed(flow, reason)

    def sweep(self) -> None:
        """Close what is overdue; done every few seconds while there are connections."""
        if self._sweeper is not None:
            self._sweeper.cancel()
        now = self.clock()
        for connection in list(self._by_number.values()):
            if connection.is_overdue(now):
                logger.debug("%s: idle or in the middle of a message for too long", connection.flow)
                connection.abort()
        self._sweeper = asyncio.get_running_loop().call_later(_SWEEP, self.sweep) if self._by_number else None


def _words(problem: OSError, transport: Transport) -> str:
    """Why a connection could not be opened; a peer that hangs up in the handshake leaves us no words."""
    if transport is Transport.TLS:
        return handshake_words(problem)
    return problem.strerror or str(problem) or type(problem).__name__


def _peer_key(flow: Flow) -> _PeerKey:
    """Whom a connection leads to: it serves only those who demand the same proof of the peer."""
    return flow.transport, flow.remote, flow.proof
