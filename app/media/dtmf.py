"""Telephone events in RTP: one digit's whole life as sender and as receiver (RFC 4733 2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct

from app.media.rtp import timestamp_distance

DIGITS = "0123456789*#ABCD"
FLASH = 16
END_REPEATS = 3  # RFC 4733 2.5.1.4
_PAYLOAD = Struct("!BBH")
_LONGEST = 0xFFFF
_LATE = 80_000  # ticks; further back is no late packet but another clock


class EventError(ValueError):
    """A payload that is no telephone event."""


@dataclass(frozen=True, slots=True)
class TelephoneEvent:
    """One payload (RFC 4733 2.3). `volume` counts dB below 0 dBm0, `duration` in clock ticks."""

    event: int
    end: bool
    volume: int
    duration: int

    @classmethod
    def parse(cls, payload: bytes) -> TelephoneEvent:
        """Read the first event of a payload; EventError."""
        if len(payload) < _PAYLOAD.size:
            raise EventError(f"{len(payload)} bytes are too short")
        event, flags, duration = _PAYLOAD.unpack_from(payload)
        return cls(event, bool(flags & 0x80), flags & 0x3F, duration)

    def encode(self) -> bytes:
        """Write the four bytes."""
        return _PAYLOAD.pack(self.event, self.end << 7 | self.volume & 0x3F, self.duration)

    @property
    def digit(self) -> str:
        """0-9 * # A-D; "" for an event that is no key."""
        return DIGITS[self.event] if self.event < len(DIGITS) else ""


@dataclass(frozen=True, slots=True)
class EventPacket:
    """One packet of a digit to be sent: `offset` is added to the timestamp at which the digit began."""

    marker: bool
    offset: int
    payload: bytes


def packets_of(
    digit: str, duration_ms: int = 160, *, clock_rate: int = 8000, packet_ms: int = 20, volume: int = 10
) -> Iterator[EventPacket]:
    """One packet for each tick of the media clock, from the first to the third repetition of the end.

    All carry the timestamp of the digit's beginning; only the first has the marker. An event longer than
    the 16-bit duration goes on in a new segment with a later timestamp and no marker (2.5.1.3). EventError.
    """
    event = DIGITS.find(digit.upper()) if len(digit) == 1 else -1
    if event < 0:
        raise EventError(f"{digit!r} is no key")
    step = max(1, clock_rate * packet_ms // 1000)
    total = max(step, clock_rate * duration_ms // 1000)
    offset = 0
    sent = 0
    first = True
    while True:
        sent = min(sent + step, total)
        if sent - offset > _LONGEST:
            offset += (sent - step) - offset
        end = sent == total
        payload = TelephoneEvent(event, end, volume, sent - offset).encode()
        for _ in range(END_REPEATS if end else 1):
            yield EventPacket(first, offset, payload)
            first = False
        if end:
            return


@dataclass(frozen=True, slots=True)
class DigitStarted:
    """A key went down."""

    digit: str


@dataclass(frozen=True, slots=True)
class DigitEnded:
    """A key went up after `duration` clock ticks: those last heard of, where the end was lost."""

    digit: str
    duration: int


class DigitReceiver:
    """Turns the packets of one stream into each key's going down and up, once, whatever is lost or repeated.

    Begin a new one when the SSRC changes.
    """

    __slots__ = ("_current", "_duration", "_ended", "_segment", "_timestamp")

    def __init__(self) -> None:
        self._current = ""
        self._duration = 0  # of this segment
        self._segment = 0  # of the segments before it
        self._timestamp: int | None = None
        self._ended = True

    def receive(self, timestamp: int, payload: bytes) -> list[DigitStarted | DigitEnded]:
        """Take one packet's timestamp and payload; EventError. Events that are no key are passed over."""
        event = TelephoneEvent.parse(payload)
        if not event.digit:
            return []
        found: list[DigitStarted | DigitEnded] = []
        if timestamp != self._timestamp:
            if self._timestamp is not None and -_LATE < timestamp_distance(timestamp, self._timestamp) < 0:
                return []  # late, of a digit that is over
            if self._continues(timestamp, event):
                self._segment += self._duration
            else:
                found += self.flush()
                found.append(DigitStarted(event.digit))
                self._current, self._segment, self._ended = event.digit, 0, False
            self._timestamp, self._duration = timestamp, 0
        if self._ended:
            return found  # the end, repeated
        self._duration = max(self._duration, event.duration)
        if event.end:
            found += self.flush()
        return found

    def flush(self) -> list[DigitStarted | DigitEnded]:
        """End the key that is down: when sound came again, or nothing for a while."""
        if self._ended:
            return []
        self._ended = True
        return [DigitEnded(self._current, self._segment + self._duration)]

    def _continues(self, timestamp: int, event: TelephoneEvent) -> bool:
        """Whether a new timestamp is but the next segment of a long event (RFC 4733 2.5.1.3)."""
        if self._ended or self._timestamp is None or event.digit != self._current:
            return False
        return self._duration > 0 and timestamp_distance(timestamp, self._timestamp) == self._duration
