"""Joins caller and callee by voice ports: each agrees with us alone, we carry sound and keys."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.calls.events import Ended, LegEvent
from app.calls.media import CALLEE, CALLER
from app.calls.voice import Voice, VoicePath
from app.calls.voice_leg import UNFIT, VoiceLeg
from app.sdp.description import SdpError

if TYPE_CHECKING:
    from app.calls.bridge import Bridge
    from app.calls.call import Call
    from app.calls.leg import Leg
    from app.media.sources import SoundSource
    from app.sdp.description import SessionDescription

logger = logging.getLogger(__name__)


class HostedBridge:
    """Two legs that talk with our ports, and the joint between these.

    Offers of either side are answered by its own leg; what concerns the other comes here as a change. `offer`
    is that of the caller's INVITE, for its leg to answer when the callee is heard or takes the call. `music`
    gives what the one who waits hears while the other holds, None = nothing of ours. `on_key` is told of
    every key.

    With a `way_back` the two only hear music until nobody holds any more: an offer that ends the holding is
    passed to the other phone, and `on_back` is told when the two talk with each other again.
    """

    __slots__ = (
        "_is_returning",
        "_music",
        "_offer",
        "_on_back",
        "_on_key",
        "_on_media",
        "_part",
        "_plays_to",
        "_voice",
        "_way_back",
        "legs",
        "path",
    )

    def __init__(
        self,
        caller: VoiceLeg,
        callee: VoiceLeg,
        voice: Voice,
        *,
        offer: SessionDescription | None,
        on_media: Callable[[], None],
        on_key: Callable[[Leg, str], None],
        music: Callable[[], SoundSource | None],
        way_back: Bridge | None = None,
        on_back: Callable[[Bridge], None] | None = None,
    ) -> None:
        self.legs = (caller, callee)
        self.path = VoicePath(lambda: (caller.counters(), callee.counters()))
        self._voice = voice
        self._offer = offer
        self._on_media = on_media
        self._on_key = on_key
        self._music = music
        self._way_back = way_back
        self._on_back = on_back
        self._is_returning = False
        self._part: Callable[[], None] | None = None
        self._plays_to: VoiceLeg | None = None  # who hears music
        callee.user = self

    @property
    def callee(self) -> Leg:
        """The leg that was called."""
        return self.legs[CALLEE].leg

    @property
    def held(self) -> bool:
        """Whether either side does not want to hear."""
        return any(each.held for each in self.legs)

    @property
    def codec(self) -> str:
        """What is spoken: one codec, or that of the caller and that of the callee."""
        names = dict.fromkeys(each.session.codec for each in self.legs if each.session.codec)
        return "/".join(names)

    def ring(self, sdp: bytes, status: int) -> None:
        """Let the caller hear the callee's early sound; SdpError."""
        caller, callee = self.legs
        callee.session.take_answer(sdp)
        caller.session.prefer((callee.session.codec,))
        caller.begin_early(self._offer, status)
        self._join()

    def connect(self, sdp: bytes | SessionDescription | None, is_offer: bool) -> None:
        """The callee took the call: agree with it, accept the caller, and join them."""
        caller, callee = self.legs
        try:
            if sdp is not None and is_offer:
                callee.leg.answer(callee.session.answer(sdp))
            elif sdp is not None:
                callee.session.take_answer(sdp)
            elif not callee.session.is_agreed:
                raise SdpError("the callee took the call without a session description")
            caller.session.prefer((callee.session.codec,))
            caller.accept(self._offer)
        except SdpError as problem:
            logger.info("the two cannot be joined: %s", problem)
            callee.leg.hang_up(UNFIT)
            return
        caller.user = self
        self._join()

    def take_over(self) -> None:
        """Join two legs that talked with each other until now."""
        self.legs[CALLER].user = self
        self._join()
        self._follow_holding()

    def stay(self) -> bool:
        """Somebody has to hear the call: no way back any more; False where they are on it already."""
        self._way_back = None
        return not self._is_returning

    def answer(self, leg: Leg, sdp: bytes) -> None:
        """Answer an offer that came before the leg was ours."""
        next(each for each in self.legs if each.leg is leg).answer(sdp)

    def join(self) -> None:
        """The call is answered: INFO and MESSAGE pass between the legs."""
        caller, callee = (each.leg for each in self.legs)
        caller.partner, callee.partner = callee, caller
        self._follow_holding()

    def on_event(self, leg: Leg, event: LegEvent) -> None:
        """Take a leg's event: the end of one is the end of the other."""
        if type(event) is Ended:
            other = self.legs[CALLER] if leg is self.callee else self.legs[CALLEE]
            other.leg.hang_up(event.cause)

    # What the voice legs tell

    def pressed(self, voice: VoiceLeg, key: str, duration_ms: int | None) -> None:
        """Bring a key that came by INFO to the other side: by RFC 4733, else by INFO again."""
        other = self._other(voice)
        if duration_ms is None:
            pass  # the joint carries it: as event, or as the tone it is to one who knows none
        elif other.session.has_events:
            other.port.send_digit(key, duration_ms)
        else:
            other.leg.press(key, duration_ms)
        self._on_key(voice.leg, key)

    def changed(self, voice: VoiceLeg) -> None:
        """One side holds or resumes, or speaks another codec."""
        if voice.leg.is_accepted:
            self._follow_holding()
            self._on_media()

    def ended(self, voice: VoiceLeg) -> None:
        """One side is gone."""
        self.part()

    def takes_offer(self, voice: VoiceLeg, sdp: bytes) -> bool:
        """Those that end the holding of two phones that talked with each other before."""
        way_back = self._way_back
        if way_back is None or self._is_returning or self._other(voice).held or not way_back.resumes(sdp):
            return False

        def settled(status: int) -> None:
            self._is_returning = False
            if status < 300:
                self._go_back(way_back)
            elif not voice.leg.has_ended:
                voice.answer(sdp)

        self._is_returning = True
        way_back.pass_on(voice.leg, sdp, settled)
        return True

    def _go_back(self, way_back: Bridge) -> None:
        self.part()
        for voice in self.legs:
            voice.user = None
            voice.detach()
        if self._on_back is not None:
            self._on_back(way_back)

    def part(self) -> None:
        """Let them hear each other no more."""
        self._plays_to = None
        part, self._part = self._part, None
        if part is not None:
            part()

    def _join(self) -> None:
        if self._part is None:
            caller, callee = self.legs
            caller.port.play(None)
            self._part = self._voice.join(caller.port, callee.port)

    def _follow_holding(self) -> None:
        """Who waits for the other hears music; when both hold, nobody listens."""
        caller, callee = self.legs
        waits = None
        if caller.held is not callee.held:
            waits = callee if caller.held else caller
        if waits is self._plays_to:
            return
        if self._plays_to is not None and not self._plays_to.leg.has_ended:
            self._plays_to.port.play(None)
        self._plays_to = None
        if waits is not None and not waits.leg.has_ended and (music := self._music()) is not None:
            self._plays_to = waits
            waits.port.play(music)

    def _other(self, voice: VoiceLeg) -> VoiceLeg:
        return self.legs[CALLEE] if voice is self.legs[CALLER] else self.legs[CALLER]


def hosted(call: Call, caller: VoiceLeg, callee: VoiceLeg, *, way_back: Bridge | None = None) -> HostedBridge:
    """Make the bridge of a call."""
    surroundings = call.surroundings
    return HostedBridge(
        caller,
        callee,
        surroundings.voice,
        offer=call.offer,
        on_media=call.note_media,
        on_key=call.note_key,
        music=lambda: surroundings.sounds.hold_music(call),
        way_back=way_back,
        on_back=call.note_bridge,
    )
