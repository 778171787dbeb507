"""What happens inside a session: offers by re-INVITE, UPDATE and PRACK both ways, glare, refreshes, other
requests.
"""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING

from app.sip import invite_callee as callee
from app.sip import invite_caller as caller
from app.sip.answer_repeat import AnswerRepeat
from app.sip.answers import answer as send_answer
from app.sip.answers import overlap_lines
from app.sip.body import sdp_of
from app.sip.client_request import ClientRequest
from app.sip.errors import MessageError
from app.sip.events import AnswerReceived, OfferFailed, OfferReceived, RequestInDialog
from app.sip.hold import hints_hold
from app.sip.invite_state import OwedAnswer, OwedIn, Role, SessionIn, SessionState
from app.sip.offer_answer import Said, Turn
from app.sip.reliable import RelIn
from app.sip.session_timer import WatchIn, is_too_small
from app.sip.unanswered import Unanswered

if TYPE_CHECKING:
    from app.sip.dialog import Dialog
    from app.sip.invite import InviteSession
    from app.sip.message import Request, Response
    from app.sip.server_transactions import ServerTransaction

_MOST_TRIES = 5  # of one change that meets glare
_LONGEST_RETRY = 10  # s; a longer Retry-After is a refusal
_EARLY = (SessionState.INCOMING, SessionState.PROCEEDING)
_STANDING = (SessionState.CONFIRMED, SessionState.ACCEPTED)


# Our offers


def offer(session: InviteSession, sdp: bytes | None, now: float) -> None:
    """Send an offer now, or when the exchange under way is over."""
    if session.is_announced:
        return
    session.change_tries = 0
    if session.state in _EARLY:
        dialog = session.dialog
        if dialog is None or sdp is None or not dialog.turn.is_negotiated or not dialog.allows("UPDATE"):
            session.core.events.append(OfferFailed(session, 405))
            return
    session.queued = (sdp,)
    send_queued(session, now, None)


def send_queued(session: InviteSession, now: float, _subject: object) -> None:
    """Send the offer that waits, if its turn has come."""
    queued, dialog = session.queued, session.dialog
    if queued is None or dialog is None or not _is_free(session, dialog):
        return
    if session.state is SessionState.CONFIRMED:
        method = "INVITE"
    elif session.state in _EARLY:
        method = "UPDATE"
    else:
        return
    session.queued = None
    session.is_refresh = False
    _send(session, dialog, method, queued[0], now)


def _is_free(session: InviteSession, dialog: Dialog) -> bool:
    return (
        session.change is None
        and session.server_change is None
        and session.owed is None
        and (session.timer_change is None or not session.timer_change.is_live)
        and (session.repeat is None or not session.repeat.is_waiting)
        and dialog.turn.state is Turn.QUIET
    )


def _send(session: InviteSession, dialog: Dialog, method: str, sdp: bytes | None, now: float) -> None:
    core = session.core
    draft = dialog.draft(
        core,
        method,
        lines=core.change_lines + session.watch.line(),
        body=sdp or b"",
        content_type="application/sdp",
        with_contact=True,
    )
    session.change_sdp = sdp
    if sdp is not None:
        dialog.turn.step(Said.OFFER_SENT, now)
    session.change = ClientRequest(core, draft, session, dialog=dialog, credentials=session.credentials)
    session.change.send_in(dialog, now)


def refresh(session: InviteSession, now: float) -> None:
    """Refresh for the session timer: UPDATE where the peer takes it, else re-INVITE as it stands (RFC 4028
    7.4).
    """
    dialog = session.dialog
    if dialog is None or session.is_announced:
        return
    if session.state is not SessionState.CONFIRMED or not _is_free(session, dialog):
        session.watch.timer_refresh = session.core.timers.start(
            now + 1.0, session.watch, WatchIn.TIMER_REFRESH
        )
        return
    session.is_refresh = True
    session.change_tries = 0
    if dialog.allows("UPDATE"):
        _send(session, dialog, "UPDATE", None, now)
    else:
        _send(session, dialog, "INVITE", session.local_sdp, now)


def on_final(
    session: InviteSession, request: ClientRequest, response: Response | None, status: int, now: float
) -> None:
    """Take the answer to a re-INVITE or UPDATE of ours."""
    is_invite = request.method == "INVITE"
    dialog = request.dialog
    if dialog is None:
        return
    if request is not session.change:
        if response is not None and is_invite and status < 300 and session.ack is not None:
            session.ack.repeat()
        return
    if session.is_announced:
        session.change = None
        if response is not None and is_invite and status < 300:
            caller.acknowledge(session, dialog, response.cseq.number, None, now)
        return
    if response is not None and status < 300:
        _take_success(session, request, dialog, response, now)
    else:
        _take_failure(session, dialog, response, status, now)


def _take_success(
    session: InviteSession, request: ClientRequest, dialog: Dialog, response: Response, now: float
) -> None:
    dialog.refresh_target(response)
    try:
        sdp = sdp_of(response)
        session.watch.follow_response(response, now)
    except MessageError:
        sdp = None
    events = session.core.events
    number = response.cseq.number
    turn = dialog.turn
    if session.change_sdp is None and request.method == "INVITE" and sdp is not None:
        turn.step(Said.OFFER_RECEIVED, now)
        session.owed = OwedAnswer(OwedIn.ACK, dialog, None, number, True)
        session.change = None
        events.append(OfferReceived(session, sdp, hints_hold(sdp)))
        return
    if request.method == "INVITE":
        caller.acknowledge(session, dialog, number, None, now)
    session.change = None
    if turn.state is Turn.AWAITING_ANSWER:
        if sdp is None:
            turn.step(Said.REFUSED, now)
            if not session.is_refresh:
                events.append(OfferFailed(session, 488))
        else:
            turn.step(Said.ANSWER_RECEIVED, now)
            session.local_sdp = session.change_sdp
            if not session.is_refresh or sdp != session.remote_sdp:
                events.append(AnswerReceived(session, sdp))
            session.remote_sdp = sdp
    elif session.change_sdp is None and not session.is_refresh:
        events.append(OfferFailed(session, 488))
    send_queued(session, now, None)


def _take_failure(
    session: InviteSession, dialog: Dialog, response: Response | None, status: int, now: float
) -> None:
    session.change = None
    dialog.turn.step(Said.REFUSED, now)
    if response is None or status in (408, 481):
        if not session.step(SessionIn.LOST, now, status):
            session.core.events.append(OfferFailed(session, status))
        return
    wait = _retry_wait(session, response)
    if wait is not None and session.change_tries < _MOST_TRIES:
        session.change_tries += 1
        session.timer_change = session.core.timers.start(now + wait, session, SessionIn.TIMER_CHANGE)
        return
    if not session.is_refresh:
        session.core.events.append(OfferFailed(session, status))
    elif status == 422:
        _raise_interval(session, response, now)
    elif response.status in (405, 501) and dialog.allows("UPDATE"):
        dialog.peer_allows = frozenset()  # it said so and does not: the next refresh is a re-INVITE
        refresh(session, now)
    send_queued(session, now, None)


def _retry_wait(session: InviteSession, response: Response) -> float | None:
    """How long to wait after glare (RFC 3261 14.1) or an overlap; None = it was a refusal."""
    random = session.core.random
    if response.status == 491:
        if session.role is Role.CALLER:
            return random.randint(210, 400) / 100
        return random.randint(0, 200) / 100
    if response.status == 500:
        try:
            retry_after = response.retry_after
        except MessageError:
            return None
        if retry_after is not None and retry_after.seconds <= _LONGEST_RETRY:
            return max(float(retry_after.seconds), 0.1)
    return None


def _raise_interval(session: InviteSession, response: Response, now: float) -> None:
    try:
        least = response.min_se or 0
    except MessageError:
        return
    if least > session.watch.seconds:
        session.watch.step(WatchIn.WE_REFRESH, now, least)
        refresh(session, now)


def on_timer(session: InviteSession, kind: StrEnum, now: float) -> None:
    """Try again what met glare."""
    dialog = session.dialog
    if kind is not SessionIn.TIMER_CHANGE or dialog is None or session.is_announced:
        return
    if session.is_refresh:
        refresh(session, now)
        return
    if session.queued is None:
        session.queued = (session.change_sdp,)
    send_queued(session, now, None)


# Offers of the peer


def answer(session: InviteSession, sdp: bytes | None, now: float) -> None:
    """Bring the answer to where it belongs; nothing is owed = the exchange was given up meanwhile."""
    owed = session.owed
    if owed is None:
        return
    session.owed = None
    turn = owed.dialog.turn
    session.local_sdp = sdp
    if owed.carrier is OwedIn.ACK:
        turn.step(Said.ANSWER_SENT, now)
        caller.acknowledge(session, owed.dialog, owed.number, sdp, now)
        if not session.step(SessionIn.ACK_SENT, now):
            send_queued(session, now, None)
    elif owed.carrier is OwedIn.PRACK:
        turn.step(Said.ANSWER_SENT, now)
        caller.send_prack(session, owed.dialog, owed.number, sdp, now)
    else:
        turn.step(Said.ANSWER_SENT if owed.has_offer else Said.OFFER_SENT, now)
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
            lines += session.watch.agree(request, now)
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
        session.owed = OwedAnswer(OwedIn.RESPONSE, dialog, transaction, 0, False)
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
    session.remote_sdp = sdp
    session.owed = OwedAnswer(OwedIn.RESPONSE, dialog, transaction, 0, True)
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
