"""The callee's side of an INVITE: provisional answers, 200 until ACK, refusals (RFC 3261 13.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.sip.answer_repeat import AckIn, AnswerRepeat
from app.sip.answers import AnswerHead
from app.sip.body import sdp_of
from app.sip.dialog import Dialog
from app.sip.draft import contact_uri, header_lines
from app.sip.errors import MessageError
from app.sip.events import AnswerReceived, Cancelled, Confirmed, OfferFailed
from app.sip.invite_change import send_queued
from app.sip.invite_state import SessionIn, SessionState
from app.sip.offer_answer import Said, Turn
from app.sip.reliable import Provisional, Queue, ReliableAnswers, RelIn

if TYPE_CHECKING:
    from app.sip.invite import InviteSession
    from app.sip.message import Request
    from app.sip.outgoing import Headers
    from app.sip.server_transactions import ServerTransaction


class Progress(NamedTuple):
    """What `progress` was asked to send."""

    status: int
    reason: str | None
    sdp: bytes | None
    headers: Headers


class Final(NamedTuple):
    """What `reject` was asked to send."""

    status: int
    reason: str | None
    headers: Headers


def head_of(session: InviteSession) -> AnswerHead:
    """The lines all answers to the INVITE share, written at the first one."""
    if session.answer_head is None:
        session.answer_head = AnswerHead(_transaction(session).request)
    return session.answer_head


def _transaction(session: InviteSession) -> ServerTransaction:
    transaction = session.transaction
    if transaction is None:
        raise TypeError("this session was called by us")
    return transaction


def make_dialog(session: InviteSession) -> Dialog:
    """Make the dialog with the first answer that carries our tag (RFC 3261 12.1.1)."""
    dialog = session.dialog
    if dialog is None:
        transaction = _transaction(session)
        request = transaction.request
        dialog = Dialog.of_request(
            request, session.local_tag, transaction.source, session.contact_user, session
        )
        dialog.is_pinned = dialog.is_pinned or session.wants_pin
        if session.remote_sdp is not None:
            dialog.turn.step(Said.OFFER_RECEIVED, 0.0)
        session.dialog = dialog
        session.core.dialogs[dialog.key] = dialog
    return dialog


def contact_line(session: InviteSession, transaction: ServerTransaction) -> str:
    """Write our Contact as seen over the flow of a request."""
    scheme = "sips" if transaction.request.uri_text.startswith("sips:") else "sip"
    return f"Contact: <{contact_uri(transaction.source, session.contact_user, scheme)}>\r\n"


def send_progress(session: InviteSession, now: float, what: Progress) -> None:
    """Send a provisional answer, reliable where it has to be (RFC 3262 3, RFC 6337 3.1)."""
    transaction = _transaction(session)
    if transaction.is_answered or session.deferred is not None:
        return
    core = session.core
    dialog = make_dialog(session)
    turn = dialog.turn
    request = transaction.request
    sdp = what.sdp
    makes_offer = sdp is not None and turn.state is Turn.QUIET and not turn.is_negotiated
    reliable = "100rel" in request.require or (makes_offer and "100rel" in request.supported)
    if turn.is_negotiated or turn.state is Turn.AWAITING_ANSWER or (makes_offer and not reliable):
        sdp = None  # said already, or nobody may answer it
    if sdp is not None:
        session.local_sdp = sdp
        if reliable:
            turn.step(Said.OFFER_SENT if makes_offer else Said.ANSWER_SENT, now)
    lines = (
        f"{head_of(session).record_routes}{contact_line(session, transaction)}"
        f"{core.allow_line}{core.agent_line}{header_lines(what.headers)}"
    )
    data = head_of(session).write(
        what.status, what.reason, to_tag=session.local_tag, lines=lines, body=sdp or b""
    )
    core.timers.cancel(session.timer_ringing)
    if reliable:
        if session.reliable is None:
            session.reliable = ReliableAnswers(core, transaction, session)
        cut = data.index(b"Contact: ")
        answer = Provisional(what.status, data[:cut], data[cut:], sdp is not None)
        session.reliable.step(RelIn.SEND, now, answer)
        return
    transaction.send(what.status, data, now)
    session.ringing = (what.status, data)
    session.timer_ringing = core.timers.start(
        now + core.settings.ringing_repeat, session, SessionIn.TIMER_RINGING
    )


def repeat_ringing(session: InviteSession, now: float, _subject: object) -> None:
    """Say again that the call is on its way, before a proxy on the path gives up (RFC 3261 13.3.1.1)."""
    if session.ringing is not None:
        core = session.core
        _transaction(session).send(*session.ringing, now)
        session.timer_ringing = core.timers.start(
            now + core.settings.ringing_repeat, session, SessionIn.TIMER_RINGING
        )


def accept(session: InviteSession, sdp: bytes | None, headers: Headers, now: float) -> None:
    """Accept, or wait for the PRACK to an answer with SDP first (RFC 3262 3)."""
    reliable = session.reliable
    if session.state is not SessionState.INCOMING or session.deferred is not None:
        return
    if (
        reliable is not None
        and reliable.state is Queue.WAITING
        and (reliable.waits_with_sdp or reliable.queue)
    ):
        session.deferred = (sdp, headers)
    else:
        session.step(SessionIn.ACCEPT, now, (sdp, headers))


def accept_deferred(session: InviteSession, now: float) -> None:
    """The PRACK came: accept, if that was asked for, and nothing else waits."""
    reliable, deferred = session.reliable, session.deferred
    if deferred is None or reliable is None or reliable.state is Queue.WAITING or session.owed is not None:
        return
    session.deferred = None
    session.step(SessionIn.ACCEPT, now, deferred)


def send_accept(session: InviteSession, now: float, what: tuple[bytes | None, Headers]) -> None:
    """Send 200, and repeat it until the ACK comes."""
    sdp, headers = what
    core = session.core
    transaction = _transaction(session)
    dialog = make_dialog(session)
    turn = dialog.turn
    if session.reliable is not None:
        session.reliable.step(RelIn.CLOSE, now)
    core.timers.cancel(session.timer_ringing)
    core.timers.cancel(session.timer_expires)
    if turn.is_negotiated:
        sdp = None  # a reliable answer has carried it (RFC 6337 3.1)
    elif sdp is not None:
        turn.step(Said.ANSWER_SENT if turn.state is Turn.OWING_ANSWER else Said.OFFER_SENT, now)
        session.local_sdp = sdp
    try:
        interval = session.watch.agree(transaction.request, now, session.asked_seconds)
    except MessageError:
        interval = ""
    lines = (
        f"{head_of(session).record_routes}{contact_line(session, transaction)}"
        f"{core.capability_lines}{interval}{header_lines(headers)}"
    )
    data = head_of(session).write(200, to_tag=session.local_tag, lines=lines, body=sdp or b"")
    transaction.send(200, data, now)
    session.repeat = AnswerRepeat(core, transaction, data, session, now)


def _send_final(session: InviteSession, status: int, reason: str | None, lines: str, now: float) -> None:
    transaction = _transaction(session)
    transaction.to_tag = session.local_tag
    data = head_of(session).write(
        status, reason, to_tag=session.local_tag, lines=session.core.agent_line + lines
    )
    transaction.send(status, data, now)


def send_reject(session: InviteSession, now: float, what: Final) -> None:
    """Refuse, redirect or challenge."""
    _send_final(session, what.status, what.reason, header_lines(what.headers), now)


def send_unavailable(session: InviteSession, now: float, headers: object) -> None:
    """end() before the call was answered."""
    _send_final(session, 480, None, header_lines(headers) if isinstance(headers, tuple) else "", now)


def send_cancelled(session: InviteSession, now: float, request: Request) -> None:
    """Answer the INVITE that was cancelled (RFC 3261 9.2)."""
    _send_final(session, 487, None, "", now)
    session.core.events.append(Cancelled(session, request))


def watch_expires(session: InviteSession, now: float) -> None:
    """Wait no longer for an answer than the caller's Expires says, if it says so (RFC 3261 13.3.1)."""
    try:
        seconds = _transaction(session).request.expires
    except MessageError:
        return  # as if absent
    if seconds is not None:
        session.timer_expires = session.core.timers.start(now + seconds, session, SessionIn.TIMER_EXPIRES)


def send_expired(session: InviteSession, now: float, _subject: object) -> None:
    """Answer the INVITE whose time is over; for the layer above the caller gave up."""
    _send_final(session, 487, None, "", now)
    session.core.events.append(Cancelled(session, None))


def send_terminated(session: InviteSession, now: float, _request: object) -> None:
    """Answer the INVITE whose early dialog the caller ended with BYE (RFC 3261 15.1.2)."""
    _send_final(session, 487, None, "", now)


def send_no_prack(session: InviteSession, now: float, _subject: object) -> None:
    """Refuse the INVITE whose reliable answer was never acknowledged (RFC 3262 3)."""
    _send_final(session, 504, None, "", now)


def on_ack(session: InviteSession, dialog: Dialog, request: Request, now: float) -> None:
    """Take the ACK to the latest 2xx, with the answer if that 2xx carried an offer."""
    repeat = session.repeat
    if repeat is None or not repeat.is_waiting or request.cseq.number != repeat.cseq:
        return
    repeat.step(AckIn.ACK, now)
    turn = dialog.turn
    sdp: bytes | None = None
    was_open = turn.state is Turn.AWAITING_ANSWER
    if was_open:
        try:
            sdp = sdp_of(request)
        except MessageError:
            sdp = None
        turn.step(Said.REFUSED if sdp is None else Said.ANSWER_RECEIVED, now)
        session.remote_sdp = sdp or session.remote_sdp
    if session.step(SessionIn.ACK, now, sdp):
        return
    if was_open:
        events = session.core.events  # of a re-INVITE that left the offer to us
        events.append(OfferFailed(session, 488) if sdp is None else AnswerReceived(session, sdp))
    send_queued(session, now, None)


def tell_confirmed(session: InviteSession, _now: float, sdp: bytes | None) -> None:
    """The call stands."""
    session.core.events.append(Confirmed(session, sdp))
