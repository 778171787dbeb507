"""Which codecs a media line names: static and mapped payload types, format parameters (RFC 3551, 8866)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from app.sdp.description import Line, Media

TELEPHONE_EVENT = "telephone-event"
COMFORT_NOISE = "CN"
_NOT_A_VOICE = frozenset({TELEPHONE_EVENT, COMFORT_NOISE.lower(), "red", "ulpfec", "tone"})


@dataclass(frozen=True, slots=True)
class Codec:
    """One payload type of one media line. G.722's clock rate is 8000 by a historic error (RFC 3551 4.5.2)."""

    payload_type: int
    name: str
    clock_rate: int
    channels: int = 1
    parameters: str = ""  # the value of a=fmtp

    def is_same(self, other: Codec) -> bool:
        """Whether both mean one encoding, whatever their payload types and parameters (RFC 3264 6.1)."""
        return self.key == other.key

    @property
    def key(self) -> tuple[str, int, int]:
        """What an encoding is told apart by; names are compared without case (RFC 8866 6.6)."""
        return self.name.lower(), self.clock_rate, self.channels

    @property
    def is_voice(self) -> bool:
        """Whether it carries sound by itself: not telephone-event, comfort noise or redundancy."""
        return self.name.lower() not in _NOT_A_VOICE

    @property
    def is_telephone_event(self) -> bool:
        """Whether it carries DTMF (RFC 4733)."""
        return self.name.lower() == TELEPHONE_EVENT

    def lines(self) -> tuple[Line, ...]:
        """The a=rtpmap and a=fmtp lines that describe it."""
        channels = f"/{self.channels}" if self.channels != 1 else ""
        mapped = Line("a", f"rtpmap:{self.payload_type} {self.name}/{self.clock_rate}{channels}")
        if not self.parameters:
            return (mapped,)
        return (mapped, Line("a", f"fmtp:{self.payload_type} {self.parameters}"))


STATIC = {  # RFC 3551 table 4 and 5
    codec.payload_type: codec
    for codec in (
        Codec(0, "PCMU", 8000),
        Codec(3, "GSM", 8000),
        Codec(4, "G723", 8000),
        Codec(5, "DVI4", 8000),
        Codec(6, "DVI4", 16000),
        Codec(7, "LPC", 8000),
        Codec(8, "PCMA", 8000),
        Codec(9, "G722", 8000),
        Codec(10, "L16", 44100, 2),
        Codec(11, "L16", 44100),
        Codec(12, "QCELP", 8000),
        Codec(13, "CN", 8000),
        Codec(14, "MPA", 90000),
        Codec(15, "G728", 8000),
        Codec(16, "DVI4", 11025),
        Codec(17, "DVI4", 22050),
        Codec(18, "G729", 8000),
        Codec(25, "CelB", 90000),
        Codec(26, "JPEG", 90000),
        Codec(28, "nv", 90000),
        Codec(31, "H261", 90000),
        Codec(32, "MPV", 90000),
        Codec(33, "MP2T", 90000),
        Codec(34, "H263", 90000),
    )
}


def codecs_of(media: Media) -> tuple[Codec, ...]:
    """The codecs of a media line in its order of preference.

    A dynamic payload type without a readable a=rtpmap is left out, as is a format that is no payload type.
    """
    return _codecs(media.formats, media.attributes("rtpmap"), media.attributes("fmtp"))


@lru_cache(maxsize=128)  # a phone says the same thing in every call
def _codecs(formats: tuple[str, ...], rtpmaps: tuple[str, ...], fmtps: tuple[str, ...]) -> tuple[Codec, ...]:
    mapped = _by_payload_type(rtpmaps)
    parameters = _by_payload_type(fmtps)
    found: list[Codec] = []
    for text in formats:
        payload_type = _payload_type(text)
        if payload_type is None or any(codec.payload_type == payload_type for codec in found):
            continue
        codec = _mapped(payload_type, mapped.get(payload_type, "")) or STATIC.get(payload_type)
        if codec is not None:
            value = parameters.get(payload_type)
            found.append(replace(codec, parameters=value) if value else codec)
    return tuple(found)


def telephone_event_for(codecs: Sequence[Codec], codec: Codec | None = None) -> Codec | None:
    """The telephone-event that goes with a codec: the one of its clock rate, else the first (RFC 4733 2.4.1).

    `codec` defaults to the first voice codec of the list.
    """
    codec = codec or next((each for each in codecs if each.is_voice), None)
    events = [each for each in codecs if each.is_telephone_event]
    same_clock = (each for each in events if codec is not None and each.clock_rate == codec.clock_rate)
    return next(same_clock, events[0] if events else None)


def with_codecs(media: Media, codecs: Sequence[Codec]) -> Media:
    """The media line with just these codecs, in this order; attributes of dropped ones go with them.

    Lines of kept payload types stay as they were, so that what we do not understand survives.
    """
    kept = {codec.payload_type for codec in codecs}
    known = _by_payload_type(media.attributes("rtpmap"))
    lines = [line for line in media.lines if not _is_of_dropped(line, kept)]
    for codec in codecs:
        static = STATIC.get(codec.payload_type)
        if codec.payload_type not in known and (static is None or not static.is_same(codec)):
            lines.extend(codec.lines())
    return replace(media, formats=tuple(str(codec.payload_type) for codec in codecs), lines=tuple(lines))


def _is_of_dropped(line: Line, kept: set[int]) -> bool:
    name, _, value = line.value.partition(":")
    if line.kind != "a" or name not in ("rtpmap", "fmtp", "rtcp-fb"):
        return False
    payload_type = _payload_type(value.partition(" ")[0])
    return payload_type is not None and payload_type not in kept


def _by_payload_type(values: Sequence[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for value in values:
        number, _, rest = value.strip().partition(" ")
        payload_type = _payload_type(number)
        if payload_type is not None:
            found.setdefault(payload_type, rest.strip())
    return found


def _payload_type(text: str) -> int | None:
    if text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= 127:
        return int(text)
    return None


def _mapped(payload_type: int, value: str) -> Codec | None:
    name, *rest = value.split("/")
    numbers = [int(part) for part in rest if part.isascii() and part.isdigit() and len(part) < 8]
    if not name or len(numbers) != len(rest) or not 1 <= len(numbers) <= 2 or 0 in numbers:
        return None
    return Codec(payload_type, name, numbers[0], numbers[1] if len(numbers) == 2 else 1)
