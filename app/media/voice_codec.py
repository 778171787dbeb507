"""The voice codecs we speak: their names and numbers, and where an encoder or decoder of each is made.

Numpy and the codecs' libraries are loaded by the first encoder or decoder, not by this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from app.media.samples import Samples

LONGEST_MS = 240  # of sound in one payload; what claims more is no voice packet
_ANY_PTIME = (10, 20, 30, 40, 50, 60)


class CodecError(ValueError):
    """A payload that cannot be decoded, or sound that cannot be encoded so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceCodec:
    """One codec. `name` is unique, lower-case, and its registered name but for `l16-8000`.

    `clock_rate` and `channels` are those of a=rtpmap, which say nothing of the sound for G.722
    (RFC 3551 4.5.2) and Opus (RFC 7587 7); `sample_rate` is what the codec itself works at.
    """

    name: str
    clock_rate: int
    channels: int = 1
    payload_type: int
    parameters: str = ""
    sample_rate: int
    packet_times: tuple[int, ...] = _ANY_PTIME

    def packet_ms(self, wanted: int) -> int:
        """How many milliseconds to put in a packet where so many are wanted: what fits of those possible."""
        return max((each for each in self.packet_times if each <= wanted), default=self.packet_times[0])


_ALL = (
    VoiceCodec(name="pcmu", clock_rate=8000, payload_type=0, sample_rate=8000),
    VoiceCodec(name="pcma", clock_rate=8000, payload_type=8, sample_rate=8000),
    VoiceCodec(name="g722", clock_rate=8000, payload_type=9, sample_rate=16_000),
    VoiceCodec(
        name="opus",
        clock_rate=48_000,
        channels=2,
        payload_type=107,
        parameters="useinbandfec=1;maxplaybackrate=16000;sprop-maxcapturerate=16000",
        sample_rate=16_000,
        packet_times=(10, 20, 40, 60),
    ),
    VoiceCodec(name="l16", clock_rate=16_000, payload_type=118, sample_rate=16_000),
)
_NARROW_L16 = VoiceCodec(name="l16-8000", clock_rate=8000, payload_type=119, sample_rate=8000)

CODECS: Mapping[str, VoiceCodec] = MappingProxyType({codec.name: codec for codec in _ALL})
DEFAULT_ORDER: tuple[str, ...] = ("opus", "g722", "pcma", "pcmu")

_BY_MAPPING = {(codec.name, codec.clock_rate, codec.channels): codec for codec in _ALL}
_BY_MAPPING["l16", 8000, 1] = _NARROW_L16


def is_spoken(codec: VoiceCodec) -> bool:
    """Whether this installation speaks the codec: Opus needs a library that may not be there."""
    if codec.name != "opus":
        return True
    from app.media import opus_library

    return opus_library.load() is not None


def find(name: str, clock_rate: int, channels: int) -> VoiceCodec | None:
    """The codec that an a=rtpmap means, or None if it is none that is spoken here.

    L16 at 8 kHz is understood, though never offered.
    """
    codec = _BY_MAPPING.get((name.lower(), clock_rate, channels))
    return codec if codec is not None and is_spoken(codec) else None


class Encoder(Protocol):
    """Makes payloads of one stream's sound; it remembers what went before."""

    def encode(self, sound: Samples) -> bytes:
        """House sound of the packet time -> one payload; CodecError for another length."""
        ...


class Decoder(Protocol):
    """Makes sound of one stream's payloads; it remembers what went before."""

    def decode(self, payload: bytes) -> Samples:
        """One payload -> house sound of its length; CodecError."""
        ...


@runtime_checkable
class RecoveringDecoder(Decoder, Protocol):
    """A decoder that makes up for lost sound itself: what it remembers must know of the loss."""

    def make_up(self, count: int, following: bytes | None) -> Samples:
        """`count` samples of lost sound, or a few more; CodecError.

        `following` is the packet whose sound comes right after them, if the packet before it was lost: it may
        say the end of them again. It is still to be decoded.
        """
        ...


def new_encoder(codec: VoiceCodec, ptime_ms: int = 20, *, bitrate: int = 32_000) -> Encoder:
    """An encoder that takes `ptime_ms` at a time; CodecError where there are no such packets, or no codec.

    `bitrate` is for codecs that have a choice; Opus has room for its error correction from 28,000 on.
    """
    if ptime_ms not in codec.packet_times:
        raise CodecError(f"{codec.name} has no packets of {ptime_ms} ms")
    match codec.name:
        case "pcmu" | "pcma":
            from app.media.g711 import G711Encoder

            return G711Encoder(codec.name, ptime_ms)
        case "g722":
            from app.media.g722 import G722Encoder

            return G722Encoder(ptime_ms)
        case "opus":
            from app.media.opus import OpusEncoder

            return OpusEncoder(ptime_ms, bitrate)
        case _:
            from app.media.linear import LinearEncoder

            return LinearEncoder(codec.sample_rate, ptime_ms)


def new_decoder(codec: VoiceCodec) -> Decoder:
    """A decoder for one stream; CodecError where the codec is missing."""
    match codec.name:
        case "pcmu" | "pcma":
            from app.media.g711 import G711Decoder

            return G711Decoder(codec.name)
        case "g722":
            from app.media.g722 import G722Decoder

            return G722Decoder()
        case "opus":
            from app.media.opus import OpusDecoder

            return OpusDecoder()
        case _:
            from app.media.linear import LinearDecoder

            return LinearDecoder(codec.sample_rate)
