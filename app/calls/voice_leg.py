"""A leg whose phone talks with a port of ours: answers its offers, knows its keys, closes the port."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from app.calls.causes import Cause, Why, reason_of
from app.calls.events import Digit, Ended, LegEvent, Offered
from app.calls.keys import Keys
from app.sdp.description import SdpError
from app.sip.invite_state import SessionState

if TYPE_CHECKING:
    from app.calls.leg import Leg, Listener
    from app.calls.voice import VoicePort
    from app.calls.voice_session import VoiceSession
    from app.sdp.description import SessionDescription

logger = logging.getLogger(__name__)

UNFIT = Cause(Why.LOCAL, 488, reason_of(488))


class VoiceUser(Protocol):
    """Who talks with the phone at the moment: a conversation, or the bridge to another phone."""

    def pressed(self, voice: VoiceLeg, key: str, duration_ms: int | None) -> None:
        """A key, each once, however it came; `duration_ms` None = it came in the stream."""
        ...

    def changed(self, voice: VoiceLeg) -> None:
        """The phone holds, resumes, or speaks another codec."""
        ...

    def ended(self, voice: VoiceLeg) -> None:
        """The leg is over."""
        ...

    def takes_offer(self, voice: VoiceLeg, sdp: bytes) -> bool:
        """Whether the user answers this offer; else it is answered here."""
        ...


class VoiceLeg:
    """Stands between a leg and its listener: takes what concerns the port, hands on the rest.

    The leg's offers are answered here, so that the listener sees none of them.
    """

    __slots__ = ("_has_said", "_is_closed", "_keys", "_listener", "counters_at_end", "leg", "session", "user")

    def __init__(self, session: VoiceSession, clock: Callable[[], float], leg: Leg | None = None) -> None:
        self.session = session
        self.leg: Leg  # given here or by `attach`
        if leg is not None:
            self.leg = leg
        self.user: VoiceUser | None = None
        self.counters_at_end: Any = None
        self._keys = Keys(clock)
        self._listener: Listener
        self._is_closed = False
        self._has_said = False
        session.on_change = self._changed
        session.port.on_digit = self._heard_key

    def attach(self, leg: Leg, listener: Listener) -> None:
        """Stand between this leg and its listener."""
        self.leg = leg
        self._listener = listener
        leg.listener = self.on_event
        leg.takes_keys = True

    def detach(self) -> None:
        """Leave the leg to its listener again, and give the port back."""
        self.leg.listener = self._listener
        self.leg.takes_keys = False
        self.close()

    @property
    def port(self) -> VoicePort:
        """Our end of its sound."""
        return self.session.port

    @property
    def held(self) -> bool:
        """Whether the phone does not want to hear."""
        return self.session.held

    def counters(self) -> Any:
        """What was counted so far, also after its end."""
        return self.counters_at_end if self._is_closed else self.port.counters()

    # The call of a phone that calls us

    @property
    def has_begun(self) -> bool:
        """Whether the caller was told where our port is."""
        return self._has_said

    def begin_early(self, offer: SessionDescription | None, status: int = 183) -> None:
        """Let the caller hear us before its call is accepted; SdpError, Unfit."""
        if self._has_said:
            return
        self._has_said = True
        if self.leg.session.is_negotiated:  # it hears somebody else's early sound until now
            self.offer_anew(self._moved_over)
        elif offer is None:
            self.leg.ring(self.session.offer(), status, reply=self._take_answer)
        else:
            self.leg.ring(self.session.answer(offer), status)

    def accept(self, offer: SessionDescription | None) -> None:
        """Accept the caller's call, with the description it heard early, if it did; SdpError, Unfit."""
        if self.leg.is_accepted:
            if not self._has_said and not self.session.is_agreed:  # it has talked with somebody else
                self._has_said = True
                self.offer_anew(self._moved_over)
            return
        said = self.leg.origin.sent
        if said is not None and (self._has_said or self.leg.session.is_negotiated):
            self.leg.answer(said.encode(), self._acknowledged if self._is_settled else self._take_answer)
            if not self._has_said:
                self._has_said = True
                self.offer_anew(self._moved_over)
            return
        self._has_said = True
        body = self.session.offer() if offer is None else self.session.answer(offer)
        self.leg.answer(body, self._acknowledged if offer is not None else self._take_answer)

    @property
    def is_sure(self) -> bool:
        """Whether the phone has said where it listens, and is there: it has acknowledged our 200."""
        return self.session.is_agreed and self.leg.session.state is not SessionState.ACCEPTED

    def _acknowledged(self, _sdp: bytes | None, _status: int) -> None:
        self._changed()

    @property
    def _is_settled(self) -> bool:
        """Whether the offer that came first, its or ours, has its answer."""
        return self.session.is_agreed or self.leg.session.is_negotiated

    def _moved_over(self, status: int) -> None:
        """What came of leading a caller to our port that was told another place before."""
        if status >= 300:
            logger.info("the caller stays with the sound it had (%d)", status)
            self.leg.hang_up(UNFIT)

    def offer_anew(self, reply: Callable[[int], None]) -> None:
        """Offer our port by re-INVITE; `reply` is told 200, or what refused it."""

        def settled(sdp: bytes | None, status: int) -> None:
            if sdp is None:
                reply(status if status >= 300 else 488)
                return
            try:
                self.session.take_answer(sdp)
            except SdpError as problem:
                logger.info("unusable answer: %s", problem)
                reply(488)
                return
            reply(200)

        self.leg.offer(self.session.offer(), settled)

    # What it hears

    def on_event(self, leg: Leg, event: LegEvent) -> None:
        """Take an event of the leg."""
        if type(event) is Offered:
            self._offered(event.sdp)
        elif type(event) is Digit:
            if self._keys.by_signal(event.digit, is_sure=self.session.has_events):
                self._press(event.digit, event.duration_ms)
        elif type(event) is Ended:
            self.close()
            self._listener(leg, event)
            if self.user is not None:
                self.user.ended(self)
        else:
            self._listener(leg, event)

    def close(self) -> None:
        """Give the port back, and keep what it has counted."""
        if not self._is_closed:
            self.counters_at_end = self.port.counters()
            self._is_closed = True
            self.port.close()

    def _offered(self, sdp: bytes | None) -> None:
        if sdp is None:
            self.leg.answer(self.session.offer(), self._take_later_answer)
            return
        if self.user is not None and self.user.takes_offer(self, sdp):
            return
        self.answer(sdp)

    def answer(self, sdp: bytes) -> None:
        """Answer an offer of the phone by our port, or refuse it."""
        try:
            body = self.session.answer(sdp)
        except SdpError as problem:
            logger.info("refuse an offer: %s", problem)
            self.leg.refuse_offer(488)
            return
        self.leg.answer(body)

    def _take_answer(self, sdp: bytes | None, status: int) -> None:
        """The answer to the offer our 200, or reliable 183, carried."""
        if self.leg.has_ended:
            return
        try:
            if sdp is None:
                raise SdpError("no answer to our offer")
            self.session.take_answer(sdp)
        except SdpError as problem:
            logger.info("unusable answer: %s", problem)
            self.leg.hang_up(UNFIT)

    def _take_later_answer(self, sdp: bytes | None, status: int) -> None:
        """The answer to our offer in the answer to a re-INVITE that had none."""
        if sdp is None or self.leg.has_ended:
            return
        try:
            self.session.take_answer(sdp)
        except SdpError as problem:
            logger.info("unusable answer: %s", problem)

    def _heard_key(self, key: str) -> None:
        if self._keys.by_sound(key, is_sure=self.session.has_events):
            self._press(key, None)

    def _press(self, key: str, duration_ms: int | None) -> None:
        if self.user is not None:
            self.user.pressed(self, key, duration_ms)

    def _changed(self) -> None:
        if self.user is not None:
            self.user.changed(self)
