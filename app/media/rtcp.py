"""RTCP compound packets: sender and receiver reports, source descriptions, goodbyes (RFC 3550 6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from struct import Struct

from app.media.rtp import VERSION

_HEAD = Struct("!BBH")
_WORD = Struct("!I")
_SENDER = Struct("!IQIII")
_BLOCK = Struct("!IIIIII")
_UNIX_TO_NTP = 2_208_988_800
_END, CNAME = 0, 1


class RtcpError(ValueError):
    """A datagram that is no RTCP compound packet; the message says why."""


class PacketType(IntEnum):
    """RFC 3550 12.1."""

    SR = 200
    RR = 201
    SDES = 202
    BYE = 203


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionReport:
    """What one source's receiver saw of it (RFC 3550 6.4.1). `lsr` and `dlsr` are in 1/65536 seconds."""

    ssrc: int
    fraction_lost: int  # of 256, since the last report
    lost: int  # since the beginning; negative where packets came twice
    highest_sequence: int  # extended by the number of wraps
    jitter: int  # in ticks of the payload's clock
    lsr: int = 0
    dlsr: int = 0

    def encode(self) -> bytes:
        """Write the 24 bytes of the block."""
        lost = max(-0x80_0000, min(0x7F_FFFF, self.lost)) & 0xFF_FFFF
        highest = self.highest_sequence & 0xFFFF_FFFF
        return _BLOCK.pack(
            self.ssrc, self.fraction_lost << 24 | lost, highest, self.jitter, self.lsr, self.dlsr
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderReport:
    """What a source sent (RFC 3550 6.4.1). `ntp` is its wall clock in the 64-bit format of NTP."""

    ssrc: int
    ntp: int
    rtp_timestamp: int
    packets: int
    octets: int
    reports: tuple[ReceptionReport, ...] = ()
    extra: bytes = b""  # profile-specific extensions

    def encode(self) -> bytes:
        """Write the packet with its header."""
        head = _SENDER.pack(self.ssrc, self.ntp, self.rtp_timestamp, self.packets, self.octets)
        return _packet(PacketType.SR, len(self.reports), head + _blocks(self.reports) + self.extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverReport:
    """What one who does not send has received (RFC 3550 6.4.2)."""

    ssrc: int
    reports: tuple[ReceptionReport, ...] = ()
    extra: bytes = b""

    def encode(self) -> bytes:
        """Write the packet with its header."""
        body = _WORD.pack(self.ssrc) + _blocks(self.reports) + self.extra
        return _packet(PacketType.RR, len(self.reports), body)


@dataclass(frozen=True, slots=True)
class Chunk:
    """What a source says about itself: (type, text) pairs."""

    ssrc: int
    items: tuple[tuple[int, bytes], ...]


@dataclass(frozen=True, slots=True)
class SourceDescription:
    """Who the sources are (RFC 3550 6.5)."""

    chunks: tuple[Chunk, ...]

    def encode(self) -> bytes:
        """Write the packet with its header; RtcpError where an item is longer than 255 bytes."""
        body = b""
        for chunk in self.chunks:
            if any(len(text) > 255 or not 0 < kind < 256 for kind, text in chunk.items):
                raise RtcpError("an item does not fit")
            items = b"".join(bytes((kind, len(text))) + text for kind, text in chunk.items)
            body += _WORD.pack(chunk.ssrc) + items + bytes(4 - len(items) % 4)
        return _packet(PacketType.SDES, len(self.chunks), body)


@dataclass(frozen=True, slots=True)
class Bye:
    """Sources that leave (RFC 3550 6.6)."""

    ssrcs: tuple[int, ...]
    reason: bytes = b""

    def encode(self) -> bytes:
        """Write the packet with its header; RtcpError where the reason is longer than 255 bytes."""
        if len(self.reason) > 255:
            raise RtcpError("the reason does not fit")
        text = bytes((len(self.reason),)) + self.reason if self.reason else b""
        body = b"".join(map(_WORD.pack, self.ssrcs)) + text + bytes(-len(text) % 4)
        return _packet(PacketType.BYE, len(self.ssrcs), body)


@dataclass(frozen=True, slots=True)
class OtherPacket:
    """A packet type we have no use for, kept as it came: APP, feedback, extended reports."""

    packet_type: int
    count: int
    body: bytes

    def encode(self) -> bytes:
        """Write the packet with its header."""
        return _packet(self.packet_type, self.count, self.body)


RtcpPacket = SenderReport | ReceiverReport | SourceDescription | Bye | OtherPacket


def encode(packets: Iterable[RtcpPacket]) -> bytes:
    """Write a compound packet. The first should be a report and a CNAME should follow (RFC 3550 6.1)."""
    return b"".join(packet.encode() for packet in packets)


def parse(data: bytes) -> tuple[RtcpPacket, ...]:
    """Read a compound packet, or one of reduced size without a report in front (RFC 5506); RtcpError."""
    packets: list[RtcpPacket] = []
    at = 0
    while at < len(data):
        if len(data) - at < 4:
            raise RtcpError("cut off in a header")
        first, packet_type, words = _HEAD.unpack_from(data, at)
        end = at + 4 + 4 * words
        if first >> 6 != VERSION:
            raise RtcpError(f"version {first >> 6}")
        if end > len(data):
            raise RtcpError("cut off in a packet")
        body = bytes(data[at + 4 : end])
        if first & 0x20:
            if end != len(data) or not body or not 0 < body[-1] <= len(body):
                raise RtcpError("misplaced padding")
            body = body[: -body[-1]]
        packets.append(_read(packet_type, first & 0x1F, body))
        at = end
    if not packets:
        raise RtcpError("empty")
    return tuple(packets)


def to_ntp(unix: float) -> int:
    """A time of day as the 64 bits of NTP."""
    seconds = int(unix // 1)
    return ((seconds + _UNIX_TO_NTP) << 32 | int((unix - seconds) * (1 << 32))) & 0xFFFF_FFFF_FFFF_FFFF


def middle(ntp: int) -> int:
    """The middle 32 bits, which LSR carries: a clock of 1/65536 seconds."""
    return ntp >> 16 & 0xFFFF_FFFF


def round_trip(report: ReceptionReport, now: float) -> float | None:
    """Seconds to the receiver and back (RFC 3550 6.4.1); None where it has seen no report of ours yet."""
    if not report.lsr:
        return None
    ticks = (middle(to_ntp(now)) - report.lsr - report.dlsr + 0x8000_0000) % (1 << 32) - 0x8000_0000
    return max(0.0, ticks / 65_536)


def _packet(packet_type: int, count: int, body: bytes) -> bytes:
    words, rest = divmod(len(body), 4)
    if rest or words > 0xFFFF or count > 31:
        raise RtcpError("does not fit an RTCP packet")
    return _HEAD.pack(VERSION << 6 | count, packet_type, words) + body


def _blocks(reports: Iterable[ReceptionReport]) -> bytes:
    return b"".join(report.encode() for report in reports)


def _read(packet_type: int, count: int, body: bytes) -> RtcpPacket:
    match packet_type:
        case PacketType.SR:
            _need(body, _SENDER.size + count * _BLOCK.size)
            ssrc, ntp, timestamp, packets, octets = _SENDER.unpack_from(body)
            reports, extra = _reports(body[_SENDER.size :], count)
            return SenderReport(
                ssrc=ssrc,
                ntp=ntp,
                rtp_timestamp=timestamp,
                packets=packets,
                octets=octets,
                reports=reports,
                extra=extra,
            )
        case PacketType.RR:
            _need(body, 4 + count * _BLOCK.size)
            reports, extra = _reports(body[4:], count)
            return ReceiverReport(ssrc=_WORD.unpack_from(body)[0], reports=reports, extra=extra)
        case PacketType.SDES:
            return SourceDescription(_chunks(body, count))
        case PacketType.BYE:
            _need(body, 4 * count)
            text = body[4 * count :]
            if text:
                _need(text, 1 + text[0])
            reason = text[1 : 1 + text[0]] if text else b""
            return Bye(tuple(word for (word,) in _WORD.iter_unpack(body[: 4 * count])), reason)
    return OtherPacket(packet_type, count, body)


def _need(body: bytes, size: int) -> None:
    if len(body) < size:
        raise RtcpError("a packet is shorter than its count says")


def _reports(body: bytes, count: int) -> tuple[tuple[ReceptionReport, ...], bytes]:
    reports = []
    for index in range(count):
        ssrc, loss, highest, jitter, lsr, dlsr = _BLOCK.unpack_from(body, index * _BLOCK.size)
        lost = loss & 0xFF_FFFF
        reports.append(
            ReceptionReport(
                ssrc=ssrc,
                fraction_lost=loss >> 24,
                lost=lost - (1 << 24) if lost & 0x80_0000 else lost,
                highest_sequence=highest,
                jitter=jitter,
                lsr=lsr,
                dlsr=dlsr,
            )
        )
    return tuple(reports), body[count * _BLOCK.size :]


def _chunks(body: bytes, count: int) -> tuple[Chunk, ...]:
    chunks = []
    at = 0
    for _ in range(count):
        _need(body, at + 5)
        ssrc = _WORD.unpack_from(body, at)[0]
        at += 4
        items = []
        while True:
            _need(body, at + 1)
            kind = body[at]
            if kind == _END:
                at += 4 - at % 4
                break
            _need(body, at + 2)
            length = body[at + 1]
            _need(body, at + 2 + length)
            items.append((kind, body[at + 2 : at + 2 + length]))
            at += 2 + length
        chunks.append(Chunk(ssrc, tuple(items)))
    return tuple(chunks)
