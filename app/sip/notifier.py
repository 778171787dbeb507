"""The notifying side of events: a SUBSCRIBE accepted, its NOTIFYs, its end (RFC 6665 4.2)."""

from __future__ import annotations

from collections import deque
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from app.sip.answers import answer
from app.sip.client_request import ClientRequest
from app.sip.dialog import Dialog
from app.sip.draft import contact_uri
from app.sip.events import SubscriptionEnded, SubscriptionRefreshed
from app.sip.machine import Machine, Table
from app.sip.outgoing import Headers
from app.sip.timers import Timer
from app.sip.tokens import new_tag

if TYPE_CHECKING:
    from app.sip.core import Core
    from app.sip.digest import DigestClient
    from app.sip.message import Request, Response
    from app.sip.server_transactions import ServerTransaction
    from app.sip.stack import SipStack


class NoteState(StrEnum):
    """While somebody wants to know."""

    ACTIVE = "ACTIVE"
    TERMINATING = "TERMINATING"  # the last NOTIFY is out
    ENDED = "ENDED"


class NoteIn(StrEnum):
    """What can happen."""

    NOTIFY = "NOTIFY"
    TERMINATE = "TERMINATE"
    DELIVERED = "DELIVERED"
    UNDELIVERED = "UNDELIVERED"
    TIMER_EXPIRED = "TIMER_EXPIRED"


class State(NamedTuple):
    """What a NOTIFY says."""

    body: bytes
    content_type: str


class Notifier(Machine):
    """One subscription of a peer, made from its SUBSCRIBE (a RequestReceived), which is answered 200 here.

    Send the present state at once with `notify`: a NOTIFY must follow each SUBSCRIBE. Tells
    SubscriptionRefreshed, and last SubscriptionEnded. One NOTIFY is under way at a time; of the states that
    wait only the newest is sent.
    """

    __slots__ = (
        "core",
        "credentials",
        "dialog",
        "event",
        "expires_at",
        "is_pending",
        "reason",
        "request",
        "timer",
        "waiting",
    )

    def __init__(
        self,
        stack: SipStack,
        transaction: ServerTransaction,
        expires: int,
        now: float,
        *,
        contact_user: str = "",
        is_pending: bool = False,
        pin_flow: bool = False,
        credentials: DigestClient | None = None,
    ) -> None:
        core = stack.core
        request = transaction.request
        self.core: Core = core
        self.state = NoteState.ACTIVE
        self.event = request.get("event") or ""
        self.is_pending = is_pending
        self.reason = "timeout"
        self.credentials = credentials
        self.request: ClientRequest | None = None
        self.waiting: deque[State] = deque(maxlen=1)
        self.timer: Timer | None = None
        self.dialog = Dialog.of_request(request, new_tag(), transaction.source, contact_user, self)
        self.dialog.is_pinned = self.dialog.is_pinned or pin_flow
        core.dialogs[self.dialog.key] = self.dialog
        core.usages.add(self)
        self.expires_at = 0.0
        self._accept(transaction, expires, now)

    def __str__(self) -> str:
        return f"notifier {self.dialog.call_id}"

    def notify(self, body: bytes, content_type: str, now: float) -> None:
        """Send a state."""
        self.step(NoteIn.NOTIFY, now, State(body, content_type))

    def terminate(self, reason: str, now: float, body: bytes = b"", content_type: str = "") -> None:
        """End it: "deactivated", "rejected", "noresource" … (RFC 6665 4.1.3)."""
        self.reason = reason
        self.step(NoteIn.TERMINATE, now, State(body, content_type))

    # What the machinery says

    def on_timer(self, kind: StrEnum, now: float) -> None:
        """A timer is an input like any other."""
        self.step(kind, now, State(b"", ""))

    def on_provisional(self, request: ClientRequest, response: Response, now: float) -> None:
        """Nothing to do."""

    def on_final(self, request: ClientRequest, response: Response | None, status: int, now: float) -> None:
        """The outcome of a NOTIFY: whoever does not want it is unsubscribed (RFC 6665 4.2.2)."""
        if request is not self.request:
            return
        self.request = None
        self.step(NoteIn.DELIVERED if status < 300 or status == 491 else NoteIn.UNDELIVERED, now, status)

    def on_request(
        self, dialog: Dialog, transaction: ServerTransaction, request: Request, now: float
    ) -> None:
        """A refresh, or the end."""
        if request.method != "SUBSCRIBE":
            answer(transaction, 405, now, lines="Allow: SUBSCRIBE\r\n")
            return
        if self.state is not NoteState.ACTIVE:
            answer(transaction, 481, now)
            return
        wanted = request.expires
        dialog.refresh_target(request)
        self._accept(transaction, 3600 if wanted is None else wanted, now)
        if wanted == 0:
            self.reason = "timeout"
            self.step(NoteIn.TERMINATE, now, State(b"", ""))
        else:
            self.core.events.append(SubscriptionRefreshed(self, request))

    def on_ack(self, dialog: Dialog, request: Request, now: float) -> None:
        """No INVITE, no ACK."""

    def _accept(self, transaction: ServerTransaction, expires: int, now: float) -> None:
        core = self.core
        uri = contact_uri(transaction.source, self.dialog.contact_user)
        request = transaction.request
        routes = "".join([f"Record-Route: {route}\r\n" for route in request.get_all("record-route")])
        lines = f"{routes}Contact: <{uri}>\r\nExpires: {expires}\r\n{core.agent_line}"
        answer(transaction, 200, now, to_tag=self.dialog.local_tag, lines=lines)
        self.expires_at = now + expires
        core.timers.cancel(self.timer)
        self.timer = core.timers.start(self.expires_at, self, NoteIn.TIMER_EXPIRED)

    # Actions

    def send_or_keep(self, now: float, state: State) -> None:
        """Send the state, or the newest one as soon as the NOTIFY before it is answered."""
        if self.request is not None:
            self.waiting.append(state)
            return
        left = max(int(self.expires_at - now), 0)
        word = "pending" if self.is_pending else "active"
        self._send(state, f"{word};expires={left}", (), now)

    def send_last(self, now: float, state: State) -> None:
        """Say that it is over; an earlier NOTIFY under way does not delay that."""
        self.waiting.clear()
        self.core.timers.cancel(self.timer)
        self._send(state, f"terminated;reason={self.reason}", (), now)

    def _send(self, state: State, word: str, headers: Headers, now: float) -> None:
        core = self.core
        draft = self.dialog.draft(
            core,
            "NOTIFY",
            lines=f"Event: {self.event}\r\nSubscription-State: {word}\r\n{core.allow_line}{core.agent_line}",
            body=state.body,
            content_type=state.content_type,
            with_contact=True,
        )
        self.request = ClientRequest(core, draft, self, dialog=self.dialog, credentials=self.credentials)
        self.request.send_in(self.dialog, now)

    def send_waiting(self, now: float, _subject: object) -> None:
        """Go on with what waits."""
        if self.waiting:
            self.send_or_keep(now, self.waiting.popleft())

    def end(self, _now: float, status: object) -> None:
        """Let go, and tell."""
        core = self.core
        core.timers.cancel(self.timer)
        core.dialogs.pop(self.dialog.key, None)
        core.usages.discard(self)
        refused = status if isinstance(status, int) and status >= 300 else 0
        core.events.append(SubscriptionEnded(self, refused, self.reason))


_N = Notifier
NOTIFIER: Table[NoteState, NoteIn] = {  # RFC 6665 4.2
    (NoteState.ACTIVE, NoteIn.NOTIFY): (NoteState.ACTIVE, (_N.send_or_keep,)),
    (NoteState.ACTIVE, NoteIn.DELIVERED): (NoteState.ACTIVE, (_N.send_waiting,)),
    (NoteState.ACTIVE, NoteIn.UNDELIVERED): (NoteState.ENDED, (_N.end,)),
    (NoteState.ACTIVE, NoteIn.TERMINATE): (NoteState.TERMINATING, (_N.send_last,)),
    (NoteState.ACTIVE, NoteIn.TIMER_EXPIRED): (NoteState.TERMINATING, (_N.send_last,)),
    (NoteState.TERMINATING, NoteIn.DELIVERED): (NoteState.ENDED, (_N.end,)),
    (NoteState.TERMINATING, NoteIn.UNDELIVERED): (NoteState.ENDED, (_N.end,)),
}
_N.TABLE = NOTIFIER
