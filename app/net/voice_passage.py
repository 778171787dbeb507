"""The way of one port's packets to another port that sends the same codec: renumbered, not decoded."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct

from app.media.rtp import sequence_distance, timestamp_distance
from app.net.voice_stream import VoiceStream

_pack = Struct("!BBHII").pack
_MASK = 0xFFFF_FFFF
_MARKER = 0x80
_LEAP_S = 10.0  # of the timestamp between two packets: another clock; a long key leaps by 8.2
_MOST_DROPOUT, _MOST_MISORDER = 3_000, 100  # RFC 3550 A.1


class Passage:
    """Renumbers packets into a stream; gaps and order stay as they came, for the hearer to see what was lost.

    The offsets of sequence and timestamp are taken anew where the stream has carried other sound meanwhile,
    or where the source begins another stream.
    """

    __slots__ = (
        "_first",
        "_last",
        "_leap",
        "_sequence_offset",
        "_ssrc",
        "_stamp_offset",
        "_stream",
        "_tick",
        "_timestamp",
    )

    def __init__(self, stream: VoiceStream, tick: Callable[[], int]) -> None:
        self._stream, self._tick = stream, tick
        self._ssrc = -1
        self._sequence_offset = self._stamp_offset = 0
        self._first = self._last = self._timestamp = 0  # of the source
        self._leap = 0

    def carry(
        self, payload_type: int, marker: int, sequence: int, timestamp: int, ssrc: int, payload: bytes
    ) -> None:
        """Send a packet on with the hearer's payload type; `marker` is 0 or 128."""
        stream = self._stream
        step = timestamp - self._timestamp & _MASK
        number = sequence + self._sequence_offset + stream.inserted & 0xFFFF
        if stream.talker is not self or ssrc != self._ssrc or number != stream.sequence or step > self._leap:
            if self._begins_anew(sequence, timestamp, ssrc):
                marker = self._anchor(sequence, timestamp, ssrc)
            elif sequence_distance(sequence, self._first) < 0:
                return  # late, of what was heard before something else was
            number = sequence + self._sequence_offset + stream.inserted & 0xFFFF
            if sequence_distance(number, stream.sequence) < 0:  # late: it overtakes nothing
                stamp = timestamp + self._stamp_offset & _MASK
                stream.send(_pack(0x80, payload_type | marker, number, stamp, stream.ssrc) + payload)
                return
        self._last, self._timestamp = sequence, timestamp
        stamp = timestamp + self._stamp_offset & _MASK
        stream.sequence = number + 1 & 0xFFFF
        stream.next_stamp = stamp + stream.step & _MASK
        stream.send(_pack(0x80, payload_type | marker, number, stamp, stream.ssrc) + payload)

    def _begins_anew(self, sequence: int, timestamp: int, ssrc: int) -> bool:
        if self._stream.talker is not self or ssrc != self._ssrc:
            return True
        ahead = sequence_distance(sequence, self._last)
        if not -_MOST_MISORDER < ahead < _MOST_DROPOUT:
            return True
        return (
            ahead > 0
            and not -self._leap
            < timestamp_distance(timestamp, self._timestamp) - ((ahead - 1) * self._stream.step)
            <= self._leap
        )

    def _anchor(self, sequence: int, timestamp: int, ssrc: int) -> int:
        stream = self._stream
        self._leap = int(_LEAP_S * stream.clock_rate)
        self._ssrc, self._first, self._last, self._timestamp = ssrc, sequence, sequence, timestamp
        self._sequence_offset = stream.sequence - stream.inserted - sequence
        self._stamp_offset = stream.stamp_at(self._tick()) - timestamp
        stream.break_off()
        stream.talker = self
        return _MARKER
