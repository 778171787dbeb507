"""Offer and answer as pure functions (RFC 3264): answer, hold, resume, choose codecs, relay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from app.sdp.codec import Codec, codecs_of, telephone_event_for, with_codecs
from app.sdp.description import Connection, Line, Media, Origin, SessionDescription
from app.sdp.direction import DIRECTIONS, Direction, direction, direction_of, with_direction
from app.sdp.relaying import (
    complete_answer,
    next_version,
    same_body,
    through_relay,
    with_places_of,
    without_pictures,
)
from app.sdp.target import MediaTarget, audio_target, behind_nat, packet_time

__all__ = [
    "Capabilities",
    "Codec",
    "Direction",
    "MediaTarget",
    "answer",
    "audio_target",
    "behind_nat",
    "complete_answer",
    "direction_of",
    "hold",
    "keep_codecs",
    "next_version",
    "offer",
    "prefer_codecs",
    "resume",
    "same_body",
    "through_relay",
    "with_places_of",
    "without_pictures",
]

_EVENT_CLOCK = 8000
_PLAIN_RTP = ("RTP/AVP", "RTP/AVPF")


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What we can do with sound at one address, the codecs in our order of preference."""

    host: str
    port: int
    codecs: tuple[Codec, ...]
    session_id: int
    version: int = 1
    direction: Direction = Direction.SENDRECV
    ptime: int | None = 20
    telephone_event: bool = True


def offer(capabilities: Capabilities) -> SessionDescription:
    """Offer sound alone: the codecs in our order, then a telephone-event for each clock (RFC 4733 2.4.1).

    Telephone-events among the codecs keep their payload types; of the others that of 8 kHz is 101, as phones
    that do not read on expect it.
    """
    voices = tuple(codec for codec in capabilities.codecs if codec.is_voice)
    codecs = list(voices)
    if capabilities.telephone_event:
        known = {codec.clock_rate: codec for codec in capabilities.codecs if codec.is_telephone_event}
        taken = {codec.payload_type for codec in capabilities.codecs}
        clocks = tuple(dict.fromkeys(codec.clock_rate for codec in voices))
        for clock in sorted(clocks, key=lambda clock: clock != _EVENT_CLOCK):
            if clock not in known:
                free = next(number for number in (101, *range(96, 128)) if number not in taken)
                known[clock] = Codec(free, "telephone-event", clock, 1, "0-16")
                taken.add(free)
        codecs += [known[clock] for clock in clocks]
    media = _audio(capabilities, "RTP/AVP", codecs, capabilities.ptime)
    return _session(capabilities, (with_direction(media, capabilities.direction),))


def answer(offer: SessionDescription, capabilities: Capabilities) -> SessionDescription:
    """Answer an offer with what both sides can do (RFC 3264 6).

    The first plain RTP audio line with a common codec is taken, in the offer's order of codecs and with its
    payload types; every other line is rejected. `audio_target(answer(…)) is None` means that there was none:
    refuse with 488.
    """
    media: list[Media] = []
    taken = False
    for offered in offer.media:
        chosen = () if taken else _common(offered, capabilities)
        if not chosen:
            media.append(offered.rejected())
            continue
        taken = True
        flow = capabilities.direction.limited_by(direction_of(offered, offer))
        line = _audio(capabilities, offered.protocol, chosen, packet_time(offered, capabilities.ptime))
        media.append(with_direction(line, flow))
    return _session(capabilities, tuple(media))


def hold(desc: SessionDescription) -> SessionDescription:
    """The same description on hold: every stream goes on sending, and no longer receives (RFC 3264 8.4)."""
    return _receiving(desc, receives=False)


def resume(desc: SessionDescription) -> SessionDescription:
    """The same description off hold: every stream is received again."""
    return _receiving(desc, receives=True)


def prefer_codecs(desc: SessionDescription, names: Sequence[str]) -> SessionDescription:
    """Put the named codecs first in every audio line, in this order; the rest follow as they stood."""
    order = {name.lower(): place for place, name in enumerate(names)}

    def sort(codecs: tuple[Codec, ...]) -> Iterable[Codec]:
        return sorted(codecs, key=lambda codec: order.get(codec.name.lower(), len(order)))

    return _each_audio(desc, sort)


def keep_codecs(desc: SessionDescription, names: Iterable[str]) -> SessionDescription:
    """Offer only the named codecs in every audio line; DTMF and comfort noise stay.

    A line that would be left without a voice codec is rejected.
    """
    wanted = {name.lower() for name in names}

    def select(codecs: tuple[Codec, ...]) -> Iterable[Codec]:
        return [codec for codec in codecs if codec.name.lower() in wanted or not codec.is_voice]

    return _each_audio(desc, select)


def _each_audio(
    desc: SessionDescription, change: Callable[[tuple[Codec, ...]], Iterable[Codec]]
) -> SessionDescription:
    media: list[Media] = []
    for each in desc.media:
        if each.kind.lower() != "audio" or each.is_rejected:
            media.append(each)
            continue
        codecs = tuple(change(codecs_of(each)))
        has_voice = any(codec.is_voice for codec in codecs)
        media.append(with_codecs(each, codecs) if has_voice else each.rejected())
    return replace(desc, media=tuple(media))


def _receiving(desc: SessionDescription, *, receives: bool) -> SessionDescription:
    media = tuple(
        each
        if each.is_rejected
        else with_direction(each, direction(sends=direction_of(each, desc).sends, receives=receives))
        for each in desc.media
    )
    return replace(desc, media=media).without(DIRECTIONS)


def _common(offered: Media, capabilities: Capabilities) -> tuple[Codec, ...]:
    """The offered codecs that we have too, with our parameters, and their telephone-events."""
    if offered.kind.lower() != "audio" or offered.is_rejected or offered.protocol.upper() not in _PLAIN_RTP:
        return ()
    theirs = codecs_of(offered)
    common: list[Codec] = []
    for codec in theirs:
        ours = next((each for each in capabilities.codecs if codec.is_voice and each.is_same(codec)), None)
        if ours is not None:
            common.append(replace(codec, parameters=ours.parameters))
    if not common:
        return ()
    if capabilities.telephone_event:
        clocks = {codec.clock_rate for codec in common}
        events = [codec for codec in theirs if codec.is_telephone_event and codec.clock_rate in clocks]
        first = telephone_event_for(theirs, common[0])
        common.extend(events or ([] if first is None else [first]))
    return tuple(common)


def _audio(capabilities: Capabilities, protocol: str, codecs: Sequence[Codec], ptime: int | None) -> Media:
    lines = [line for codec in codecs for line in codec.lines()]
    if ptime is not None:
        lines.append(Line("a", f"ptime:{ptime}"))
    return Media(
        kind="audio",
        port=capabilities.port,
        protocol=protocol,
        formats=tuple(str(codec.payload_type) for codec in codecs),
        lines=tuple(lines),
    )


def _session(capabilities: Capabilities, media: tuple[Media, ...]) -> SessionDescription:
    origin = Origin("-", str(capabilities.session_id), str(capabilities.version), capabilities.host)
    lines = (
        Line("v", "0"),
        Line("o", str(origin)),
        Line("s", "-"),
        Line("c", str(Connection(capabilities.host))),
        Line("t", "0 0"),
    )
    return SessionDescription(lines=lines, media=media)
