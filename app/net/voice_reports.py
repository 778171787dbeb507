"""The RTCP of a voice port: what it reports of its streams and what it learns from the peer's reports."""

from __future__ import annotations

import logging
import random
import secrets
from collections.abc import Iterable

from app.media import rtcp
from app.media.rtcp import (
    CNAME,
    Bye,
    Chunk,
    ReceiverReport,
    ReceptionReport,
    RtcpError,
    RtcpPacket,
    SenderReport,
    SourceDescription,
)
from app.media.statistics import StreamStatistics
from app.net.voice_stream import VoiceStream

logger = logging.getLogger(__name__)

_INTERVAL_S = 5.0  # RFC 3550 6.2
_HEADER = 12


class VoiceReports:
    """Writes and reads one port's reports. Its name is random: no address is given away (RFC 7022 4.2)."""

    __slots__ = ("_packets_before", "_statistics", "_stream", "received", "remote_lost", "round_trip_s")

    def __init__(self, stream: VoiceStream, statistics: StreamStatistics) -> None:
        self._stream, self._statistics = stream, statistics
        self._packets_before = 0
        self.received = 0
        self.round_trip_s: float | None = None
        self.remote_lost = 0

    @staticmethod
    def wait_s(is_first: bool = False) -> float:
        """How long to wait for the next report: never all ports at once, the first one sooner (6.3.1)."""
        return _INTERVAL_S * random.uniform(0.5, 1.5) * (0.5 if is_first else 1.0)

    def write(self, now: float, wall: float, rtp_timestamp: int, *, bye: bool = False) -> bytes:
        """A compound packet: a sender's report where something was sent since the last, else a receiver's."""
        stream = self._stream
        reports: tuple[ReceptionReport, ...] = ()
        if self._statistics.ssrc >= 0:
            reports = (self._statistics.report(now),)
        head: RtcpPacket = ReceiverReport(ssrc=stream.ssrc, reports=reports)
        if stream.packets != self._packets_before:
            self._packets_before = stream.packets
            head = SenderReport(
                ssrc=stream.ssrc,
                ntp=rtcp.to_ntp(wall),
                rtp_timestamp=rtp_timestamp,
                packets=stream.packets & 0xFFFF_FFFF,
                octets=stream.whole_bytes - _HEADER * stream.packets & 0xFFFF_FFFF,
                reports=reports,
            )
        name = SourceDescription((Chunk(stream.ssrc, ((CNAME, _NAME),)),))
        return rtcp.encode((head, name, Bye((stream.ssrc,))) if bye else (head, name))

    def read(self, data: bytes, now: float, wall: float) -> None:
        """Take what came; what is no RTCP is passed over."""
        try:
            packets = rtcp.parse(data)
        except RtcpError as error:
            logger.debug("RTCP is passed over: %s", error)
            return
        self.received += 1
        for packet in packets:
            if isinstance(packet, SenderReport) and packet.ssrc == self._statistics.ssrc:
                self._statistics.sender_report(packet, now)
            if isinstance(packet, SenderReport | ReceiverReport):
                self._take(packet.reports, wall)

    def _take(self, reports: Iterable[ReceptionReport], wall: float) -> None:
        for report in reports:
            if report.ssrc == self._stream.ssrc:
                self.remote_lost = report.lost
                self.round_trip_s = rtcp.round_trip(report, wall)


_NAME = secrets.token_urlsafe(12).encode()
