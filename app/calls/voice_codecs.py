"""Our codecs as a description names them, in an order, and under the payload types a leg knows already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.calls.outbound import SoundRules
from app.media.voice_codec import CODECS, DEFAULT_ORDER, is_spoken
from app.sdp.codec import Codec, codecs_of
from app.sdp.description import SessionDescription
from app.sdp.negotiation import Capabilities, answer, audio_target

__all__ = ["DEFAULT_ORDER", "in_common", "our_codecs", "with_known_types"]

_WRITTEN = {"opus": "opus"}  # registered names are capitals but for this one (RFC 7587 7)


def our_codecs(order: Iterable[str], rules: SoundRules, first: Sequence[str] = ()) -> tuple[Codec, ...]:
    """The codecs we can speak with a side, best first: `first` before the rest of the configured order."""
    lower = dict.fromkeys(name.lower() for name in order)
    names = [name for name in lower if name in CODECS and is_spoken(CODECS[name])]
    if rules.codecs:
        wanted = [name.lower() for name in rules.codecs]
        names = [name for name in wanted if name in names] or names
    ahead = [name for name in dict.fromkeys(each.lower() for each in first) if name in names]
    ranked = ahead + [name for name in names if name not in ahead]
    return tuple(_described(name) for name in ranked)


def in_common(offer: SessionDescription, order: Iterable[str], rules: SoundRules) -> tuple[str, ...]:
    """The names of the codecs that an offer and we both have, in our order."""
    ours = our_codecs(order, rules)
    anywhere = Capabilities(host="0.0.0.0", port=9, codecs=ours, session_id=0)
    target = audio_target(answer(offer, anywhere))
    found = set() if target is None else {codec.key for codec in target.codecs}
    return tuple(codec.name for codec in ours if codec.key in found)


def with_known_types(codecs: Iterable[Codec], said: SessionDescription | None) -> tuple[Codec, ...]:
    """Keep the payload types of what this leg was told before: none changes its meaning (RFC 3264 8.3.2)."""
    if said is None:
        return tuple(codecs)
    known = [codec for media in said.media if media.port for codec in codecs_of(media)]
    found: list[Codec] = []
    taken = {codec.payload_type for codec in known}
    for codec in codecs:
        same = next((each for each in known if each.is_same(codec)), None)
        if same is not None:
            found.append(replace(codec, payload_type=same.payload_type))
        elif codec.payload_type not in taken:
            found.append(codec)
        else:
            free = next((number for number in range(96, 128) if number not in taken), None)
            if free is None:
                continue  # every number has a meaning already
            found.append(replace(codec, payload_type=free))
        taken.add(found[-1].payload_type)
    return (*found, *(codec for codec in known if codec.is_telephone_event))


def _described(name: str) -> Codec:
    codec = CODECS[name]
    written = _WRITTEN.get(name, codec.name.upper())
    return Codec(codec.payload_type, written, codec.clock_rate, codec.channels, codec.parameters)
