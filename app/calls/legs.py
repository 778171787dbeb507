"""All living legs by their session: hands each event of the stack to the leg it concerns."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from app.calls.causes import Cause, Why
from app.calls.digits import digit_of
from app.calls.leg import Leg, Listener, Runner
from app.calls.media import SdpOrigin
from app.sip import events
from app.sip.errors import MessageError
from app.sip.uri import SipUri, TelUri

if TYPE_CHECKING:
    from app.sip.client_request import ClientRequest
    from app.sip.invite import InviteSession
    from app.sip.outgoing import OutgoingInvite
    from app.sip.server_transactions import ServerTransaction
    from app.sip.stack import SipStack

logger = logging.getLogger(__name__)

# Requests inside a dialog that a B2BUA hands to the other end; what it answers comes back.
_PASSED = frozenset({"INFO", "MESSAGE"})
# Headers of such a request that mean something to the other end.
_PASSED_HEADERS = ("Info-Package", "Content-Disposition", "Content-Language", "Content-Encoding")


class Endpoint(Runner, Protocol):
    """The part of `net.SipEndpoint` that calls use."""

    @property
    def stack(self) -> SipStack:
        """The stack whose sessions these are."""
        ...

    def contact_uri(self, flow: Any, user: str) -> str:
        """Our address on that flow as a URI with this user."""
        ...


class Legs:
    """The legs that live."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._legs: dict[InviteSession, Leg] = {}
        self._passed: dict[ClientRequest, tuple[ServerTransaction, Leg]] = {}
        self._handlers: dict[type, Callable[[Any], None]] = {
            events.Progressed: self._progressed,
            events.Accepted: self._accepted,
            events.Rejected: self._rejected,
            events.Cancelled: self._cancelled,
            events.Confirmed: self._confirmed,
            events.OfferReceived: self._offer_received,
            events.AnswerReceived: self._answer_received,
            events.OfferFailed: self._offer_failed,
            events.RequestInDialog: self._request_in_dialog,
            events.Ended: self._ended,
        }

    def __len__(self) -> int:
        return len(self._legs)

    @property
    def is_idle(self) -> bool:
        """Whether no leg lives and no request waits for the other end's answer."""
        return not self._legs and not self._passed

    def incoming(self, event: events.InviteReceived, listener: Listener) -> Leg:
        """Make the leg of a phone that calls us."""
        origin = SdpOrigin(event.flow.shown.host)
        leg = Leg(self.endpoint, event.session, event.flow, listener, origin, is_caller=True)
        self._legs[event.session] = leg
        return leg

    def place(self, invite: OutgoingInvite, origin: SdpOrigin, listener: Listener) -> Leg:
        """Call a phone. Events may reach `listener` before this returns: a flow that is known to be dead."""

        def start(*, now: float) -> Leg:
            session = self.endpoint.stack.invite(invite, now)
            flow = invite.flows[0] if invite.flows else None
            leg = Leg(self.endpoint, session, flow, listener, origin, is_caller=False)
            self._legs[session] = leg
            return leg

        return self.endpoint.run(start)

    def handle(self, event: object) -> bool:
        """Hand an event to its leg; False where it is none of a leg's."""
        handler = self._handlers.get(type(event))
        if handler is not None:
            handler(event)
            return True
        return isinstance(event, events.ResponseReceived) and self._passed_on(event)

    def _progressed(self, event: events.Progressed) -> None:
        leg = self._legs.get(event.session)
        if leg is not None:
            leg.handle_progressed(event.status, event.sdp)

    def _accepted(self, event: events.Accepted) -> None:
        leg = self._legs.get(event.session)
        if leg is not None:
            leg.handle_accepted(event.sdp, event.is_offer)

    def _rejected(self, event: events.Rejected) -> None:
        leg = self._legs.get(event.session)
        if leg is not None:
            reason = event.response.get("reason") if event.response is not None else None
            targets = _targets(event)
            leg.handle_end(Cause(Why.REFUSED, event.status, event.reason, reason or "", targets))

    def _cancelled(self, event: events.Cancelled) -> None:
        leg = self._legs.get(event.session)
        if leg is not None:
            reason = event.request.get("reason") if event.request is not None else None
            leg.handle_end(Cause(Why.CANCELLED, 487, "Request Terminated", reason or ""))

    def _confirmed(self, event: events.Confirmed) -> None:
        leg = self._legs.get(event.session)
        if leg is not None:
            leg.handle_confirmed(event.sdp)

    def _offer_received(self, event: events.OfferReceived) -> None:
        leg = self._legs.get(event.session)
        if leg is not None:
            leg.handle_offer(event.sdp)

    def _answer_received(self, event: events.AnswerReceived) -> None:
        leg = self._legs.get(event.session)
        if leg is not None:
            leg.handle_offer_result(event.sdp, 200)

    def _offer_failed(self, event: events.OfferFailed) -> None:
        leg = self._legs.get(event.session)
        if leg is not None:
            leg.handle_offer_result(None, event.status)

    def _ended(self, event: events.Ended) -> None:
        leg = self._legs.pop(event.session, None)
        if leg is None:
            return
        reason = event.request.get("reason") if event.request is not None else None
        leg.handle_end(_ENDS[event.cause](reason or ""))

    def _request_in_dialog(self, event: events.RequestInDialog) -> None:
        leg = self._legs.get(event.session)
        request = event.request
        method = request.method
        if leg is None or leg.cause is not None:
            self._respond(event.transaction, 481)
        elif method in _PASSED:
            self._pass_on(leg, event)
        elif method == "OPTIONS":
            self._respond(event.transaction, 200)
        elif method == "REFER":
            leg.handle_referred(request.get("refer-to") or "")
            self._respond(event.transaction, 603, "Decline")
        else:
            self._respond(event.transaction, 489 if method in ("SUBSCRIBE", "NOTIFY") else 501)

    def _pass_on(self, leg: Leg, event: events.RequestInDialog) -> None:
        request = event.request
        pressed = (
            digit_of(request.get("content-type") or "", request.body) if request.method == "INFO" else None
        )
        partner = leg.partner
        if pressed is not None:
            leg.handle_digit(*pressed)
        is_ours = pressed is not None and leg.takes_keys
        if is_ours or partner is None or partner.cause is not None or not partner.is_accepted:
            self._respond(event.transaction, 200)
            return
        headers = tuple(
            (name, value) for name in _PASSED_HEADERS if (value := request.get(name.lower())) is not None
        )
        sent = self.endpoint.run(
            partner.session.request, request.method, headers, request.get("content-type") or "", request.body
        )
        self._passed[sent] = (event.transaction, partner)

    def _passed_on(self, event: events.ResponseReceived) -> bool:
        waiting = self._passed.pop(event.request, None)
        if waiting is None:
            return False
        transaction, leg = waiting
        # 408 and 481 are about the other dialog, which is over by them (RFC 3261 12.2.1.2); this one is not.
        self._respond(transaction, 500 if event.status in (408, 481, 503) else event.status)
        if event.status in (408, 481):
            leg.hang_up(Cause(Why.LOST, 408, "No answer from the phone"))
        return True

    def _respond(self, transaction: ServerTransaction, status: int, reason: str | None = None) -> None:
        response = transaction.request.reply(status, reason)
        self.endpoint.run(self.endpoint.stack.respond, transaction, response)


def _targets(event: events.Rejected) -> tuple[str, ...]:
    """The numbers that a 3xx names (RFC 3261 8.1.3.4); its hosts are the phone's idea of us, or not ours."""
    if event.response is None or event.status not in (300, 301, 302):
        return ()
    try:
        contacts = sorted(event.response.contacts, key=lambda contact: -contact.q)
    except MessageError:
        return ()
    return tuple(
        contact.uri.user.partition(";")[0] for contact in contacts if isinstance(contact.uri, SipUri | TelUri)
    )


def _lost(status: int, text: str) -> Callable[[str], Cause]:
    return lambda reason: Cause(Why.LOST, status, text, reason)


_ENDS: dict[events.EndCause, Callable[[str], Cause]] = {
    events.EndCause.LOCAL: lambda reason: Cause(Why.LOCAL, 200, "Normal call clearing", reason),
    events.EndCause.REMOTE_BYE: lambda reason: Cause(Why.REMOTE, 200, "Normal call clearing", reason),
    events.EndCause.REJECTED: lambda reason: Cause(Why.REFUSED, 480, "Temporarily Unavailable", reason),
    events.EndCause.CANCELLED: lambda reason: Cause(Why.CANCELLED, 487, "Request Terminated", reason),
    events.EndCause.NO_ACK: _lost(408, "No ACK"),
    events.EndCause.SESSION_EXPIRED: _lost(408, "Session timer expired"),
    events.EndCause.PEER_GONE: _lost(408, "No answer from the phone"),
    events.EndCause.FLOW_GONE: _lost(503, "Connection to the phone lost"),
}
