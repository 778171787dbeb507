"""One leg's RTP and RTCP sockets behind a source lock: what its peer sends comes in, strangers stay out."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable
from struct import Struct

from app.net.rtp_socket import (
    CAN_CONNECT_BESIDE,
    LARGEST,
    SocketAddress,
    SocketPair,
    Wire,
    attach,
    can_watch_sockets,
    connected_beside,
    numeric,
)
from app.net.source_lock import RELEARN_AFTER, SourceLock, Verdict
from app.sdp.description import ANY_IPV4, ANY_IPV6
from app.sdp.target import MediaTarget
from app.sip.flow import Address

logger = logging.getLogger(__name__)

_header = Struct("!BBHII").unpack_from
_NOWHERE = (ANY_IPV4, ANY_IPV6)

OnPacket = Callable[[bytes], None]


class LegSockets:
    """The sockets of one leg.

    `take` gets what came to the RTP port from the leg's peer, RTP or not; `take_rtcp` what came to the RTCP
    port; `quiet` says for how many seconds the peer has not been heard. `send` sends to the peer's RTP port,
    or raises OSError: no address yet, a full buffer, the ICMP error of an earlier packet.
    """

    __slots__ = (
        "_connected",
        "_is_closed",
        "_is_connectable",
        "_is_silent",
        "_loop",
        "_pair",
        "_quiet",
        "_rtcp",
        "_rtcp_source",
        "_rtp",
        "_take",
        "_take_rtcp",
        "_target",
        "foreign",
        "learning",
        "lock",
        "send",
        "uses_mux",
    )

    _rtp: Wire
    _rtcp: Wire

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        pair: SocketPair,
        take: OnPacket,
        take_rtcp: OnPacket,
        quiet: Callable[[], float],
        relearn_after: float = RELEARN_AFTER,
    ) -> None:
        self._loop, self._pair = loop, pair
        self._take, self._take_rtcp, self._quiet = take, take_rtcp, quiet
        self.lock = SourceLock(relearn_after)
        self._target: MediaTarget | None = None
        self._connected: socket.socket | None = None
        self._rtcp_source: SocketAddress | None = None
        self._is_closed = self._is_connectable = self._is_silent = False
        self.send: Callable[[bytes], object] = self._send_unconnected
        self.uses_mux = False  # RTCP on the RTP port, as both sides agreed (RFC 5761)
        self.foreign = self.learning = 0

    async def start(self) -> None:
        """Begin to read the sockets."""
        self._rtp = await attach(self._loop, self._pair.rtp, self._on_rtp)
        self._rtcp = await attach(self._loop, self._pair.rtcp, self._on_rtcp)
        self._is_connectable = CAN_CONNECT_BESIDE and can_watch_sockets(self._rtp)

    @property
    def address(self) -> Address:
        """Where the peer is to send its RTP."""
        return Address(self._pair.host, self._pair.port)

    @property
    def source(self) -> Address | None:
        """Where its RTP is believed to come from."""
        source = self.lock.source
        return None if source is None else Address(source[0], source[1])

    @property
    def is_silent(self) -> bool:
        """Whether nothing may be sent: there is no target, or it holds by 0.0.0.0."""
        return self._is_silent

    def expect(self, target: MediaTarget | None) -> None:
        """Take where the peer's SDP says it listens; a known source is believed until a better one comes.

        Without a target nothing is sent to it any more. Nor is anything while it holds by 0.0.0.0, but then
        its source stays known. A host name is not looked up: its source is learned.
        """
        self._leave_connected()
        self._target = target
        expected = previous = self.lock.expected
        if target is None:
            expected = None
        elif target.host not in _NOWHERE:
            host = numeric(target.host)
            expected = None if host is None else (host, target.port)
        self._is_silent = target is None or target.host in _NOWHERE
        self.lock.expect(expected)
        if expected != previous:
            self._rtcp_source = None

    def send_rtcp(self, data: bytes) -> None:
        """Send RTCP to where this peer's own RTCP comes from, else to where its SDP or its RTP says."""
        if self._is_silent or self._is_closed:
            return
        try:
            if self.uses_mux:
                self.send(data)
                return
            address = self._rtcp_source or self.rtcp_guess()
            if address is not None:
                self._rtcp.send_to(data, address)
        except OSError as error:
            logger.debug("RTCP of media port %d: %s", self._pair.port, error)

    def rtcp_guess(self) -> SocketAddress | None:
        """Where the peer will listen for RTCP, if anywhere."""
        source, expected = self.lock.source, self.lock.expected
        if self._target is not None and expected is not None and (source is None or source[0] == expected[0]):
            return (expected[0], self._target.rtcp_port)
        if source is None:
            return None
        return (source[0], min(source[1] + 1, 65_535), *source[2:])

    def close(self) -> None:
        """Close the sockets. Nothing is received or sent afterwards."""
        if self._is_closed:
            return
        self._is_closed = True
        self._leave_connected(drain=False)
        for sock, wire in ((self._pair.rtp, "_rtp"), (self._pair.rtcp, "_rtcp")):
            (getattr(self, wire, None) or sock).close()  # the wire owns the socket, once there is one

    # The way of a packet. On Linux, once the source is locked: _reader -> take.

    def _reader(self, receive: Callable[[int], bytes]) -> Callable[[], None]:
        """What reads the connected socket. As a closure: this is done for each packet."""
        take = self._take

        def read() -> None:
            try:
                data = receive(LARGEST)
            except OSError:  # nothing there after all, or the ICMP error of a packet sent
                return
            take(data)

        return read

    def _on_rtp(self, data: bytes, address: SocketAddress) -> None:
        """A packet on the unconnected socket: the source is not locked yet, or it is not the locked one."""
        if self._is_closed:
            return
        lock = self.lock
        if address == lock.source and not lock.is_open and not self._is_connectable:
            self._take(data)  # where no connected socket can be had
            return
        is_rtp = len(data) >= 12 and data[0] >> 6 == 2 and not 192 <= data[1] <= 223
        rtp = None
        if is_rtp:
            _, _, sequence, _, ssrc = _header(data)
            rtp = (sequence, ssrc)
        was = lock.source
        verdict = lock.judge(address, rtp, self._quiet())
        if verdict is Verdict.FOREIGN:
            self.foreign += 1
            return
        if verdict is Verdict.LEARNING:
            self.learning += 1
            return
        if lock.source != was:
            logger.debug("media of port %d comes from %s (%s)", self._pair.port, address, lock.trust.name)
            self._leave_connected()
        self._take(data)
        if (
            self._connected is None
            and self._is_connectable
            and not self._is_silent
            and not self._is_closed
            and address == lock.source
        ):
            self._connect_beside(address)

    def _on_rtcp(self, data: bytes, address: SocketAddress) -> None:
        if self._is_closed:
            return
        lock = self.lock
        known = {each[0] for each in (lock.source, lock.expected) if each is not None}
        if address[0] not in known:
            self.foreign += 1
            return
        self._rtcp_source = address
        self._take_rtcp(data)

    def _send_unconnected(self, data: bytes) -> None:
        address = self.lock.source or self.lock.expected
        if address is None or self._is_silent or self._is_closed:
            raise OSError("no address to send media to")
        self._rtp.send_to(data, address)

    def _connect_beside(self, address: SocketAddress) -> None:
        try:
            connected = connected_beside(self._pair.rtp, address)
        except OSError as error:
            logger.debug("media port %d stays unconnected: %s", self._pair.port, error)
            self._is_connectable = False
            return
        self._connected = connected
        self.send = connected.send
        self._loop.add_reader(connected.fileno(), self._reader(connected.recv))
        # What came between bind and connect may be anybody's.
        self._drain(connected)

    def _leave_connected(self, *, drain: bool = True) -> None:
        connected, self._connected = self._connected, None
        if connected is None:
            return
        self._loop.remove_reader(connected.fileno())
        self.send = self._send_unconnected
        if drain:
            self._drain(connected)
        connected.close()

    def _drain(self, sock: socket.socket) -> None:
        source = self.lock.source
        for _ in range(64):
            try:
                data, address = sock.recvfrom(LARGEST)
            except OSError:
                return
            if address == source:
                self._take(data)
            else:
                self.foreign += 1
