"""How the sound of a call travels, straight between phones or through the relay, and the SDP for it."""

from __future__ import annotations

import itertools
import logging
from typing import TYPE_CHECKING, Any, Protocol

from app.sdp.negotiation import audio_target, next_version, through_relay

if TYPE_CHECKING:
    from app.calls.outbound import SoundRules
    from app.sdp.description import Media, SessionDescription

logger = logging.getLogger(__name__)

_session_ids = itertools.count(1)

CALLER, CALLEE = 0, 1


class Relay(Protocol):
    """The part of the media relay that calls use."""

    async def open(self, call: str, hosts: tuple[str, str]) -> Any:
        """Reserve ports; give our address for each leg."""
        ...

    def connect(self, call: str, leg: int, target: Any) -> None:
        """Say where a leg listens."""
        ...

    async def counters(self, call: str) -> Any:
        """Give the counters of both legs so far."""
        ...

    async def close(self, call: str) -> Any:
        """Give the ports back; give the counters of both legs."""
        ...


class SdpOrigin:
    """Our own o= line on one leg: one session id, and a version that grows with each change (RFC 3264 8)."""

    __slots__ = ("host", "sent", "session_id")

    def __init__(self, host: str) -> None:
        self.host = host
        self.session_id = next(_session_ids)
        self.sent: SessionDescription | None = None

    def dress(self, desc: SessionDescription) -> bytes:
        """Put our o= line on what this leg is told, and remember it."""
        self.sent = next_version(desc, self.session_id, 1, self.host, self.sent)
        return self.sent.encode()


class DirectPath:
    """Sound goes from phone to phone; descriptions pass as they are."""

    kind = "direct"
    __slots__ = ()

    def carry(self, desc: SessionDescription, source: int) -> SessionDescription:
        """Turn what leg `source` said into what the other leg is told."""
        return desc

    async def counters(self) -> Any:
        """Nothing is counted."""
        return None

    async def close(self) -> Any:
        """Nothing is held, nothing was counted."""
        return None


class RelayPath:
    """Sound goes through our own ports, audio only (`key` names the pair of legs to the relay)."""

    kind = "relay"
    __slots__ = ("_addresses", "_is_open", "_key", "_relay", "_shown")

    def __init__(self, relay: Relay, key: str) -> None:
        self._relay = relay
        self._key = key
        self._addresses: Any = None
        self._shown = ("", "")
        self._is_open = False

    async def open(self, hosts: tuple[str, str], shown: tuple[str, str]) -> None:
        """Reserve the ports at our own addresses toward caller and callee; `shown` is what those are told."""
        self._addresses = await self._relay.open(self._key, hosts)
        self._shown = shown
        self._is_open = True

    def carry(self, desc: SessionDescription, source: int) -> SessionDescription:
        """Tell the relay where leg `source` listens, and the other leg where the relay does."""
        self._relay.connect(self._key, source, audio_target(desc))
        return through_relay(desc, self._shown[1 - source], self._addresses[1 - source].port)

    async def counters(self) -> Any:
        """The counters of both legs so far; None where nothing is open."""
        return await self._relay.counters(self._key) if self._is_open else None

    async def close(self) -> Any:
        """Give the ports back; returns the counters of both legs, None where nothing was open."""
        if not self._is_open:
            return None
        self._is_open = False
        return await self._relay.close(self._key)


MediaPath = DirectPath | RelayPath
DIRECT = DirectPath()


def carried(
    path: MediaPath, sound: tuple[SoundRules, SoundRules], desc: SessionDescription, source: int
) -> SessionDescription:
    """Take a description over: what either side may not speak of is left out."""
    return sound[1 - source].apply(path.carry(sound[source].apply(desc), source))


class MediaPaths:
    """The paths of one call: one to all devices reached alike; the rest are closed when one answers."""

    __slots__ = ("_call", "_relay", "_relayed")

    def __init__(self, relay: Relay, call: str) -> None:
        self._relay = relay
        self._call = call
        self._relayed: dict[tuple[str, str, str, str], RelayPath] = {}

    async def relayed(self, hosts: tuple[str, str], shown: tuple[str, str] | None = None) -> RelayPath:
        """Open the relay between our addresses toward caller and callee, or share the one opened before.

        `shown` is what caller and callee are told in their place, where a router stands between.
        """
        shown = shown or hosts
        known = self._relayed.get((*hosts, *shown))
        if known is None:
            key = self._call if not self._relayed else f"{self._call}.{len(self._relayed)}"
            known = RelayPath(self._relay, key)
            await known.open(hosts, shown)
            self._relayed[*hosts, *shown] = known
        return known

    async def close(self, keep: object = None) -> Any:
        """Close every path but `keep`; returns the counters of the last one closed that had any."""
        counters = None
        for hosts, path in list(self._relayed.items()):
            if path is not keep:
                del self._relayed[hosts]
                counters = await path.close() or counters
        return counters


def sound_of(desc: SessionDescription) -> Media | None:
    """The audio line in use; None where there is none."""
    return next((media for media in desc.media if media.kind == "audio" and media.port), None)


def needs_relay(
    mode: str,
    *,
    caller_behind_nat: bool,
    callee_behind_nat: bool,
    hosts: tuple[str, str],
    crosses_border: bool = False,
) -> bool:
    """Decide by setting `local_media`: auto relays past a NAT and between address families.

    `crosses_border`: one of the two is outside, beyond our own router.
    """
    if mode != "auto":
        return mode == "relay"
    families_differ = (":" in hosts[0]) != (":" in hosts[1])
    return caller_behind_nat or callee_behind_nat or crosses_border or families_differ
