"""One side of a relayed call: counters, statistics, and a packet's way to the other side."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from struct import Struct

from app.media.statistics import StreamStatistics
from app.net.leg_counters import LegCounters
from app.net.leg_sockets import LegSockets
from app.net.relay_sound import SAMPLE_MASK, SoundSeen
from app.net.rtp_socket import SocketPair
from app.sdp.codec import Codec
from app.sdp.target import MediaTarget
from app.sip.flow import Address

logger = logging.getLogger(__name__)

_header = Struct("!BBHII").unpack_from
_DEFAULT_CLOCK = 8_000


class RelayLeg:
    """One side of a call. `other` must be set before packets come."""

    __slots__ = (
        "_clock",
        "_first_at",
        "_last_at",
        "_payload_type",
        "_sound",
        "_statistics",
        "_target",
        "bytes_in",
        "other",
        "packets_in",
        "rtcp_in",
        "sockets",
        "undelivered",
        "undelivered_bytes",
    )

    other: RelayLeg

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        pair: SocketPair,
        clock: Callable[[], float],
        relearn_after: float,
    ) -> None:
        self._clock = clock
        self.sockets = LegSockets(loop, pair, self._relay, self._relay_rtcp, self._quiet, relearn_after)
        self._statistics = StreamStatistics(_DEFAULT_CLOCK)
        self._sound = SoundSeen()
        self._target: MediaTarget | None = None
        self._payload_type = -1
        self._first_at = self._last_at = 0.0
        self.packets_in = self.bytes_in = self.rtcp_in = 0
        self.undelivered = self.undelivered_bytes = 0

    async def start(self) -> None:
        """Begin to read the sockets."""
        await self.sockets.start()

    @property
    def address(self) -> Address:
        """Where this leg's peer is to send its RTP."""
        return self.sockets.address

    @property
    def offers_mux(self) -> bool:
        """Whether this leg's peer takes RTCP on its RTP port (RFC 5761)."""
        return self._target is not None and self._target.rtcp_mux

    def connect(self, target: MediaTarget | None) -> None:
        """Take where this leg's SDP says it listens and what it takes there; see `LegSockets.expect`."""
        self._target = target
        self.sockets.expect(target)
        self._payload_type = self.other._payload_type = -1  # look them up again
        # A sender uses its receiver's numbers (RFC 3264 5.1).
        self.other._sound.agree(() if target is None else target.codecs, self._clock())

    def counters(self, wall_offset: float) -> LegCounters:
        """The counters so far; `wall_offset` turns the steady clock into Unix time."""
        other, statistics = self.other, self._statistics
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
            source_address=self.sockets.source,
            foreign_packets=self.sockets.foreign,
            learning_packets=self.sockets.learning,
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
        self.sockets.close()

    def _quiet(self) -> float:
        """For how many seconds the peer has not been heard."""
        return self._clock() - self._last_at if self.packets_in else 0.0

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
            other.sockets.send(data)
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
            self._relay_rtcp(data)
            return
        try:
            self.other.sockets.send(data)
        except OSError as error:
            logger.debug("media port %d: %s", self.address.port, error)

    def _relay_rtcp(self, data: bytes) -> None:
        self.rtcp_in += 1
        self.other.sockets.send_rtcp(data)
