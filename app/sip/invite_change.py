"""How we change a session: re-INVITE and UPDATE, glare, refreshes (RFC 3261 14, RFC 3311, RFC 4028)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from app.sip import invite_caller as caller
from app.sip.body import sdp_of
from app.sip.client_request import ClientRequest
from app.sip.errors import MessageError
from app.sip.events import AnswerReceived, OfferFailed, OfferReceived
from app.sip.hold import hints_hold
from app.sip.invite_state import OwedAnswer, OwedIn, Role, SessionIn, SessionState
from app.sip.offer_answer import Said, Turn
from app.sip.session_timer import WatchIn

if TYPE_CHECKING:
    from app.sip.dialog import Dialog
    from app.sip.invite import InviteSession
    from app.sip.message import Response

_MOST_TRIES = 5  # of one change that meets glare
_LONGEST_RETRY = 10  # s; a longer Retry-After is a refusal
_EARLY = (SessionState.INCOMING, SessionState.PROCEEDING)


def offer(session: InviteSession, sdp: bytes | None, now: float) -> None:
    """Send an offer now, or when the exchange under way is over."""
    if session.is_announced:
        return
    session.change_tries = 0
    if session.state is SessionState.CALLING or session.state in _EARLY:
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
        session.owed = OwedAnswer(OwedIn.ACK, dialog, None, number, sdp)
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
        dialog.note_inability()  # it said so and does not: the next refresh is a re-INVITE
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
