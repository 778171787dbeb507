"""How a B2BUA rewrites a description it passes on: through its relay, and under its own o= line."""

from __future__ import annotations

from dataclasses import replace

from app.sdp.description import (
    ANY_IPV4,
    ANY_IPV6,
    Connection,
    Line,
    Media,
    Origin,
    SessionDescription,
    address_type,
)
from app.sdp.direction import DIRECTIONS, Direction, direction_of, with_direction
from app.sdp.target import audio_index

# RFC 8839 (ICE), RFC 8838 (trickle), RFC 3605 (a=rtcp: the relay's RTCP port is always the next one)
_DROPPED_IN_MEDIA = frozenset(
    (
        *("candidate", "ice-ufrag", "ice-pwd", "ice-options", "ice-lite", "ice-mismatch", "ice-pacing"),
        *("remote-candidates", "end-of-candidates", "rtcp", "bundle-only"),
    )
)
_DROPPED_IN_SESSION = _DROPPED_IN_MEDIA | {"group", "msid-semantic", *DIRECTIONS}


def through_relay(desc: SessionDescription, address: str, audio_port: int) -> SessionDescription:
    """Send the sound to the relay at `address`; every other media line gets port 0 and keeps its place.

    ICE lines, a=rtcp and bundling go, since they name addresses that are not the relay's. Crypto and
    fingerprint lines stay: the relay passes the packets on as they are. Holding by 0.0.0.0 becomes a=sendonly
    or a=inactive.
    """
    index = audio_index(desc)
    media = tuple(
        _to_relay(desc, each, audio_port) if place == index else each.rejected()
        for place, each in enumerate(desc.media)
    )
    session = SessionDescription(lines=desc.lines, media=media).without(_DROPPED_IN_SESSION)
    return session.with_connection(Connection(address))


def without_pictures(desc: SessionDescription) -> SessionDescription:
    """Leave only the sound: other media lines behind it go, those before it get port 0 to keep its place."""
    index = audio_index(desc)
    if index is None or all(media.kind == "audio" for media in desc.media):
        return desc
    kept = [each if each.kind == "audio" else each.rejected() for each in desc.media]
    last = max(place for place, each in enumerate(kept) if each.kind == "audio")
    return replace(desc.without(("group",)), media=tuple(kept[: last + 1]))


def with_places_of(desc: SessionDescription, previous: SessionDescription | None) -> SessionDescription:
    """Give an offer at least as many media lines as its peer knows: none may be taken away (RFC 3264 8)."""
    if previous is None or len(previous.media) <= len(desc.media):
        return desc
    lost = [media.rejected() for media in previous.media[len(desc.media) :]]
    return replace(desc, media=(*desc.media, *lost))


def at_place_of(desc: SessionDescription, previous: SessionDescription | None) -> SessionDescription:
    """Put our one sound line where its peer knows the sound, other known lines switched off (RFC 3264 8)."""
    if previous is None or not previous.media:
        return desc
    known = audio_index(previous)
    place = known if known is not None else _first_audio(previous)
    if place is None:
        return replace(desc, media=(*(media.rejected() for media in previous.media), *desc.media))
    media = [each.rejected() for each in previous.media]
    media[place] = desc.media[0]
    return replace(desc, media=tuple(media))


def _first_audio(desc: SessionDescription) -> int | None:
    return next((index for index, media in enumerate(desc.media) if media.kind.lower() == "audio"), None)


def next_version(
    desc: SessionDescription,
    session_id: int,
    version: int,
    address: str,
    previous: SessionDescription | None = None,
) -> SessionDescription:
    """Put our own o= line on a description that leaves on a leg of ours (RFC 3264 5, 8).

    Without `previous`, `version` is written. With `previous`, which is what this leg was sent last, its
    version is kept when nothing else changed, and raised by one when something did. A missing s= or t= line
    is added.
    """
    if previous is not None:
        last = int(previous.origin.version)
        version = last if same_body(desc, previous) else last + 1
    return _completed(desc).with_origin(Origin("-", str(session_id), str(version), address))


def same_body(one: SessionDescription, other: SessionDescription) -> bool:
    """Whether two descriptions say the same but for their o= lines."""
    return _said(one) == _said(other)


def _said(desc: SessionDescription) -> tuple[tuple[Line, ...], tuple[Media, ...]]:
    completed = _completed(desc)
    return tuple(line for line in completed.lines if line.kind != "o"), completed.media


def complete_answer(answer: SessionDescription, offer: SessionDescription) -> SessionDescription:
    """Make an answer fit the offer it will be given to: as many media lines, in the same order (RFC 3264 6).

    A line the offer had switched off stays so; a line the answerer left out is rejected; lines beyond those
    of the offer are dropped. A direction is narrowed to what the offer allows.
    """
    media: list[Media] = []
    for index, offered in enumerate(offer.media):
        given = answer.media[index] if index < len(answer.media) else None
        if given is None or given.is_rejected or offered.is_rejected or given.kind != offered.kind:
            media.append(offered.rejected())
            continue
        said = direction_of(given, answer)
        allowed = said.limited_by(direction_of(offered, offer))
        media.append(given if said is allowed else with_direction(given, allowed))
    return replace(answer, media=tuple(media))


def _to_relay(desc: SessionDescription, media: Media, port: int) -> Media:
    direction = direction_of(media, desc)
    relayed = replace(media.without_kind("c").without(_DROPPED_IN_MEDIA), port=port, port_count=1)
    if direction is Direction.SENDRECV and not any(relayed.has(name) for name in DIRECTIONS):
        return relayed
    return with_direction(relayed, direction)


def _completed(desc: SessionDescription) -> SessionDescription:
    """Add the s=, c= and t= lines that RFC 8866 5 demands and devices forget."""
    kinds = {kind for kind, value in desc.lines if value}
    if "s" not in kinds:
        desc = _insert(desc, "s", "-", before="iuepcbtrzka")
    if "t" not in kinds:
        desc = _insert(desc, "t", "0 0", before="rzka")
    if "c" not in kinds and any(media.connection is None and media.port for media in desc.media):
        desc = desc.with_connection(Connection(_nowhere(desc)))
    return desc


def _nowhere(desc: SessionDescription) -> str:
    return ANY_IPV6 if address_type(desc.origin.host) == "IP6" else ANY_IPV4


def _insert(desc: SessionDescription, kind: str, value: str, before: str) -> SessionDescription:
    kept = [line for line in desc.lines if line.kind != kind]
    place = next((index for index, line in enumerate(kept) if line.kind in before), len(kept))
    return replace(desc, lines=(*kept[:place], Line(kind, value), *kept[place:]))
