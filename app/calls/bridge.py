"""Joins caller and callee: carries offers and answers between them, and the end of one to the other."""

from __future__ import annotations

import logging
from collections.abc import Callable

from app.calls.causes import Cause, Why, reason_of
from app.calls.events import Ended, LegEvent, Offered
from app.calls.leg import Leg
from app.calls.media import CALLEE, CALLER, MediaPath, carried, sound_of
from app.calls.outbound import ALL_SOUND, SoundRules
from app.sdp.codec import codecs_of
from app.sdp.description import SdpError, SessionDescription, parse
from app.sdp.negotiation import complete_answer, direction_of, with_places_of

logger = logging.getLogger(__name__)

# Refusals of an offer that say nothing of the offer: the phone that made it must not take them for its own.
_ABOUT_THE_DIALOG = frozenset({401, 405, 407, 408, 481, 501, 503})
_UNFIT = Cause(Why.LOCAL, 488, reason_of(488))


class Bridge:
    """Two legs and the path of their sound.

    `on_media` is called whenever an offer has been answered. `on_hold` is asked first when a side stops
    listening, with its leg and offer: True = somebody else answers. The bridge serves already before the
    answer of the call, for early sound; the owner decides when the legs' events come here.
    """

    __slots__ = ("_changing", "_legs", "_on_hold", "_on_media", "_said", "codec", "held", "path", "sound")

    def __init__(
        self,
        caller: Leg,
        callee: Leg,
        path: MediaPath,
        on_media: Callable[[], None],
        sound: tuple[SoundRules, SoundRules] = (ALL_SOUND, ALL_SOUND),
        on_hold: Callable[[Leg, bytes], bool] | None = None,
    ) -> None:
        self._legs = (caller, callee)
        self._on_hold = on_hold
        self.sound = sound
        self._changing: int | None = None  # whose change the other side is asked about
        self._on_media = on_media
        self._said: list[SessionDescription | None] = [None, None]  # what each phone said last
        self.path = path
        self.held = False
        self.codec = ""

    @property
    def callee(self) -> Leg:
        """The leg that was called."""
        return self._legs[CALLEE]

    def offered(self, desc: SessionDescription) -> None:
        """Remember the caller's first offer, which the callee's INVITE carried."""
        self._said[CALLER] = desc

    def ring(self, sdp: bytes, status: int) -> None:
        """Let the caller hear the callee's early sound; SdpError."""
        self._legs[CALLER].ring(self.answered(sdp), status)

    def answered(self, sdp: bytes | SessionDescription) -> bytes:
        """Take the callee's answer to the caller's offer; give it as the caller is told. SdpError."""
        return self._pass_answer(CALLEE, sdp)

    def connect(self, sdp: bytes | SessionDescription | None, is_offer: bool) -> None:
        """The callee took the call: give the caller its answer, or the callee's offer."""
        caller, callee = self._legs
        try:
            if is_offer and sdp is not None:
                offer = self._pass(CALLEE, parse(sdp) if isinstance(sdp, bytes) else sdp)
                caller.answer(offer, self._caller_answered_offer)
                return
            if sdp is not None:
                caller.answer(self.answered(sdp))
                return
        except SdpError as problem:
            logger.info("the callee's session description is unusable: %s", problem)
            callee.hang_up(_UNFIT)
            return
        if caller.origin.sent is None:
            logger.info("the callee took the call without a session description")
            callee.hang_up(_UNFIT)
            return
        # The answer stood in a reliable 183 (RFC 3262 5); the caller's 200 repeats it, in case it was none
        # to it.
        caller.answer(caller.origin.sent.encode())

    def join(self) -> None:
        """The call is answered: INFO and MESSAGE pass between the legs."""
        caller, callee = self._legs
        caller.partner, callee.partner = callee, caller

    def on_event(self, leg: Leg, event: LegEvent) -> None:
        """Take a leg's event."""
        if type(event) is Offered:
            self._change(leg, event.sdp)
        elif type(event) is Ended:
            other = self._legs[CALLER] if leg is self._legs[CALLEE] else self._legs[CALLEE]
            other.hang_up(event.cause)

    def _caller_answered_offer(self, sdp: bytes | None, status: int) -> None:
        """The ACK came to a 2xx that carried the callee's offer."""
        callee = self._legs[CALLEE]
        if sdp is None:
            callee.hang_up(_UNFIT)
            return
        try:
            callee.answer(self._pass_answer(CALLER, sdp))
        except SdpError as problem:
            logger.info("the caller's session description is unusable: %s", problem)
            callee.hang_up(_UNFIT)

    def _change(self, leg: Leg, sdp: bytes | None) -> None:
        source = CALLER if leg is self._legs[CALLER] else CALLEE
        if sdp is None:
            self._offer_again(source)
            return
        if self._changing == 1 - source:
            # Both change at once: each leg would wait for the other. This one tries again (RFC 3261 14.1).
            leg.refuse_offer(491)
            return
        try:
            offer = parse(sdp)
        except SdpError as problem:
            logger.info("refuse an unusable session description: %s", problem)
            leg.refuse_offer(488)
            return
        is_hold = _listens(self._said[source]) and not _listens(offer)
        if is_hold and self._on_hold is not None and self._on_hold(leg, sdp):
            return
        self._pass_on(source, offer, leg.conclude)

    @staticmethod
    def resumes(sdp: bytes) -> bool:
        """Whether who says this wants to hear."""
        try:
            return _listens(parse(sdp))
        except SdpError:
            return False

    def pass_on(self, leg: Leg, sdp: bytes, then: Callable[[int], None]) -> None:
        """Pass a leg's offer to the other leg, and its answer back; `then` is told 200, or why it cannot be.

        The offer is still to be answered, or refused, where it cannot. SdpError where it is unusable.
        """
        self._pass_on(CALLER if leg is self._legs[CALLER] else CALLEE, parse(sdp), then)

    def tell_again(self, leg: Leg) -> None:
        """Tell a leg what the other has said, after somebody else has talked with it."""
        source = CALLEE if leg is self._legs[CALLER] else CALLER
        said = self._said[source]
        if said is not None:
            leg.offer(self._pass(source, said), lambda sdp, status: self._settle_again(leg, sdp))

    def _settle_again(self, leg: Leg, sdp: bytes | None) -> None:
        source = CALLER if leg is self._legs[CALLER] else CALLEE
        try:
            if sdp is None:
                raise SdpError("refused")
            self._pass_answer(source, sdp)
        except SdpError as problem:
            logger.info("a phone does not come back: %s", problem)
            leg.hang_up(_UNFIT)

    def _pass_on(self, source: int, offer: SessionDescription, then: Callable[[int], None]) -> None:
        leg, other = self._legs[source], self._legs[1 - source]
        before = self._said[source]

        def done(answer: bytes | None, status: int) -> None:
            self._changing = None
            if answer is None:
                self._restore(source, before)
                then(_refusal(status))
                return
            try:
                leg.answer(self._pass_answer(1 - source, answer))
            except SdpError as problem:
                logger.info("unusable answer: %s", problem)
                self._restore(source, before)
                then(488)
                return
            then(200)

        self._changing = source
        other.offer(self._pass(source, offer), done)

    def _offer_again(self, source: int) -> None:
        """Answer a re-INVITE without offer by what the other side said; offer that side what comes back."""
        leg, other = self._legs[source], self._legs[1 - source]
        said = self._said[1 - source]
        if said is None:
            leg.refuse_offer(491)
            return

        def answered(sdp: bytes | None, status: int) -> None:
            if sdp is None:
                return
            try:
                desc = parse(sdp)
            except SdpError as problem:
                logger.info("unusable answer: %s", problem)
                return
            other.offer(self._pass(source, desc), settled)

        def settled(sdp: bytes | None, status: int) -> None:
            if sdp is not None:
                try:
                    self._pass_answer(1 - source, sdp)
                except SdpError as problem:
                    logger.info("unusable answer: %s", problem)

        leg.answer(self._pass(1 - source, said), answered)

    def _pass(self, source: int, desc: SessionDescription) -> bytes:
        self._said[source] = desc
        origin = self._legs[1 - source].origin
        return origin.dress(with_places_of(carried(self.path, self.sound, desc, source), origin.sent))

    def _pass_answer(self, source: int, sdp: bytes | SessionDescription) -> bytes:
        """Carry an answer: fitted to the offer as the offerer made it, and noted for the call's state."""
        answer = parse(sdp) if isinstance(sdp, bytes) else sdp
        offer = self._said[1 - source]
        told = carried(self.path, self.sound, answer, source)
        if offer is not None:
            if len(offer.media) != len(told.media) or self.path.kind == "relay":
                told = complete_answer(told, offer)
            self._note(offer, answer)
        self._said[source] = answer
        body = self._legs[1 - source].origin.dress(told)
        self._on_media()
        return body

    def _note(self, offer: SessionDescription, answer: SessionDescription) -> None:
        theirs, ours = sound_of(offer), sound_of(answer)
        if theirs is None or ours is None:
            return
        self.held = not (direction_of(theirs, offer).receives and direction_of(ours, answer).receives)
        voice = next((codec for codec in codecs_of(ours) if codec.is_voice), None)
        self.codec = voice.name if voice is not None else ""

    def _restore(self, source: int, before: SessionDescription | None) -> None:
        """An offer was refused: the session goes on as it was (RFC 3261 14.1), the relay too."""
        if before is not None:
            self._said[source] = before
            self.path.carry(before, source)


def _listens(desc: SessionDescription | None) -> bool:
    sound = sound_of(desc) if desc is not None else None
    return desc is not None and sound is not None and direction_of(sound, desc).receives


def _refusal(status: int) -> int:
    """What the phone that asked is told: what the other said, unless it was about the other dialog."""
    return status if 400 <= status < 700 and status not in _ABOUT_THE_DIALOG else 488
