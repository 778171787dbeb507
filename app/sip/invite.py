"""One call's session on one side: every command and message of it, from the INVITE to the last BYE."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from app.sip import invite_callee as callee
from app.sip import invite_caller as caller
from app.sip import invite_change as change
from app.sip import invite_end as ending
from app.sip import invite_offered as offered
from app.sip.client_request import Announcer, ClientRequest
from app.sip.draft import header_lines
from app.sip.invite_state import OwedAnswer, Role, SessionIn, SessionState
from app.sip.machine import Machine, Table
from app.sip.session_timer import SessionTimer

if TYPE_CHECKING:
    from app.sip.acknowledgement import Acknowledgement
    from app.sip.answer_repeat import AnswerRepeat
    from app.sip.answers import AnswerHead
    from app.sip.core import Core
    from app.sip.dialog import Dialog
    from app.sip.digest import DigestClient
    from app.sip.flow import Flow
    from app.sip.message import Request, Response
    from app.sip.outgoing import Headers
    from app.sip.reliable import ReliableAnswers
    from app.sip.server_transactions import ServerTransaction
    from app.sip.timers import Timer


class InviteSession(Machine):
    """Both ends of an INVITE in one class. It ends exactly once, with an Ended event.

    Commands on a session that has ended do nothing: messages cross on the wire. `pin_flow` may be set at any
    time: requests inside the dialog then go over the flow the peer was seen on, and not to its Contact.
    """

    __slots__ = (
        "ack",
        "answer_head",
        "asked_seconds",
        "call_id",
        "change",
        "change_sdp",
        "change_tries",
        "contact_user",
        "core",
        "credentials",
        "deferred",
        "dialog",
        "extra_acks",
        "first_flow",
        "forks",
        "head_lines",
        "is_announced",
        "is_refresh",
        "kept_headers",
        "local_sdp",
        "local_tag",
        "owed",
        "queued",
        "reliable",
        "remote_sdp",
        "remote_text",
        "repeat",
        "request_text",
        "ringing",
        "role",
        "sent",
        "server_change",
        "timer_cancel",
        "timer_change",
        "timer_expires",
        "timer_ringing",
        "transaction",
        "wants_pin",
        "watch",
    )

    def __init__(self, core: Core, role: Role, call_id: str, local_tag: str, flow: Flow | None) -> None:
        self.core = core
        self.role = role
        self.state = SessionState.CALLING if role is Role.CALLER else SessionState.INCOMING
        self.call_id = call_id
        self.local_tag = local_tag
        self.first_flow = flow
        self.contact_user = ""
        self.credentials: DigestClient | None = None
        self.wants_pin = False
        self.is_announced = False
        self.dialog: Dialog | None = None  # the present one: of the latest fork, then of the 2xx
        self.local_sdp: bytes | None = None  # what stands, or is proposed, on our side
        self.remote_sdp: bytes | None = None
        # caller
        self.sent: ClientRequest | None = None  # the INVITE
        self.request_text: Request | None = None
        self.remote_text = ""
        self.asked_seconds = 0  # Session-Expires of our INVITE
        self.head_lines = ""  # the application's header lines of our INVITE
        self.forks: dict[str, Dialog] = {}
        self.ack: Acknowledgement | None = None  # of the latest 2xx
        self.extra_acks: dict[str, Acknowledgement] = {}  # of forks we did not want
        self.timer_cancel: Timer | None = None
        # callee
        self.transaction: ServerTransaction | None = None  # of the INVITE
        self.answer_head: AnswerHead | None = None
        self.reliable: ReliableAnswers | None = None
        self.deferred: tuple[bytes | None, Headers] | None = None  # accept() that waits for PRACK
        self.ringing: tuple[int, bytes] | None = None
        self.timer_ringing: Timer | None = None
        self.timer_expires: Timer | None = None
        self.kept_headers: Headers = ()  # of a BYE that waits for the ACK
        self.repeat: AnswerRepeat | None = None  # a 2xx of ours whose ACK is missing
        # changes
        self.owed: OwedAnswer | None = None  # what answer() answers
        self.change: ClientRequest | None = None  # our re-INVITE or UPDATE
        self.change_sdp: bytes | None = None
        self.change_tries = 0
        self.is_refresh = False  # the change is the session timer's
        self.queued: tuple[bytes | None] | None = None  # an offer() that waits for its turn
        self.timer_change: Timer | None = None
        self.server_change: ServerTransaction | None = None  # the peer's re-INVITE, not answered yet
        self.watch = SessionTimer(core, self)

    def __str__(self) -> str:
        return f"session {self.call_id}"

    # What it is

    @property
    def invite(self) -> Request:
        """The INVITE, received or sent."""
        if self.transaction is not None:
            return self.transaction.request
        return caller.request_of(self)

    @property
    def remote_tag(self) -> str:
        """The peer's tag, "" while it has none."""
        if self.dialog is not None:
            return self.dialog.remote_tag
        return self.transaction.request.from_tag if self.transaction is not None else ""

    @property
    def remote_uri(self) -> str:
        """The peer's address: the URI of its From or To."""
        if self.transaction is not None:
            return str(self.transaction.request.from_.uri)
        return self.remote_text

    @property
    def flow(self) -> Flow | None:
        """The flow the peer was seen on last; None while the way to it is being looked up."""
        if self.dialog is not None:
            return self.dialog.flow
        if self.sent is not None and self.sent.transaction is not None:
            return self.sent.transaction.flow
        return self.first_flow

    @property
    def pin_flow(self) -> bool:
        """Whether requests inside the dialog go back over the flow the peer was seen on."""
        return self.wants_pin

    @pin_flow.setter
    def pin_flow(self, value: bool) -> None:
        self.wants_pin = value
        for dialog in (self.dialog, *self.forks.values()):
            if dialog is not None and value:
                dialog.is_pinned = True

    def move(self, flow: Flow) -> None:
        """Send what is to come over another connection of the same peer."""
        if self.dialog is not None:
            self.dialog.flow = flow

    @property
    def is_negotiated(self) -> bool:
        """Whether an offer has been answered in the present dialog; of provisional answers reliable ones."""
        return self.dialog is not None and self.dialog.turn.is_negotiated

    @property
    def has_ended(self) -> bool:
        """Whether Ended was told."""
        return self.is_announced

    # Commands

    def progress(
        self,
        status: int,
        sdp: bytes | None = None,
        *,
        reason: str | None = None,
        headers: Headers = (),
        now: float,
    ) -> None:
        """Answer 101-199. `sdp` is the answer to the INVITE's offer (early media); where it had none, and the
        caller supports 100rel, our offer. It is reliable where the caller requires it (RFC 3262 3).
        """
        self.step(SessionIn.PROGRESS, now, callee.Progress(status, reason, sdp, headers))

    def accept(self, sdp: bytes | None, *, headers: Headers = (), now: float) -> None:
        """Answer 200; `sdp` as in `progress`, and not sent again where a reliable answer has carried it."""
        callee.accept(self, sdp, headers, now)

    def reject(self, status: int, reason: str | None = None, *, headers: Headers = (), now: float) -> None:
        """Answer 300-699."""
        self.step(SessionIn.REJECT, now, callee.Final(status, reason, headers))

    def answer(self, sdp: bytes, now: float) -> None:
        """Answer the offer that came last, wherever it stood; make one where the peer leaves it to us."""
        offered.answer(self, sdp, now)

    def refuse_offer(self, status: int, now: float) -> None:
        """Refuse the offer that came last. One in a 2xx or 1xx to our INVITE cannot be refused: the call
        ends.
        """
        offered.refuse(self, status, now)

    def offer(self, sdp: bytes | None, now: float) -> None:
        """Change the session: re-INVITE, or UPDATE before the call is accepted. It waits its turn (glare,
        14.1).

        None = a re-INVITE that leaves the offer to the peer; it comes as OfferReceived.
        """
        change.offer(self, sdp, now)

    def request(
        self, method: str, headers: Iterable[tuple[str, str]], content_type: str, body: bytes, now: float
    ) -> ClientRequest:
        """Send INFO, NOTIFY, MESSAGE, REFER …; the outcome is a ResponseReceived."""
        sent = ClientRequest(
            self.core,
            ending.draft_in_dialog(self, method, header_lines(tuple(headers)), body, content_type),
            Announcer(self.core),
            dialog=self.dialog,
            credentials=self.credentials,
        )
        if self.dialog is None or self.is_announced:
            sent.send((), None, now)
        else:
            sent.send_in(self.dialog, now)
        return sent

    def end(self, now: float, *, headers: Headers = ()) -> None:
        """End the session as its state demands: BYE, CANCEL, or 480 to a caller we have not answered."""
        self.step(SessionIn.END, now, headers)

    # What the stack, the transactions and the machines around say

    def on_request(
        self, dialog: Dialog, transaction: ServerTransaction, request: Request, now: float
    ) -> None:
        """A request inside the dialog."""
        offered.on_request(self, dialog, transaction, request, now)

    def on_ack(self, dialog: Dialog, request: Request, now: float) -> None:
        """An ACK to a 2xx of ours."""
        callee.on_ack(self, dialog, request, now)

    def on_cancel(self, transaction: ServerTransaction, request: Request, now: float) -> None:
        """A CANCEL of the INVITE, or of a re-INVITE."""
        if transaction is self.server_change:
            offered.on_cancelled(self, now)
        elif transaction is self.transaction:
            self.step(SessionIn.CANCEL, now, request)

    def on_unreachable(self, transaction: ServerTransaction, now: float) -> None:
        """An answer cannot be brought to the peer."""
        if transaction is self.transaction:
            self.step(SessionIn.LOST, now)

    def on_provisional(self, request: ClientRequest, response: Response, now: float) -> None:
        """1xx to a request of the session."""
        if request is self.sent:
            self.step(SessionIn.PROVISIONAL, now, response)
        elif self.is_announced:
            ending.forsake(request, now)

    def on_final(self, request: ClientRequest, response: Response | None, status: int, now: float) -> None:
        """Final answer to the INVITE, or to a re-INVITE or UPDATE."""
        if request is self.sent:
            caller.on_final(self, response, status, now)
        else:
            change.on_final(self, request, response, status, now)

    def on_no_ack(self, now: float) -> None:
        """A 2xx of ours was never acknowledged."""
        self.step(SessionIn.NO_ACK, now)

    def on_no_prack(self, now: float) -> None:
        """A reliable 1xx of ours was never acknowledged."""
        self.step(SessionIn.NO_ACK, now)

    def refresh(self, now: float) -> None:
        """The session timer wants a refresh."""
        change.refresh(self, now)

    def on_expired(self, now: float) -> None:
        """The session timer ran out."""
        self.step(SessionIn.EXPIRED, now)

    def on_timer(self, kind: StrEnum, now: float) -> None:
        """A timer of the session itself: an input without a row is one of a side machine's."""
        if not self.step(kind, now):
            change.on_timer(self, kind, now)


_S = SessionState
_I = SessionIn
INVITE_SESSION: Table[SessionState, SessionIn] = {
    # The caller: RFC 3261 13.2, 9.1, 15
    (_S.CALLING, _I.PROVISIONAL): (_S.PROCEEDING, (caller.tell_progress,)),
    (_S.CALLING, _I.SUCCESS): (_S.ANSWERED, (caller.establish,)),
    (_S.CALLING, _I.FAILURE): (_S.ENDED, (caller.tell_rejected, ending.close)),
    (_S.CALLING, _I.END): (_S.ABANDONED, (ending.announce_local, ending.keep_headers, caller.stop_trying)),
    (_S.PROCEEDING, _I.PROVISIONAL): (_S.PROCEEDING, (caller.tell_progress,)),
    (_S.PROCEEDING, _I.SUCCESS): (_S.ANSWERED, (caller.establish,)),
    (_S.PROCEEDING, _I.FAILURE): (_S.ENDED, (caller.tell_rejected, ending.close)),
    (_S.PROCEEDING, _I.END): (_S.CANCELLING, (ending.announce_local, caller.stop_trying, caller.cancel)),
    (_S.PROCEEDING, _I.BYE): (_S.CANCELLING, (ending.announce_bye, caller.stop_trying, caller.cancel)),
    (_S.ABANDONED, _I.PROVISIONAL): (_S.CANCELLING, (caller.cancel,)),
    (_S.ABANDONED, _I.SUCCESS): (_S.ENDED, (caller.undo, ending.close)),
    (_S.ABANDONED, _I.FAILURE): (_S.ENDED, (ending.close,)),
    (_S.CANCELLING, _I.SUCCESS): (_S.ENDED, (caller.undo, ending.close)),
    (_S.CANCELLING, _I.FAILURE): (_S.ENDED, (ending.close,)),
    (_S.CANCELLING, _I.TIMER_CANCEL): (_S.CANCELLING, (caller.give_up,)),
    (_S.ANSWERED, _I.ACK_SENT): (_S.CONFIRMED, (change.send_queued,)),
    (_S.ANSWERED, _I.END): (
        _S.ENDED,
        (caller.acknowledge_empty, ending.bye, ending.announce_local, ending.close),
    ),
    (_S.ANSWERED, _I.BYE): (_S.ENDED, (caller.acknowledge_empty, ending.announce_bye, ending.close)),
    # The callee: RFC 3261 13.3, 9.2, 15
    (_S.INCOMING, _I.PROGRESS): (_S.INCOMING, (callee.send_progress,)),
    (_S.INCOMING, _I.TIMER_RINGING): (_S.INCOMING, (callee.repeat_ringing,)),
    (_S.INCOMING, _I.ACCEPT): (_S.ACCEPTED, (callee.send_accept,)),
    (_S.INCOMING, _I.REJECT): (_S.ENDED, (callee.send_reject, ending.announce_local, ending.close)),
    (_S.INCOMING, _I.END): (_S.ENDED, (callee.send_unavailable, ending.announce_local, ending.close)),
    (_S.INCOMING, _I.CANCEL): (_S.ENDED, (callee.send_cancelled, ending.announce_cancelled, ending.close)),
    (_S.INCOMING, _I.TIMER_EXPIRES): (
        _S.ENDED,
        (callee.send_expired, ending.announce_cancelled, ending.close),
    ),
    (_S.INCOMING, _I.BYE): (_S.ENDED, (callee.send_terminated, ending.announce_bye, ending.close)),
    (_S.INCOMING, _I.NO_ACK): (_S.ENDED, (callee.send_no_prack, ending.announce_no_ack, ending.close)),
    (_S.INCOMING, _I.LOST): (_S.ENDED, (ending.announce_flow_gone, ending.close)),
    (_S.ACCEPTED, _I.ACK): (_S.CONFIRMED, (callee.tell_confirmed, change.send_queued)),
    (_S.ACCEPTED, _I.NO_ACK): (_S.ENDED, (ending.bye, ending.announce_no_ack, ending.close)),
    (_S.ACCEPTED, _I.END): (_S.HANGING_UP, (ending.announce_local, ending.keep_headers)),
    (_S.ACCEPTED, _I.BYE): (_S.ENDED, (ending.announce_bye, ending.close)),
    (_S.ACCEPTED, _I.EXPIRED): (_S.ENDED, (ending.bye, ending.announce_expired, ending.close)),
    (_S.HANGING_UP, _I.ACK): (_S.ENDED, (ending.bye_kept, ending.close)),
    (_S.HANGING_UP, _I.NO_ACK): (_S.ENDED, (ending.bye_kept, ending.close)),
    (_S.HANGING_UP, _I.BYE): (_S.ENDED, (ending.close,)),
    # Both
    (_S.CONFIRMED, _I.END): (_S.ENDED, (ending.bye, ending.announce_local, ending.close)),
    (_S.CONFIRMED, _I.BYE): (_S.ENDED, (ending.announce_bye, ending.close)),
    (_S.CONFIRMED, _I.NO_ACK): (_S.ENDED, (ending.bye, ending.announce_no_ack, ending.close)),
    (_S.CONFIRMED, _I.LOST): (_S.ENDED, (ending.bye, ending.announce_lost, ending.close)),
    (_S.CONFIRMED, _I.EXPIRED): (_S.ENDED, (ending.bye, ending.announce_expired, ending.close)),
}
InviteSession.TABLE = INVITE_SESSION
