"""The RTP stream a voice port sends: one SSRC, sequence and clock through all that is heard of it.

What was played, passed on or pressed follows one upon the other without a seam (RFC 3550 5.1): the sequence
counts on, the timestamp runs with the media clock through pauses too and never goes back, and the first
packet of each talkspurt carries the marker (RFC 3551 4.1). A change of the codec's clock rate keeps SSRC and
timestamp, which then runs at the new rate (RFC 7160 4.2).
"""

from __future__ import annotations

import secrets
from struct import Struct

from app.media.rtp import timestamp_distance
from app.net.leg_sockets import LegSockets

_pack = Struct("!BBHII").pack
_MASK = 0xFFFF_FFFF
_TICKS_PER_SECOND = 50
_MARKER = 0x80


class VoiceStream:
    """One port's outgoing stream. `talker` is whose sound it carries now: None = our own.

    `sequence` and `next_stamp` are those of the next packet; `inserted` counts packets that somebody who
    passes sound on does not know of.
    """

    __slots__ = (
        "_marked_type",
        "_next_tick",
        "_per_tick",
        "_sockets",
        "_stamp",
        "_stamp_tick",
        "clock_rate",
        "inserted",
        "next_stamp",
        "packets",
        "payload_type",
        "sequence",
        "ssrc",
        "step",
        "talker",
        "undelivered",
        "undelivered_bytes",
        "whole_bytes",
    )

    def __init__(self, sockets: LegSockets) -> None:
        self._sockets = sockets
        self.ssrc = secrets.randbits(32)
        self.sequence = secrets.randbits(15)  # SRTP and old phones dislike an early wrap (RFC 3711 3.3.1)
        self._stamp = self.next_stamp = secrets.randbits(32)
        self._stamp_tick = 0
        self._next_tick = -1  # when the talkspurt goes on
        self.clock_rate, self._per_tick = 8000, 160
        self.step = 160  # ticks of the codec's clock in a packet
        self.payload_type = self._marked_type = 0
        self.talker: object | None = None
        self.inserted = 0
        self.packets = self.whole_bytes = 0
        self.undelivered = self.undelivered_bytes = 0

    def use(self, payload_type: int, clock_rate: int, ptime_ms: int, tick: int) -> None:
        """Send this codec from now on; what comes next begins a talkspurt."""
        self._stamp, self._stamp_tick = self.stamp_at(tick), tick
        self.clock_rate, self._per_tick = clock_rate, clock_rate // _TICKS_PER_SECOND
        self.step = clock_rate * ptime_ms // 1000
        self.payload_type = payload_type
        self.break_off()

    def break_off(self) -> None:
        """Somebody else is heard from now on: what comes next begins a talkspurt."""
        self.talker = None
        self._next_tick = -1

    def stamp_at(self, tick: int) -> int:
        """The timestamp of a tick, never before that of what was sent already."""
        stamp = self._stamp + (tick - self._stamp_tick) * self._per_tick & _MASK
        if self.packets and timestamp_distance(self.next_stamp, stamp) > 0:
            return self.next_stamp
        return stamp

    def continues(self, tick: int) -> bool:
        """Whether sound of this tick goes on with a talkspurt of our own; else one begins now."""
        if tick == self._next_tick:
            self._next_tick = tick + 1
            return True
        self._stamp = self.next_stamp = self.stamp_at(tick)
        self._stamp_tick = tick
        self._next_tick = tick + 1
        self._marked_type = self.payload_type | _MARKER
        self.talker = None
        return False

    def sound(self, payload: bytes) -> None:
        """Send the next packet of a talkspurt of our own; `continues` was asked in this tick."""
        sequence, stamp = self.sequence, self.next_stamp
        data = _pack(0x80, self._marked_type, sequence, stamp, self.ssrc) + payload
        self._marked_type = self.payload_type
        self.sequence = sequence + 1 & 0xFFFF
        self.next_stamp = stamp + self.step & _MASK
        self.send(data)

    def insert(self, payload_type: int, marker: bool, stamp: int, payload: bytes) -> None:
        """Send a packet between others: a telephone-event, whose timestamp is not the next one."""
        second = payload_type | _MARKER if marker else payload_type
        data = _pack(0x80, second, self.sequence, stamp & _MASK, self.ssrc) + payload
        self.sequence = self.sequence + 1 & 0xFFFF
        self.inserted += 1
        self.send(data)

    def send(self, data: bytes) -> None:
        """Send a packet as it is."""
        self.packets += 1
        self.whole_bytes += len(data)
        try:
            self._sockets.send(data)
        except OSError:  # a full buffer, the ICMP error of an earlier packet: the next one may arrive
            self.undelivered += 1
            self.undelivered_bytes += len(data)
