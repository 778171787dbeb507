"""What a peer's SDP means for a voice port: the codec to send, and what each payload type that comes is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.media.voice_codec import VoiceCodec, find
from app.sdp.codec import STATIC, Codec, telephone_event_for
from app.sdp.description import ANY_IPV4, ANY_IPV6
from app.sdp.target import MediaTarget

_PTIME_MS = 20
_SHORTEST_MS, _LONGEST_MS = 10, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How the two of us talk.

    `codec` and `payload_type` are what we send, in packets of `ptime_ms`, unless not `sends`. `event` is
    payload type and clock rate of the telephone-event that the peer takes. `incoming` are the payload types
    that it was told to send; those of RFC 3551 need no telling.
    """

    codec: VoiceCodec | None = None
    payload_type: int = 0
    ptime_ms: int = _PTIME_MS
    event: tuple[int, int] | None = None
    sends: bool = False
    incoming: Mapping[int, Codec] = field(default_factory=dict)

    def meaning(self, payload_type: int) -> Codec | None:
        """The codec of a payload type that comes in, None where nobody spoke of it."""
        return self.incoming.get(payload_type) or STATIC.get(payload_type)

    @property
    def takes_events(self) -> bool:
        """Whether the peer was told to send keys by RFC 4733."""
        return any(codec.is_telephone_event for codec in self.incoming.values())


def agreement(target: MediaTarget | None) -> Agreement:
    """Read a target: the first codec that we speak is sent, by the receiver's number (RFC 3264 5.1)."""
    if target is None:
        return Agreement()
    incoming = {codec.payload_type: codec for codec in (*target.codecs, *target.incoming)}
    for listed in target.codecs:
        codec = voice_of(listed)
        if codec is None:
            continue
        event = telephone_event_for(target.codecs, listed)
        wanted = min(max(target.ptime or _PTIME_MS, _SHORTEST_MS), _LONGEST_MS)
        return Agreement(
            codec=codec,
            payload_type=listed.payload_type,
            ptime_ms=codec.packet_ms(wanted),
            event=None if event is None else (event.payload_type, event.clock_rate),
            sends=target.direction.receives and target.host not in (ANY_IPV4, ANY_IPV6),
            incoming=incoming,
        )
    return Agreement(incoming=incoming)


def voice_of(codec: Codec) -> VoiceCodec | None:
    """The codec as we speak it, if we do."""
    return find(codec.name, codec.clock_rate, codec.channels)
