"""RTP packets: read, written, and their wrapping sequence numbers compared (RFC 3550 5.1)."""

from __future__ import annotations

from dataclasses import dataclass
from struct import Struct

VERSION = 2
HEADER = Struct("!BBHII")
SEQUENCE_MODULO = 1 << 16
TIMESTAMP_MODULO = 1 << 32
_EXTENSION_HEAD = Struct("!HH")
_WORD = Struct("!I")


class RtpError(ValueError):
    """A datagram that is no RTP packet; the message says why."""


@dataclass(frozen=True, slots=True)
class Extension:
    """A header extension (RFC 3550 5.3.1). `data` is a multiple of four bytes."""

    profile: int
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RtpPacket:
    """One RTP packet. `padding` counts the bytes behind the payload, their last one included."""

    payload_type: int
    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes = b""
    marker: bool = False
    csrcs: tuple[int, ...] = ()
    extension: Extension | None = None
    padding: int = 0

    def encode(self) -> bytes:
        """Write the packet; RtpError where a value does not fit its field."""
        if not 0 <= self.payload_type <= 127 or len(self.csrcs) > 15 or not 0 <= self.padding <= 255:
            raise RtpError("a value does not fit its field")
        first = VERSION << 6 | bool(self.padding) << 5 | (self.extension is not None) << 4 | len(self.csrcs)
        second = self.marker << 7 | self.payload_type
        sequence, timestamp = self.sequence % SEQUENCE_MODULO, self.timestamp % TIMESTAMP_MODULO
        parts = [HEADER.pack(first, second, sequence, timestamp, self.ssrc)]
        parts.extend(_WORD.pack(csrc) for csrc in self.csrcs)
        if self.extension is not None:
            words, rest = divmod(len(self.extension.data), 4)
            if rest or words > 0xFFFF:
                raise RtpError("the header extension is no whole number of words")
            parts += (_EXTENSION_HEAD.pack(self.extension.profile, words), self.extension.data)
        parts.append(self.payload)
        if self.padding:
            parts.append(bytes(self.padding - 1) + bytes((self.padding,)))
        return b"".join(parts)


def parse(data: bytes) -> RtpPacket:
    """Read one datagram; RtpError."""
    if len(data) < HEADER.size:
        raise RtpError(f"{len(data)} bytes are too short")
    first, second, sequence, timestamp, ssrc = HEADER.unpack_from(data)
    if first >> 6 != VERSION:
        raise RtpError(f"version {first >> 6}")
    start = HEADER.size + 4 * (first & 0x0F)
    end = len(data)
    csrcs = tuple(int.from_bytes(data[at : at + 4]) for at in range(HEADER.size, start, 4))
    extension = None
    if first & 0x10:
        if start + 4 > end:
            raise RtpError("cut off in the header extension")
        profile, words = _EXTENSION_HEAD.unpack_from(data, start)
        body = start + 4
        start = body + 4 * words
        extension = Extension(profile, bytes(data[body:start]))
    padding = data[-1] if first & 0x20 else 0
    if start > end:
        raise RtpError("cut off in the header")
    if first & 0x20 and (padding == 0 or start + padding > end):
        raise RtpError(f"padding of {padding} bytes")
    return RtpPacket(
        payload_type=second & 0x7F,
        sequence=sequence,
        timestamp=timestamp,
        ssrc=ssrc,
        payload=bytes(data[start : end - padding]),
        marker=bool(second & 0x80),
        csrcs=csrcs,
        extension=extension,
        padding=padding,
    )


def is_rtcp(data: bytes) -> bool:
    """Whether a datagram that came to an RTP port is RTCP (RFC 5761 4: packet types 192 to 223)."""
    return len(data) >= 8 and data[0] >> 6 == VERSION and 192 <= data[1] <= 223


def sequence_distance(later: int, earlier: int) -> int:
    """How many steps `later` is ahead of `earlier`, across the wrap: -32768 to 32767."""
    return (later - earlier + 0x8000) % SEQUENCE_MODULO - 0x8000


def timestamp_distance(later: int, earlier: int) -> int:
    """How many clock ticks `later` is ahead of `earlier`, across the wrap."""
    return (later - earlier + 0x8000_0000) % TIMESTAMP_MODULO - 0x8000_0000
