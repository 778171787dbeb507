"""What is counted of one leg's sound, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from app.sip.flow import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class LegCounters:
    """What one leg of a call has seen. "in" came from that leg's peer, "out" was sent to it.

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
