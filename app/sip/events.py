"""What a stack tells the layer above: frozen facts, delivered in order by `SipStack.next_event()`.

The life of an InviteSession, seen from its events, is `InviteReceived` or our own `invite()`, anything in
between, and exactly one `Ended`, which is always its last event: also after `Rejected` and `Cancelled`, and
at once after our own `end()` and `reject()`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.sip.flow import Flow
from app.sip.message import Request, Response

if TYPE_CHECKING:
    from app.sip.client_request import ClientRequest
    from app.sip.invite import InviteSession
    from app.sip.registration import RegistrationClient
    from app.sip.server_transactions import ServerTransaction
    from app.sip.subscription import Notifier, Subscriber


class EndCause(StrEnum):
    """Why a session is over."""

    LOCAL = "local"  # our end(), reject()
    REMOTE_BYE = "remote_bye"
    REJECTED = "rejected"  # after Rejected
    CANCELLED = "cancelled"  # after Cancelled
    NO_ACK = "no_ack"  # our 2xx, or our reliable 1xx, was never acknowledged
    SESSION_EXPIRED = "session_expired"  # RFC 4028 10
    PEER_GONE = "peer_gone"  # 481 or no answer to a request inside the dialog (RFC 3261 12.2.1.2)
    FLOW_GONE = "flow_gone"  # the peer cannot be reached


@dataclass(frozen=True, slots=True)
class RequestReceived:
    """A request outside any dialog that is not INVITE; answer with `SipStack.respond(transaction, …)`."""

    transaction: ServerTransaction
    request: Request
    flow: Flow


@dataclass(frozen=True, slots=True)
class InviteReceived:
    """A new call; 100 has been sent. `sdp` None = no offer: `accept(sdp)` makes one, the answer is in
    `Confirmed`.
    """

    session: InviteSession
    request: Request
    flow: Flow
    sdp: bytes | None


@dataclass(frozen=True, slots=True)
class Progressed:
    """101-199 to our INVITE. `sdp` is the answer, or its preview (early media); an offer comes as
    OfferReceived.
    """

    session: InviteSession
    status: int
    reason: str
    sdp: bytes | None
    response: Response


@dataclass(frozen=True, slots=True)
class Accepted:
    """2xx to our INVITE. With `is_offer` it waits for `session.answer(sdp)`, else ACK has been sent."""

    session: InviteSession
    sdp: bytes | None
    is_offer: bool
    response: Response


@dataclass(frozen=True, slots=True)
class Rejected:
    """Final refusal of our INVITE; 3xx too, its contacts are in `response`. `response` None = our own 408 or
    503.
    """

    session: InviteSession
    status: int
    reason: str
    response: Response | None


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The caller gave up before we answered; 487 has been sent. `request` is the CANCEL, if there was one."""

    session: InviteSession
    request: Request | None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """ACK came; `sdp` is the answer where our 2xx carried the offer."""

    session: InviteSession
    sdp: bytes | None


@dataclass(frozen=True, slots=True)
class OfferReceived:
    """The peer wants to change the session: `answer(sdp)` or `refuse_offer(status)`.

    `sdp` None = a re-INVITE without offer: `answer(sdp)` makes it; its answer is an AnswerReceived.
    """

    session: InviteSession
    sdp: bytes | None
    is_hold_hint: bool  # a cheap look at the text: sendonly, inactive or 0.0.0.0


@dataclass(frozen=True, slots=True)
class AnswerReceived:
    """The answer to our `offer()`, or to the offer in our reliable 1xx or 2xx to a re-INVITE."""

    session: InviteSession
    sdp: bytes


@dataclass(frozen=True, slots=True)
class OfferFailed:
    """Our `offer()` was refused; the session goes on as it was."""

    session: InviteSession
    status: int


@dataclass(frozen=True, slots=True)
class RequestInDialog:
    """INFO, MESSAGE, REFER, NOTIFY, OPTIONS in the dialog; answer with `SipStack.respond(transaction, …)`."""

    session: InviteSession
    transaction: ServerTransaction
    request: Request


@dataclass(frozen=True, slots=True)
class Ended:
    """The session is over; always its last event, exactly once. `request` is the peer's BYE."""

    session: InviteSession
    cause: EndCause
    request: Request | None = None


@dataclass(frozen=True, slots=True)
class ResponseReceived:
    """The final answer to `send_request` or `session.request`; `response` None = our own 408 or 503."""

    request: ClientRequest
    response: Response | None
    status: int


@dataclass(frozen=True, slots=True)
class Registered:
    """A line is registered until `expires` seconds from now (or was refreshed)."""

    client: RegistrationClient
    expires: int
    response: Response


@dataclass(frozen=True, slots=True)
class RegistrationFailed:
    """A line's REGISTER was refused or not answered (status 408, 503); it tries again after `retry_after`
    seconds.
    """

    client: RegistrationClient
    status: int
    reason: str
    retry_after: float
    response: Response | None


@dataclass(frozen=True, slots=True)
class Unregistered:
    """A line has given up its registration, as asked; last event of the client."""

    client: RegistrationClient


@dataclass(frozen=True, slots=True)
class NotifyReceived:
    """A NOTIFY of our subscription (answered 200 by the stack); `state` is active, pending or terminated."""

    subscriber: Subscriber
    request: Request
    state: str


@dataclass(frozen=True, slots=True)
class SubscriptionRefreshed:
    """A subscriber renewed: 200 was sent; send the present state with `notifier.notify(…)`."""

    notifier: Notifier
    request: Request


@dataclass(frozen=True, slots=True)
class SubscriptionEnded:
    """A subscription, ours or of a peer, is over; the last event of its usage. `reason` as in RFC 6665
    4.1.3.
    """

    usage: Subscriber | Notifier
    status: int  # the refusal, where there was one, else 0
    reason: str


SessionEvent = (
    InviteReceived
    | Progressed
    | Accepted
    | Rejected
    | Cancelled
    | Confirmed
    | OfferReceived
    | AnswerReceived
    | OfferFailed
    | RequestInDialog
    | Ended
)
StackEvent = (
    SessionEvent
    | RequestReceived
    | ResponseReceived
    | Registered
    | RegistrationFailed
    | Unregistered
    | NotifyReceived
    | SubscriptionRefreshed
    | SubscriptionEnded
)
