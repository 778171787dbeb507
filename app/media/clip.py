"""A piece of sound in memory, and its packets in each codec, which all who hear it share."""

from __future__ import annotations

import weakref
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # numpy is not loaded before the first sound
    from app.media.samples import Samples
    from app.media.voice_codec import Encoder, VoiceCodec

_RATE, _FRAME = 16_000, 320  # those of app.media.samples
_MOST_BYTES = 16 * 1024 * 1024  # of encoded sound, all clips together
_MOST_AT_ONCE = 50  # packets that are encoded to catch up: some milliseconds in the dearest codec


class Clip:
    """Sound in the house format that nobody changes any more. It is counted in frames of 20 ms."""

    __slots__ = ("__weakref__", "_packets", "frames", "name", "samples")

    def __init__(self, samples: Samples, name: str = "") -> None:
        if samples.ndim != 1 or samples.dtype.char != "h":
            raise ValueError("a clip is one channel of 16-bit samples")
        self.samples = samples
        self.name = name
        self.frames = -(-len(samples) // _FRAME)
        self._packets: dict[tuple[str, int], ClipPackets] = {}

    def __repr__(self) -> str:
        return f"<Clip {self.name!r}, {self.seconds:.2f} s>"

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.samples) / _RATE

    def frame(self, number: int) -> Samples:
        """The 20 ms of this number, the last one filled with silence; IndexError beyond it."""
        return _piece(self.samples, number, _FRAME)

    def packets(self, codec: VoiceCodec, ptime_ms: int = 20, first: int = 0) -> ClipPackets:
        """Its payloads for one who hears it from packet `first` on.

        They are shared, and kept until others need the room. Who begins far ahead of all that has been
        encoded gets some of their own: nobody waits until a long clip is encoded.
        """
        key = (codec.name, ptime_ms)
        shared = self._packets.get(key)
        if shared is None:
            shared = self._packets[key] = ClipPackets(self.samples, codec, ptime_ms)
        _room.used(self, key)
        if first > shared.made + _MOST_AT_ONCE:
            return ClipPackets(self.samples, codec, ptime_ms, first)
        return shared

    def encoded(self, codec: VoiceCodec, ptime_ms: int = 20) -> tuple[bytes, ...]:
        """All its payloads at once, the last one filled with silence. For short clips."""
        packets = self.packets(codec, ptime_ms)
        return tuple(packets.payload(number) for number in range(packets.count))

    def weight(self, key: tuple[str, int]) -> int:
        """How many bytes the packets of one codec and packet time are."""
        known = self._packets.get(key)
        return 0 if known is None else known.weight

    def forget(self, key: tuple[str, int]) -> int:
        """Let them go; returns how many bytes they were."""
        weight = self.weight(key)
        self._packets.pop(key, None)
        return weight


class ClipPackets:
    """One clip's payloads in one codec, made one after the other as they are first asked for.

    A codec remembers what went before, so those between are made too.
    """

    __slots__ = ("_encoder", "_first", "_payloads", "_samples", "_size", "count", "weight")

    def __init__(self, samples: Samples, codec: VoiceCodec, ptime_ms: int, first: int = 0) -> None:
        from app.media.voice_codec import new_encoder

        self._samples = samples
        self._size = _RATE * ptime_ms // 1000
        self._encoder: Encoder | None = new_encoder(codec, ptime_ms)
        self._payloads: list[bytes] = []
        self._first = first
        self.count = -(-len(samples) // self._size)
        self.weight = 0  # bytes

    @property
    def made(self) -> int:
        """How far they have been encoded."""
        return self._first + len(self._payloads)

    def payload(self, number: int) -> bytes:
        """One packet's payload; IndexError where there is none."""
        index = number - self._first
        if index < 0:
            raise IndexError(f"packet {number} comes before the first one, {self._first}")
        payloads = self._payloads
        while index >= len(payloads) and self._encoder is not None:
            payload = self._encoder.encode(_piece(self._samples, self.made, self._size))
            payloads.append(payload)
            self.weight += len(payload)
            if self.made == self.count:
                self._encoder = None
        return payloads[index]


class _Room:
    """What there is of shared packets, the least recently used first."""

    def __init__(self) -> None:
        self._order: OrderedDict[tuple[int, tuple[str, int]], weakref.ref[Clip]] = OrderedDict()

    def used(self, clip: Clip, key: tuple[str, int]) -> None:
        """One is going to be heard: the oldest of the others go, where all are more than enough.

        They are weighed now rather than as they grow: while a clip is heard, its packets are held anyway.
        """
        entry = (id(clip), key)
        self._order[entry] = weakref.ref(clip)
        self._order.move_to_end(entry)
        total = 0
        for known, reference in list(self._order.items()):
            held = reference()
            if held is None:
                del self._order[known]
            else:
                total += held.weight(known[1])
        while total > _MOST_BYTES and len(self._order) > 1:
            (_, oldest), reference = self._order.popitem(last=False)
            held = reference()
            if held is not None:
                total -= held.forget(oldest)


_room = _Room()


def _piece(samples: Samples, number: int, size: int) -> Samples:
    start = number * size
    if number < 0 or start >= len(samples):
        raise IndexError(f"{len(samples)} samples have no piece {number} of {size}")
    piece = samples[start : start + size]
    if len(piece) < size:
        import numpy as np

        piece = np.concatenate((piece, np.zeros(size - len(piece), np.int16)))
    return piece
