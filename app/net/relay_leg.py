"""One side of a relayed call: sockets, source lock, counters, and a packet's way to the other side."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass
from struct import Struct

from app.media.statistics import StreamStatistics
from app.net.relay_sound import SAMPLE_MASK, SoundSeen
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
from app.net.source_lock import SourceLock, Verdict
from app.sdp.codec import Codec
from app.sdp.description import ANY_IPV4, ANY_IPV6
from app.sdp.target import MediaTarget
from app.sip.flow import Address

logger = logging.getLogger(__name__)

_header = Struct("!BBHII").unpack_from
_DEFAULT_CLOCK = 8_000
_NOWHERE = (ANY_IPV4, ANY_IPV6)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegCounters:
    """What one leg of a relayed call has seen. "in" came from that leg's peer, "out" was sent to it.

    Times are Unix seconds. `lost` and `jitter_ms` are of the stream that came in (RFC 3550 A.3, A.8).
    """

    packets_in: int = 0
    packets_out: int = 0
    bytes_in: int = 0
    bytes_out: int = 0
    lost: int = 0
    reordered: int = 0
    jitter_ms: float = 0.0
    first_at: float | None = None
    last_at: float | None = None
    sdp_address: Address | None = None
    source_address: Address | None = None
    foreign_packets: int = 0
    learning_packets: int = 0  # not passed on while the source was not known yet
    undelivered_packets: int = 0  # to this leg's peer: no address yet, a full buffer, an ICMP error
    rtcp_in: int = 0
    ssrc: int | None = None
    local_address: Address | None = None
    payload_types: tuple[int, ...] = ()  # that came in; those agreed before a change are left out
    event_packets: tuple[tuple[int, int], ...] = ()  # of telephone-events: payload type, packets
    sampled_packets: int = 0  # whose bytes were looked at
    silent_packets: int = 0  # of these: more than 95 % of the bytes were the same


class RelayLeg:
    """One side of a call. `other` must be set before packets come."""

    __slots__ = (
        "_clock",
        "_connected",
        "_first_at",
        "_is_closed",
        "_is_connectable",
        "_is_silent",
        "_last_at",
        "_lock",
        "_loop",
        "_pair",
        "_payload_type",
        "_receive_connected",
        "_rtcp",
        "_rtcp_source",
        "_rtp",
        "_sound",
        "_statistics",
        "_target",
        "bytes_in",
        "foreign",
        "learning",
        "other",
        "packets_in",
        "rtcp_in",
        "send",
        "undelivered",
        "undelivered_bytes",
        "uses_mux",
    )

    other: RelayLeg
    _rtp: Wire
    _rtcp: Wire

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        pair: SocketPair,
        clock: Callable[[], float],
        relearn_after: float,
    ) -> None:
        self._loop, self._pair, self._clock = loop, pair, clock
        self._lock = SourceLock(relearn_after)
        self._statistics = StreamStatistics(_DEFAULT_CLOCK)
        self._sound = SoundSeen()
        self._target: MediaTarget | None = None
        self._connected: socket.socket | None = None
        self._receive_connected: Callable[[int], bytes] = pair.rtp.recv
        self._rtcp_source: SocketAddress | None = None
        self._payload_type = -1
        self._first_at = self._last_at = 0.0
        self._is_closed = self._is_connectable = self._is_silent = False
        self.send: Callable[[bytes], object] = self._send_unconnected
        self.uses_mux = False
        self.packets_in = self.bytes_in = self.rtcp_in = 0
        self.foreign = self.learning = self.undelivered = self.undelivered_bytes = 0

    async def start(self) -> None:
        """Begin to read the sockets."""
        self._rtp = await attach(self._loop, self._pair.rtp, self._on_rtp)
        self._rtcp = await attach(self._loop, self._pair.rtcp, self._on_rtcp)
        self._is_connectable = CAN_CONNECT_BESIDE and can_watch_sockets(self._rtp)

    @property
    def address(self) -> Address:
        """Where this leg's peer is to send its RTP."""
        return Address(self._pair.host, self._pair.port)

    @property
    def offers_mux(self) -> bool:
        """Whether this leg's peer takes RTCP on its RTP port (RFC 5761)."""
        return self._target is not None and self._target.rtcp_mux

    def connect(self, target: MediaTarget | None) -> None:
        """Take where this leg's SDP says it listens; a known source is believed until a better one comes.

        Without a target nothing is sent to it any more. Nor is anything while it holds by 0.0.0.0, but then
        its source stays known. A host name is not looked up: its source is learned.
        """
        self._leave_connected()
        self._target = target
        expected = previous = self._lock.expected
        if target is None:
            expected = None
        elif target.host not in _NOWHERE:
            host = numeric(target.host)
            expected = None if host is None else (host, target.port)
        self._is_silent = target is None or target.host in _NOWHERE
        self._lock.expect(expected)
        if expected != previous:
            self._rtcp_source = None
        self._payload_type = self.other._payload_type = -1  # look them up again
        # A sender uses its receiver's numbers (RFC 3264 5.1).
        self.other._sound.agree(() if target is None else target.codecs, self._clock())

    def counters(self, wall_offset: float) -> LegCounters:
        """The counters so far; `wall_offset` turns the steady clock into Unix time."""
        source, other, statistics = self._lock.source, self.other, self._statistics
        target = self._target
        return LegCounters(
            packets_in=self.packets_in,
            packets_out=other.packets_in - self.undelivered,
            bytes_in=self.bytes_in,
            bytes_out=other.bytes_in - self.undelivered_bytes,
            lost=statistics.lost,
            reordered=statistics.reordered,
            jitter_ms=statistics.jitter_ms,
            first_at=self._first_at + wall_offset if self.packets_in else None,
            last_at=self._last_at + wall_offset if self.packets_in else None,
            sdp_address=None if target is None else Address(target.host, target.port),
            source_address=None if source is None else Address(source[0], source[1]),
            foreign_packets=self.foreign,
            learning_packets=self.learning,
            undelivered_packets=self.undelivered,
            rtcp_in=self.rtcp_in,
            ssrc=statistics.ssrc if statistics.ssrc >= 0 else None,
            local_address=self.address,
            payload_types=self._sound.payload_types,
            event_packets=self._sound.events,
            sampled_packets=self._sound.sampled,
            silent_packets=self._sound.silent,
        )

    def close(self) -> None:
        """Close the sockets. Nothing is received or sent afterwards."""
        if self._is_closed:
            return
        self._is_closed = True
        self._leave_connected(drain=False)
        for sock, wire in ((self._pair.rtp, "_rtp"), (self._pair.rtcp, "_rtcp")):
            (getattr(self, wire, None) or sock).close()  # the wire owns the socket, once there is one

    # The way of a packet. On Linux, once the source is locked: _on_connected -> _relay -> other.send.

    def _on_connected(self) -> None:
        try:
            data = self._receive_connected(LARGEST)
        except OSError:  # nothing there after all, or the ICMP error of a packet sent
            return
        self._relay(data)

    def _on_rtp(self, data: bytes, address: SocketAddress) -> None:
        """A packet on the unconnected socket: the source is not locked yet, or it is not the locked one."""
        if self._is_closed:
            return
        lock = self._lock
        if address == lock.source and not lock.is_open and not self._is_connectable:
            self._relay(data)  # where no connected socket can be had
            return
        is_rtp = len(data) >= 12 and data[0] >> 6 == 2 and not 192 <= data[1] <= 223
        rtp = None
        if is_rtp:
            _, _, sequence, _, ssrc = _header(data)
            rtp = (sequence, ssrc)
        was = lock.source
        quiet = self._clock() - self._last_at if self.packets_in else 0.0
        verdict = lock.judge(address, rtp, quiet)
        if verdict is Verdict.FOREIGN:
            self.foreign += 1
            return
        if verdict is Verdict.LEARNING:
            self.learning += 1
            return
        if lock.source != was:
            logger.debug("media of port %d comes from %s (%s)", self._pair.port, address, lock.trust.name)
            self._leave_connected()
        self._relay(data)
        if self._connected is None and self._is_connectable and not self._is_silent:
            self._connect_beside(address)

    def _relay(self, data: bytes) -> None:
        if len(data) < 12:
            self._relay_other(data)
            return
        first, second, sequence, timestamp, ssrc = _header(data)
        if first & 0xC0 != 0x80 or 192 <= second <= 223:
            self._relay_other(data)
            return
        self._last_at = now = self._clock()
        self.packets_in += 1
        self.bytes_in += len(data)
        if second & 0x7F != self._payload_type:
            self._new_payload_type(second & 0x7F, data, now)
        if not sequence & SAMPLE_MASK:
            self._sound.sample(data)
        self._statistics.receive(sequence, timestamp, ssrc, now)
        other = self.other
        try:
            other.send(data)
        except OSError:
            other.undelivered += 1
            other.undelivered_bytes += len(data)

    def _new_payload_type(self, payload_type: int, data: bytes, now: float) -> None:
        if self.packets_in == 1:
            self._first_at = now
        codec = self._codec_of(payload_type)
        if codec is not None:
            self._statistics.clock_rate = codec.clock_rate
        is_known = self._sound.note(payload_type, codec, data, now)
        self._payload_type = payload_type if is_known else -1

    def _codec_of(self, payload_type: int) -> Codec | None:
        """What the number means: as the receiver says it, else as the sender does (RFC 3264 5.1)."""
        for target in (self.other._target, self._target):
            for codec in () if target is None else target.codecs:
                if codec.payload_type == payload_type:
                    return codec
        return None

    def _relay_other(self, data: bytes) -> None:
        """RTCP on the RTP port, DTLS, a keep-alive: passed on without being counted as sound."""
        if len(data) >= 8 and data[0] >> 6 == 2 and 192 <= data[1] <= 223:
            self.rtcp_in += 1
            self.other.send_rtcp(data)
            return
        try:
            self.other.send(data)
        except OSError as error:
            logger.debug("media port %d: %s", self._pair.port, error)

    def _on_rtcp(self, data: bytes, address: SocketAddress) -> None:
        if self._is_closed:
            return
        lock = self._lock
        known = {each[0] for each in (lock.source, lock.expected) if each is not None}
        if address[0] not in known:
            self.foreign += 1
            return
        self._rtcp_source = address
        self.rtcp_in += 1
        self.other.send_rtcp(data)

    def send_rtcp(self, data: bytes) -> None:
        """Send RTCP to where this peer's own RTCP comes from, else to where its SDP or its RTP says."""
        if self._is_silent:
            return
        try:
            if self.uses_mux:
                self.send(data)
                return
            address = self._rtcp_source or self._rtcp_guess()
            if address is not None:
                self._rtcp.send_to(data, address)
        except OSError as error:
            logger.debug("RTCP of media port %d: %s", self._pair.port, error)

    def _rtcp_guess(self) -> SocketAddress | None:
        source, expected = self._lock.source, self._lock.expected
        if self._target is not None and expected is not None and (source is None or source[0] == expected[0]):
            return (expected[0], self._target.rtcp_port)
        if source is None:
            return None
        return (source[0], min(source[1] + 1, 65_535), *source[2:])

    def _send_unconnected(self, data: bytes) -> None:
        address = self._lock.source or self._lock.expected
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
        self._receive_connected = connected.recv
        self.send = connected.send
        self._loop.add_reader(connected.fileno(), self._on_connected)
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
        source = self._lock.source
        for _ in range(64):
            try:
                data, address = sock.recvfrom(LARGEST)
            except OSError:
                return
            if address == source:
                self._relay(data)
            else:
                self.foreign += 1
