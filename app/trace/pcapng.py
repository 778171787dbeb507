"""The capture as a pcapng file, for Wireshark and its kin."""

from __future__ import annotations

import ipaddress
import struct
from collections.abc import Iterable

from app.sip.flow import Address, Direction, Transport
from app.trace.segments import Captured

_SECTION, _INTERFACE, _PACKET = 0x0A0D0D0A, 1, 6
_LINK_RAW = 101  # LINKTYPE_RAW: the packet begins with its IPv4 or IPv6 header
_OPTION_COMMENT = 1
_UDP = 17
_MOST_DATA = 65_535 - 40 - 8  # what one IP packet can carry beside its headers


def export(messages: Iterable[Captured]) -> bytes:
    """Write messages as UDP datagrams, whatever carried them.

    A stream has been cut into messages and TLS deciphered by the time we keep them; a datagram each is how
    every reader can show that. A comment on the packet names the true transport. What does not fit one is
    cut.
    """
    # Section header: byte order, version 1.0, length unknown; then one interface of raw IP, whole packets.
    blocks = [_block(_SECTION, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1))]
    blocks.append(_block(_INTERFACE, struct.pack("<HHI", _LINK_RAW, 0, 0)))
    blocks.extend(_packet(message) for message in messages)
    return b"".join(blocks)


def _block(kind: int, body: bytes) -> bytes:
    padded = body + bytes(-len(body) % 4)
    length = struct.pack("<I", len(padded) + 12)
    return struct.pack("<I", kind) + length + padded + length


def _packet(message: Captured) -> bytes:
    flow = message.flow
    source, target = flow.remote, flow.local
    if message.direction is Direction.OUT:
        source, target = target, source
    frame = _frame(source, target, message.data[:_MOST_DATA])
    microseconds = round(message.time * 1_000_000)
    header = struct.pack(
        "<IIIII",
        0,
        microseconds >> 32,
        microseconds & 0xFFFFFFFF,
        len(frame),
        len(frame) + max(0, len(message.data) - _MOST_DATA),
    )
    body = header + frame + bytes(-len(frame) % 4)
    if flow.transport is not Transport.UDP:
        comment = f"sent over {flow.transport.value}".encode()
        body += struct.pack("<HH", _OPTION_COMMENT, len(comment)) + comment + bytes(-len(comment) % 4)
        body += struct.pack("<HH", 0, 0)
    return _block(_PACKET, body)


def _frame(source: Address, target: Address, data: bytes) -> bytes:
    from_host, to_host = (ipaddress.ip_address(end.host.partition("%")[0]) for end in (source, target))
    length = 8 + len(data)
    udp = struct.pack("!HHHH", source.port, target.port, length, 0)
    if isinstance(from_host, ipaddress.IPv4Address):
        header = struct.pack(
            "!BBHHHBBH4s4s", 0x45, 0, 20 + length, 0, 0, 64, _UDP, 0, from_host.packed, to_host.packed
        )
        # No checksum means "not computed" to UDP over IPv4, but not to IPv6 (RFC 8200 8.1).
        return header[:10] + struct.pack("!H", _checksum(header)) + header[12:] + udp + data
    header = struct.pack("!IHBB16s16s", 0x60000000, length, _UDP, 64, from_host.packed, to_host.packed)
    pseudo = from_host.packed + to_host.packed + struct.pack("!II", length, _UDP)
    checksum = _checksum(pseudo + udp + data) or 0xFFFF
    return header + udp[:6] + struct.pack("!H", checksum) + data


def _checksum(data: bytes) -> int:
    """The Internet checksum (RFC 1071)."""
    if len(data) % 2:
        data += b"\0"
    total: int = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF
