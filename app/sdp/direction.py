"""Which way a media line flows, and the two ways to hold it (RFC 3264 5.1, 8.4)."""

from __future__ import annotations

from enum import StrEnum

from app.sdp.description import Media, SessionDescription


class Direction(StrEnum):
    """A direction as seen by the one who wrote the description."""

    SENDRECV = "sendrecv"
    SENDONLY = "sendonly"
    RECVONLY = "recvonly"
    INACTIVE = "inactive"

    @property
    def sends(self) -> bool:
        """Whether its writer sends."""
        return self in (Direction.SENDRECV, Direction.SENDONLY)

    @property
    def receives(self) -> bool:
        """Whether its writer wants to receive."""
        return self in (Direction.SENDRECV, Direction.RECVONLY)

    @property
    def reversed(self) -> Direction:
        """The same flow as seen by the other side."""
        return direction(sends=self.receives, receives=self.sends)

    def limited_by(self, offered: Direction) -> Direction:
        """What of this an answer to `offered` may say: send only what they receive, and the reverse (6.1)."""
        return direction(sends=self.sends and offered.receives, receives=self.receives and offered.sends)


DIRECTIONS = tuple(each.value for each in Direction)


def direction(*, sends: bool, receives: bool) -> Direction:
    """The direction that sends and receives so."""
    if sends:
        return Direction.SENDRECV if receives else Direction.SENDONLY
    return Direction.RECVONLY if receives else Direction.INACTIVE


def direction_of(media: Media, description: SessionDescription | None = None) -> Direction:
    """The direction of a media line.

    Its own attribute counts, then that of `description` (the session it stands in), then sendrecv. The
    address 0.0.0.0, an older way to hold (RFC 3264 8.4), means that its writer does not receive.
    """
    sections = (media,) if description is None else (media, description)
    found = Direction.SENDRECV
    for section in sections:
        named = next((name for name in DIRECTIONS if section.has(name)), None)
        if named is not None:
            found = Direction(named)
            break
    connection = media.connection if description is None else description.connection_of(media)
    if connection is not None and connection.is_unspecified:
        return direction(sends=found.sends, receives=False)
    return found


def with_direction(media: Media, wanted: Direction) -> Media:
    """The media line with this direction written in it, in place of what it said before."""
    said = next((name for name in DIRECTIONS if media.has(name)), None)
    if said is None:
        return media.with_attribute(wanted)
    if said == wanted:
        return media.without(name for name in DIRECTIONS if name != wanted)
    lines = media.without(name for name in DIRECTIONS if name != said).lines
    written = tuple(line._replace(value=wanted) if line == ("a", said) else line for line in lines)
    return Media(
        kind=media.kind,
        port=media.port,
        protocol=media.protocol,
        formats=media.formats,
        port_count=media.port_count,
        lines=written,
    )
