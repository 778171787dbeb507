"""What kind of sound came in on one leg: its payload types, its telephone-events, its share of silence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.sdp.codec import Codec

SAMPLE_MASK: Final = 15  # of the sequence number: one packet in sixteen is looked into
_SHORTEST: Final = 32  # bytes of sound; shorter frames are compressed and say nothing by their bytes
_SILENT_SHARE: Final = 0.95
_GRACE_S: Final = 5.0  # how long after a change the numbers agreed before may still come
_HEADER: Final = 12
_FIRST_DYNAMIC: Final = 96
_EVENT_SIZE: Final = 4  # RFC 4733 2.3
_LAST_EVENT: Final = 16  # 0-9, *, #, A-D and flash


class SoundSeen:
    """Is shown the first packet of each run of one payload type, every telephone-event, and samples.

    So a packet of sound like the one before costs nothing here.
    """

    __slots__ = ("_agreed", "_events", "_former", "_former_until", "_types", "sampled", "silent")

    def __init__(self) -> None:
        self._types = self._agreed = self._former = 0  # bit n is payload type n
        self._former_until = 0.0
        self._events: dict[int, int] = {}
        self.sampled = self.silent = 0

    def agree(self, codecs: Iterable[Codec], now: float) -> None:
        """Take which codecs the peer may send now.

        Those of before are forgotten: the peer learns of the change a while later than we do, and what it
        sends until then was agreed.
        """
        agreed = 0
        for codec in codecs:
            agreed |= 1 << codec.payload_type
        if agreed == self._agreed:
            return
        self._former = (self._former | self._agreed) & ~agreed
        self._former_until = now + _GRACE_S
        self._agreed = agreed
        self._types &= ~self._former
        self._events = {number: n for number, n in self._events.items() if not self._former >> number & 1}

    def note(self, payload_type: int, codec: Codec | None, data: bytes, now: float) -> bool:
        """Note a packet of a payload type that is not that of the packet before.

        `codec` is what that number was agreed to mean, None where it was not. False = show me the next
        packet as well, even if its payload type is the same.
        """
        if self._former >> payload_type & 1 and now < self._former_until:
            return False
        self._types |= 1 << payload_type
        if codec.is_telephone_event if codec is not None else looks_like_event(payload_type, data):
            self._events[payload_type] = self._events.get(payload_type, 0) + 1
            return False
        return True

    def sample(self, data: bytes) -> None:
        """Look whether the sound of a packet is one byte over and over, as a muted G.711 phone sends it."""
        sound = data[_HEADER:] if not data[0] & 0x1F else data[_header_size(data) :]
        size = len(sound)
        if size < _SHORTEST:
            return
        self.sampled += 1
        # Where nearly all bytes are one, the one in the middle is it.
        if sound.count(sound[size >> 1]) > size * _SILENT_SHARE:
            self.silent += 1

    @property
    def payload_types(self) -> tuple[int, ...]:
        """The payload types that came, those of telephone-events too."""
        return tuple(number for number in range(128) if self._types >> number & 1)

    @property
    def events(self) -> tuple[tuple[int, int], ...]:
        """Payload types that carried telephone-events, each with the number of its packets."""
        return tuple(sorted(self._events.items()))


def looks_like_event(payload_type: int, data: bytes) -> bool:
    """Whether a packet of a number nobody spoke of is a telephone-event all the same."""
    if payload_type < _FIRST_DYNAMIC:
        return False
    start = _header_size(data)
    return len(data) - start == _EVENT_SIZE and data[start] <= _LAST_EVENT


def _header_size(data: bytes) -> int:
    """RFC 3550 5.1, 5.3.1: with contributing sources and extension."""
    size = _HEADER + 4 * (data[0] & 0x0F)
    if data[0] & 0x10:
        size += 4 + 4 * int.from_bytes(data[size + 2 : size + 4], "big")
    return size
