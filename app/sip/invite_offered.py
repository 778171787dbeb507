"""What the peer asks for inside a session: offers by re-INVITE, UPDATE, PRACK, and our answers (RFC 6337)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from app.sip import invite_callee as callee
from app.sip import invite_caller as caller
from app.sip.answer_repeat import AnswerRepeat
from app.sip.answers import answer as send_answer
from app.sip.answers import overlap_lines
from app.sip.body import sdp_of
from app.sip.errors import MessageError
from app.sip.events import AnswerReceived, OfferReceived, RequestInDialog
from app.sip.hold import hints_hold
from app.sip.invite_change import send_queued
from app.sip.invite_state import OwedAnswer, OwedIn, SessionIn, SessionState
from app.sip.offer_answer import Said, Turn
from app.sip.reliable import RelIn
from app.sip.session_timer import is_too_small
from app.sip.unanswered import Unanswered

if TYPE_CHECKING:
    from app.sip.dialog import Dialog
    from app.sip.invite import InviteSession
    from app.sip.message import Request
    from app.sip.server_transactions import ServerTransaction

_STANDING = (SessionState.CONFIRMED, SessionState.ACCEPTED)


def answer(session: InviteSession, sdp: bytes | None, now: float) -> None:
    """Bring the answer to where it belongs; nothing is owed = the exchange was given up meanwhile."""
    owed = session.owed
    if owed is None:
        return
    session.owed = None
    turn = owed.dialog.turn
    session.local_sdp = sdp
    if owed.sdp is not None:
        session.remote_sdp = owed.sdp
    if owed.carrier is OwedIn.ACK:
        turn.step(Said.ANSWER_SENT, now)
        caller.acknowledge(session, owed.dialog, owed.number, sdp, now)
        if not session.step(SessionIn.ACK_SENT, now):
            send_queued(session, now, None)
    elif owed.carrier is OwedIn.PRACK:
        turn.step(Said.ANSWER_SENT, now)
        caller.send_prack(session, owed.dialog, owed.number, sdp, now)
    else:
        turn.step(Said.OFFER_SENT if owed.sdp is None else Said.ANSWER_SENT, now)
        if owed.transaction is not None:
            _accept_change(session, owed.transaction, sdp, now)


def refuse(session: InviteSession, status: int, now: float) -> None:
    """Refuse the offer."""
    owed = session.owed
    if owed is None:
        return
    if owed.carrier is OwedIn.ACK and session.state is SessionState.CONFIRMED:
        caller.acknowledge_empty(session, now, None)
        session.step(SessionIn.END, now)
    elif owed.carrier is OwedIn.ACK:
        session.step(SessionIn.END, now)
    elif owed.carrier is OwedIn.PRACK:
        session.owed = None
        caller.send_prack(session, owed.dialog, owed.number, None, now)
        session.step(SessionIn.END, now)
    else:
        session.owed = None
        owed.dialog.turn.step(Said.REFUSED, now)
        if owed.transaction is not None:
            send_answer(owed.transaction, status, now, lines=session.core.agent_line)
        session.server_change = None
        callee.accept_deferred(session, now)
        send_queued(session, now, None)


def _accept_change(
    session: InviteSession, transaction: ServerTransaction, sdp: bytes | None, now: float
) -> None:
    """Answer 200 to a re-INVITE, UPDATE or PRACK."""
    core = session.core
    request = transaction.request
    lines = callee.contact_line(session, transaction) + core.capability_lines
    if request.method != "PRACK":
        with suppress(MessageError):
            lines += session.watch.agree(
                request, now, session.watch.seconds if session.watch.is_running else 0
            )
    send_answer(transaction, 200, now, lines=lines, body=sdp or b"")
    if request.method == "INVITE":
        session.server_change = None
        session.repeat = AnswerRepeat(core, transaction, transaction.data, session, now)
    callee.accept_deferred(session, now)
    send_queued(session, now, None)


def on_request(
    session: InviteSession, dialog: Dialog, transaction: ServerTransaction, request: Request, now: float
) -> None:
    """Take a request inside the dialog; its CSeq is in order."""
    method = request.method
    if method == "BYE":
        send_answer(transaction, 200, now, lines=session.core.agent_line)
        session.step(SessionIn.BYE, now, request)
    elif method == "INVITE":
        _on_reinvite(session, dialog, transaction, request, now)
    elif method == "UPDATE":
        _on_update(session, dialog, transaction, request, now)
    elif method == "PRACK":
        _on_prack(session, dialog, transaction, request, now)
    else:
        session.core.events.append(RequestInDialog(session, transaction, request))
        if method in ("INFO", "MESSAGE"):
            Unanswered(session.core, transaction, now)


def _refuse(session: InviteSession, transaction: ServerTransaction, status: int, now: float) -> None:
    lines = overlap_lines(session.core) if status == 500 else ""
    send_answer(transaction, status, now, lines=lines + session.core.agent_line)


def _refuse_interval(
    session: InviteSession, transaction: ServerTransaction, request: Request, now: float
) -> bool:
    least = session.core.settings.min_se
    if not is_too_small(request, least):
        return False
    send_answer(transaction, 422, now, lines=f"Min-SE: {least}\r\n")
    return True


def _overlap(session: InviteSession, dialog: Dialog, *, is_invite: bool) -> int:
    """What stands against a new offer: 491, 500, or 0 = nothing (RFC 3261 14.2, RFC 3311 5.2)."""
    if session.server_change is not None or dialog.turn.state is Turn.OWING_ANSWER:
        return 500
    if dialog.turn.state is Turn.AWAITING_ANSWER:
        return 491
    if is_invite:
        if session.state is SessionState.INCOMING:
            return 500
        if session.state not in _STANDING or (
            session.change is not None and session.change.method == "INVITE"
        ):
            return 491
    return 500 if session.owed is not None else 0


def _on_reinvite(
    session: InviteSession, dialog: Dialog, transaction: ServerTransaction, request: Request, now: float
) -> None:
    transaction.user = session
    overlap = _overlap(session, dialog, is_invite=True)
    if overlap:
        _refuse(session, transaction, overlap, now)
        return
    if _refuse_interval(session, transaction, request, now):
        return
    sdp = sdp_of(request)
    dialog.refresh_target(request)
    session.server_change = transaction
    if sdp is None:
        session.owed = OwedAnswer(OwedIn.RESPONSE, dialog, transaction, 0, None)
        session.core.events.append(OfferReceived(session, None, False))
    elif sdp == session.remote_sdp and session.local_sdp is not None:
        # A refresh that changes nothing is answered with what stands (RFC 4028 7.4, RFC 3264 8).
        dialog.turn.step(Said.OFFER_RECEIVED, now)
        dialog.turn.step(Said.ANSWER_SENT, now)
        _accept_change(session, transaction, session.local_sdp, now)
    else:
        _ask(session, dialog, transaction, sdp, now)


def _ask(
    session: InviteSession, dialog: Dialog, transaction: ServerTransaction, sdp: bytes, now: float
) -> None:
    dialog.turn.step(Said.OFFER_RECEIVED, now)
    session.owed = OwedAnswer(OwedIn.RESPONSE, dialog, transaction, 0, sdp)
    session.core.events.append(OfferReceived(session, sdp, hints_hold(sdp)))


def _on_update(
    session: InviteSession, dialog: Dialog, transaction: ServerTransaction, request: Request, now: float
) -> None:
    if _refuse_interval(session, transaction, request, now):
        return
    sdp = sdp_of(request)
    if sdp is None:
        dialog.refresh_target(request)
        _accept_change(session, transaction, None, now)
        return
    overlap = _overlap(session, dialog, is_invite=False)
    if overlap:
        _refuse(session, transaction, overlap, now)
        return
    dialog.refresh_target(request)
    _ask(session, dialog, transaction, sdp, now)


def _on_prack(
    session: InviteSession, dialog: Dialog, transaction: ServerTransaction, request: Request, now: float
) -> None:
    reliable = session.reliable
    if reliable is None or not reliable.acknowledges(request.rack):
        send_answer(transaction, 481, now, lines=session.core.agent_line)
        return
    sdp = sdp_of(request)
    turn = dialog.turn
    reliable.step(RelIn.PRACK, now)
    if sdp is not None and turn.state is Turn.QUIET and turn.is_negotiated:
        _ask(session, dialog, transaction, sdp, now)  # RFC 3262 5: an offer in PRACK
        return
    if turn.state is Turn.AWAITING_ANSWER and sdp is not None:
        turn.step(Said.ANSWER_RECEIVED, now)
        session.remote_sdp = sdp
        session.core.events.append(AnswerReceived(session, sdp))
    send_answer(transaction, 200, now, lines=session.core.agent_line)
    callee.accept_deferred(session, now)


def on_cancelled(session: InviteSession, now: float) -> None:
    """The peer's re-INVITE was cancelled: the session stays as it was (RFC 3261 14.2)."""
    transaction, session.server_change = session.server_change, None
    owed, session.owed = session.owed, None
    if owed is not None:
        owed.dialog.turn.step(Said.REFUSED, now)
    if transaction is not None:
        send_answer(transaction, 487, now, lines=session.core.agent_line)
    send_queued(session, now, None)
