"""Offer and answer with one phone for a port of ours: what we say, what it said, what the port is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.calls.outbound import ALL_SOUND, SoundRules
from app.calls.voice_codecs import in_common, our_codecs, with_known_types
from app.sdp.codec import Codec, codecs_of, telephone_event_for, with_codecs
from app.sdp.description import SdpError, SessionDescription, parse
from app.sdp.negotiation import Capabilities, answer, audio_target, offer, prefer_codecs
from app.sdp.relaying import at_place_of
from app.sdp.target import MediaTarget

if TYPE_CHECKING:
    from app.calls.media import SdpOrigin
    from app.calls.voice import VoicePort


class Unfit(SdpError):  # noqa: N818  a verdict
    """There is no codec both can speak, or no sound line we could take: 488."""


class VoiceSession:
    """The descriptions of one leg that talks with a port of ours.

    `shown` is our address as the phone is told it; `codecs` gives the configured order, anew for each
    description. `on_change` is called whenever the phone's wishes have changed.
    """

    __slots__ = (
        "_codecs",
        "_first",
        "_shown",
        "codec",
        "held",
        "on_change",
        "origin",
        "port",
        "rules",
        "target",
    )

    def __init__(
        self,
        port: VoicePort,
        origin: SdpOrigin,
        shown: str,
        codecs: Callable[[], Sequence[str]],
        rules: SoundRules = ALL_SOUND,
    ) -> None:
        self.port = port
        self.origin = origin
        self.rules = rules
        self._shown = shown
        self._codecs = codecs
        self._first: tuple[str, ...] = ()  # codecs that would spare us transcoding
        self.target: MediaTarget | None = None
        self.held = False  # the phone does not want to hear
        self.codec = ""
        self.on_change: Callable[[], None] | None = None

    @property
    def is_agreed(self) -> bool:
        """Whether both sides have spoken."""
        return self.target is not None

    @property
    def has_events(self) -> bool:
        """Whether the phone agreed to keys by RFC 4733."""
        return self.target is not None and self.target.telephone_event_pt is not None

    def prefer(self, codecs: Sequence[str]) -> None:
        """Put these codecs first from now on, where the order has them."""
        self._first = tuple(codecs)

    def offer(self) -> bytes:
        """Make an offer, on the media line that carried the sound before."""
        said = self.origin.sent
        described = offer(self._capabilities(with_known_types(self._ours(), said)))
        return self.origin.dress(at_place_of(described, said))

    def answer(self, sdp: bytes | SessionDescription) -> bytes:
        """Answer the phone's offer, and follow it; SdpError, Unfit (nothing has changed then)."""
        offered = parse(sdp) if isinstance(sdp, bytes) else sdp
        ours = self._ours()
        told = prefer_codecs(answer(offered, self._capabilities(ours)), [codec.name for codec in ours])
        mine, theirs = audio_target(told), audio_target(_only_answered(offered, told))
        if mine is None or theirs is None:
            raise Unfit("no codec in common")
        self._follow(theirs, mine.codecs)
        return self.origin.dress(told)

    def can_answer(self, sdp: bytes) -> bool:
        """Whether the phone's offer has a codec of ours."""
        try:
            return bool(in_common(parse(sdp), self._codecs(), self.rules))
        except SdpError:
            return False

    def take_answer(self, sdp: bytes | SessionDescription) -> None:
        """Follow the answer to our offer; SdpError, Unfit."""
        theirs = audio_target(parse(sdp) if isinstance(sdp, bytes) else sdp)
        said = self.origin.sent
        mine = audio_target(said) if said is not None else None
        if theirs is None or mine is None:
            raise Unfit("the answer has no sound")
        common = tuple(
            codec
            for codec in theirs.codecs
            if codec.is_voice and any(each.is_same(codec) for each in mine.codecs)
        )
        if not common:
            raise Unfit("the answer has no codec that was offered")
        events = tuple(codec for codec in theirs.codecs if codec.is_telephone_event)
        self._follow(replace(theirs, codecs=common + events), mine.codecs)

    def _follow(self, theirs: MediaTarget, mine: tuple[Codec, ...]) -> None:
        """Tell the port what is agreed, in the order of `mine` where we answered."""
        event = telephone_event_for(theirs.codecs)
        self.target = replace(
            theirs, incoming=mine, telephone_event_pt=None if event is None else event.payload_type
        )
        self.held = not theirs.direction.receives
        self.codec = next((codec.name for codec in theirs.codecs if codec.is_voice), "")
        self.port.connect(self.target)
        if self.on_change is not None:
            self.on_change()

    def _ours(self) -> tuple[Codec, ...]:
        return our_codecs(self._codecs(), self.rules, self._first)

    def _capabilities(self, codecs: tuple[Codec, ...]) -> Capabilities:
        return Capabilities(
            host=self._shown, port=self.port.address.port, codecs=codecs, session_id=self.origin.session_id
        )


def _only_answered(offered: SessionDescription, told: SessionDescription) -> SessionDescription:
    """The phone's offer with the codecs that the answer kept, in the answer's order, on the line it took."""
    media = []
    for theirs, ours in zip(offered.media, told.media, strict=True):
        if ours.is_rejected:
            media.append(theirs.rejected())
            continue
        known = {codec.payload_type: codec for codec in codecs_of(theirs)}
        kept = [known[codec.payload_type] for codec in codecs_of(ours) if codec.payload_type in known]
        media.append(with_codecs(theirs, kept))
    return replace(offered, media=tuple(media))
