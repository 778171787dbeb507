"""Where a description wants its sound sent, and whether that address can be believed."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from functools import lru_cache

from app.sdp.codec import Codec, codecs_of, telephone_event_for
from app.sdp.description import Media, SessionDescription
from app.sdp.direction import Direction, direction_of

# Not `is_private` of the library: that has the documentation networks too. RFC 1918, 6598, 3927, 4193.
_PRIVATE = tuple(
    ipaddress.ip_network(text)
    for text in (
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8"),
        *("fc00::/7", "fe80::/10", "::1/128"),
    )
)
_NEIGHBOURS = {4: 24, 6: 64}  # how long a prefix makes two hosts count as standing in one network

_IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class MediaTarget:
    """Where one side listens for sound, and what it takes there.

    `host` may be a host name, or 0.0.0.0 while that side holds the old way. `rtcp_port` is where RTCP goes
    (RFC 3605) unless both sides agree on `rtcp_mux` (RFC 5761). `ptime` is how many milliseconds of sound it
    wants in a packet, None = it says nothing. `incoming` are the codecs as we have announced them, where we
    talk with that side ourselves: the payload types it sends us; () = the same as its own.
    """

    host: str
    port: int
    rtcp_port: int
    codecs: tuple[Codec, ...] = ()
    telephone_event_pt: int | None = None
    direction: Direction = Direction.SENDRECV
    rtcp_mux: bool = False
    ptime: int | None = None
    incoming: tuple[Codec, ...] = ()


def audio_index(desc: SessionDescription) -> int | None:
    """Which media line carries the sound: the first audio line that is not switched off."""
    found = (i for i, media in enumerate(desc.media) if media.kind.lower() == "audio" and media.port)
    return next(found, None)


def audio_target(desc: SessionDescription) -> MediaTarget | None:
    """Where sound is to be sent; None where there is no audio line, or it is rejected, or has no address."""
    index = audio_index(desc)
    if index is None:
        return None
    media = desc.media[index]
    connection = desc.connection_of(media)
    if connection is None:
        return None
    codecs = codecs_of(media)
    event = telephone_event_for(codecs)
    return MediaTarget(
        host=connection.host,
        port=media.port,
        rtcp_port=_rtcp_port(media.attribute("rtcp"), media.port),
        codecs=codecs,
        telephone_event_pt=None if event is None else event.payload_type,
        direction=direction_of(media, desc),
        rtcp_mux=media.has("rtcp-mux"),
        ptime=packet_time(media),
    )


def packet_time(media: Media, ours: int | None = None) -> int | None:
    """How many milliseconds a packet holds: what its writer likes best, else `ours`, at most its maximum."""
    wanted = _milliseconds(media.attribute("ptime")) or ours
    most = _milliseconds(media.attribute("maxptime"))
    return most if wanted is not None and most is not None and most < wanted else wanted


def _milliseconds(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 5 and int(text) else None


def behind_nat(desc: SessionDescription, source_host: str) -> bool:
    """Whether the sound's address cannot be reached as written, judged by where the signalling came from.

    True where one of the two is private and the other is not, or both are private and stand in different
    networks. A public address other than a public source is a carrier's media gateway and is believed. Names,
    0.0.0.0 and descriptions without sound are no sign of a NAT.
    """
    index = audio_index(desc)
    connection = None if index is None else desc.connection_of(desc.media[index])
    written = None if connection is None else _address(connection.host)
    source = _address(source_host)
    if written is None or source is None or written == source or written.is_unspecified:
        return False
    if not _is_private(written) and not _is_private(source):
        return False
    return not _are_neighbours(written, source)


def _rtcp_port(attribute: str | None, rtp_port: int) -> int:
    """RFC 3605 2.1, else the next port. A port beyond the last one wraps to it, which nobody will hear."""
    word = (attribute or "").partition(" ")[0]
    if word.isascii() and word.isdigit() and len(word) <= 5 and 0 < int(word) <= 65_535:
        return int(word)
    return min(rtp_port + 1, 65_535)


@lru_cache(maxsize=1024)
def _address(host: str) -> _IpAddress | None:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


@lru_cache(maxsize=1024)
def _is_private(address: _IpAddress) -> bool:
    return any(address.version == network.version and address in network for network in _PRIVATE)


def _are_neighbours(one: _IpAddress, other: _IpAddress) -> bool:
    if one.version != other.version or one.is_loopback != other.is_loopback:
        return False
    if one.is_loopback:
        return True
    network = ipaddress.ip_network(f"{one}/{_NEIGHBOURS[one.version]}", strict=False)
    return other in network
