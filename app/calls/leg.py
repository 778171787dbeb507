"""One leg of a call: an InviteSession seen as seven events and six commands."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from app.calls.causes import Cause, Why, bye_reason, reason_of
from app.calls.events import Answered, Digit, Ended, LegEvent, Offered, Referred, Ringing

if TYPE_CHECKING:
    from app.calls.media import SdpOrigin
    from app.sip.flow import Flow
    from app.sip.invite import InviteSession

logger = logging.getLogger(__name__)

T = TypeVar("T")
Listener = Callable[["Leg", LegEvent], None]
# What came of an offer of ours: the answer, or None and the status that refused it.
OfferReply = Callable[[bytes | None, int], None]


class Runner(Protocol):
    """What a leg needs of the endpoint: run a command of the stack with the time, then let the output go."""

    def run(self, command: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Call `command(*args, **kwargs, now=…)`."""
        ...


class Leg:
    """Our side of the dialog with one phone. Ends exactly once, with a cause.

    Events go to `listener`, synchronously, as they come; whoever is responsible for the leg at the moment
    (the switchboard, an origination, a bridge) puts itself there. Commands on a leg that has ended do
    nothing: messages cross on the wire, and the end of a leg is announced anyway.
    """

    __slots__ = (
        "_ack_reply",
        "_offer_reply",
        "_runner",
        "cause",
        "flow",
        "is_accepted",
        "is_caller",
        "listener",
        "origin",
        "partner",
        "session",
        "takes_keys",
    )

    def __init__(
        self,
        runner: Runner,
        session: InviteSession,
        flow: Flow | None,
        listener: Listener,
        origin: SdpOrigin,
        *,
        is_caller: bool,
    ) -> None:
        self._runner = runner
        self.session = session
        self.flow = flow
        self.listener = listener
        self.is_caller = is_caller
        self.is_accepted = False
        self.cause: Cause | None = None
        self.origin = origin
        self.partner: Leg | None = None  # who gets this leg's INFO and MESSAGE
        self.takes_keys = False  # keys by INFO are for our side: the partner does not get the request
        self._offer_reply: OfferReply | None = None
        self._ack_reply: OfferReply | None = None

    @property
    def has_ended(self) -> bool:
        """Whether the Ended event has been given."""
        return self.cause is not None

    @property
    def owes_answer(self) -> bool:
        """Whether the phone waits for our answer to its offer."""
        return self.session.owed is not None

    # Commands

    def ring(
        self,
        sdp: bytes | None = None,
        status: int = 180,
        headers: Iterable[tuple[str, str]] = (),
        reply: OfferReply | None = None,
    ) -> None:
        """Tell the caller that its call is on the way, perhaps with early sound.

        `reply` is given where `sdp` is an offer, which goes out where the caller takes reliable answers: it
        gets the answer that stands in the PRACK (RFC 3262 5).
        """
        if self.cause is None and not self.is_accepted:
            if reply is not None:
                self._ack_reply = reply
            self._runner.run(self.session.progress, status, sdp, headers=tuple(headers))

    def answer(self, sdp: bytes | None, reply: OfferReply | None = None) -> None:
        """Accept what the phone proposed last: its call, or its change of the session.

        `reply` is given where `sdp` is itself an offer (the phone's INVITE or re-INVITE had none): it gets
        the answer that stands in the ACK.
        """
        if self.cause is not None:
            return
        self._ack_reply = reply
        if self.is_accepted or not self.is_caller:
            if sdp is not None:
                self._runner.run(self.session.answer, sdp)
            return
        self.is_accepted = True
        self._runner.run(self.session.accept, sdp)

    def refuse(self, status: int, reason: str | None = None, headers: Iterable[tuple[str, str]] = ()) -> None:
        """Refuse what the phone proposed last; a refused call ends the leg."""
        if self.cause is not None:
            return
        if self.is_accepted or not self.is_caller:
            self._runner.run(self.session.refuse_offer, status)
            return
        self._finish(Cause(Why.LOCAL, status, reason or reason_of(status)))
        self._runner.run(
            self.session.reject, status, reason or reason_of(status) or None, headers=tuple(headers)
        )

    def refuse_offer(self, status: int) -> None:
        """Refuse the change of the session the phone asked for; the leg goes on as it was."""
        if self.cause is None:
            self._runner.run(self.session.refuse_offer, status)

    def conclude(self, status: int) -> None:
        """The offer of the phone came to its end elsewhere: refuse it, if it was not answered (200)."""
        if status >= 300:
            self.refuse_offer(status)

    def offer(self, sdp: bytes | None, reply: OfferReply) -> None:
        """Propose a change of the session; `reply` is called once, with the answer or the refusal."""
        if self.cause is not None:
            reply(None, 481)
            return
        if self._offer_reply is not None:
            reply(None, 491)
            return
        self._offer_reply = reply
        self._runner.run(self.session.offer, sdp)

    def press(self, digit: str, duration_ms: int) -> None:
        """Press a key toward the phone by INFO."""
        if self.cause is None and self.is_accepted:
            body = f"Signal={digit}\r\nDuration={duration_ms}\r\n".encode()
            self._runner.run(self.session.request, "INFO", (), "application/dtmf-relay", body)

    def hang_up(self, cause: Cause) -> None:
        """End the leg whatever its state: BYE, CANCEL or a final response."""
        if self.cause is not None:
            return
        waiting_caller = self.is_caller and not self.is_accepted
        self._finish(Cause(Why.LOCAL, cause.status, cause.text, cause.reason_header))
        if waiting_caller:
            status = cause.status if cause.status >= 400 else 480
            self._runner.run(self.session.reject, status, reason_of(status) or None)
            return
        header = bye_reason(cause)
        self._runner.run(self.session.end, headers=(("Reason", header),) if header else ())

    # What the stack says

    def handle_progressed(self, status: int, sdp: bytes | None) -> None:
        """Take a provisional answer to our INVITE."""
        if self.cause is None:
            self.listener(self, Ringing(status, sdp))

    def handle_accepted(self, sdp: bytes | None, is_offer: bool) -> None:
        """Take a 2xx to our INVITE."""
        if self.cause is None:
            self.is_accepted = True
            self.listener(self, Answered(sdp, is_offer))

    def handle_confirmed(self, sdp: bytes | None) -> None:
        """Take the ACK to the 2xx that answered the call, with the answer if that 2xx carried our offer."""
        reply, self._ack_reply = self._ack_reply, None
        if reply is not None:
            reply(sdp, 200 if sdp is not None else 488)

    def handle_offer(self, sdp: bytes | None) -> None:
        """Take the phone's wish to change the session."""
        if self.cause is None:
            self.listener(self, Offered(sdp))

    def handle_offer_result(self, sdp: bytes | None, status: int) -> None:
        """Take what came of our own offer: one of `offer()`, else one we made because the phone made none."""
        reply = self._offer_reply
        if reply is not None:
            self._offer_reply = None
        else:
            reply, self._ack_reply = self._ack_reply, None
        if reply is not None:
            reply(sdp, status)

    def handle_digit(self, digit: str, duration_ms: int) -> None:
        """Take a key that came by INFO."""
        if self.cause is None:
            self.listener(self, Digit(digit, duration_ms))

    def handle_referred(self, target: str) -> None:
        """Take a REFER."""
        if self.cause is None:
            self.listener(self, Referred(target))

    def handle_end(self, cause: Cause) -> None:
        """Take the end of the session, whoever caused it."""
        if self.cause is None:
            self._finish(cause)

    def _finish(self, cause: Cause) -> None:
        self.cause = cause
        self.partner = None
        replies = (self._offer_reply, self._ack_reply)
        self._offer_reply = self._ack_reply = None
        for reply in replies:
            if reply is not None:
                reply(None, 481)
        self.listener(self, Ended(cause))
